"""Resources: handed in by members, let in by editors, and seen by nobody else before."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.models import Pillar
from products.models import Edition, EditionFile, Readership
from tests import make
from tests.products import making, resourcing

pytestmark = pytest.mark.django_db

SAID = {
    "title": "What we stopped doing",
    "link": "https://hull.tidemark.example/stopped",
    "medium": "podcast",
    "summary": resourcing.SUMMARY,
    "licence": "CC BY 4.0",
}
CONTRIBUTE, QUEUE = "/products/contribute/", "/desk/resources/"


@pytest.fixture
def words(db):
    pillar = Pillar.objects.create(name="Learning", position=1)
    return {"pillars": [pillar.pk], "readership": Readership.objects.create(name="Head teachers").pk}


def state() -> str:
    return Edition.objects.get().status


@pytest.mark.row("J6")
def test_a_contributed_resource_is_invisible_publicly_until_an_editor_has_approved_it(client, alice, bob, words):
    client.force_login(alice)
    assert client.post(CONTRIBUTE, SAID | words).status_code == 302
    edition = Edition.objects.select_related("product__readership").get()
    product = edition.product
    assert (product.kind, edition.status, edition.link, edition.medium, edition.licence) == (
        "resource",
        "in review",
        SAID["link"],
        "podcast",
        "CC BY 4.0",
    )
    assert ([p.name for p in product.pillars.all()], product.readership.name) == (["Learning"], "Head teachers")

    def seen_by_everybody() -> tuple[bool, int]:
        client.logout()
        listed = client.get("/products/", {"kind": "resource"}).content.decode()
        return SAID["title"] in listed, client.get(f"/products/{product.slug}/").status_code

    assert seen_by_everybody() == (False, 404)
    assert not Edition.objects.visible_to(bob).exists()

    client.force_login(making.editor())
    assert SAID["summary"] in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}{product.slug}/let-in/", {"revision": edition.revision})

    assert state() == "published"
    assert seen_by_everybody() == (True, 200)
    client.force_login(making.editor())
    assert SAID["title"] not in client.get(QUEUE).content.decode()
    assert Edition.objects.visible_to(bob).exists()


def test_a_file_instead_of_a_link_is_kept_for_those_who_may_see_the_resource(client, alice, bob, words):
    client.force_login(alice)
    file = SimpleUploadedFile("Five questions.txt", b"1. Who decides?")

    client.post(CONTRIBUTE, SAID | words | {"link": "", "file": file})

    kept = EditionFile.objects.select_related("upload").get()
    assert (kept.slug, kept.upload.name, kept.title) == ("five-questions", "Five-questions.txt", SAID["title"])
    address = kept.upload.get_absolute_url()
    assert client.get(address).status_code == 200
    client.force_login(bob)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"link": ""}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"file": SimpleUploadedFile("five.txt", b"1. Who decides?")}, "file"),
        ({"licence": ""}, "licence"),
        ({"medium": "opera"}, "medium"),
        ({"summary": "x" * 2001}, "summary"),
        ({"title": "x" * 301}, "title"),
        ({"pillars": []}, "pillars"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_kept(client, alice, words, said, field):
    client.force_login(alice)

    page = client.post(CONTRIBUTE, SAID | words | said)

    assert list(page.context["form"].errors) == [field]
    assert not Edition.objects.exists()


def test_an_editor_gives_one_back_with_a_word_and_its_contributor_has_it_again(client, alice):
    edition = resourcing.handed_in(alice)
    client.force_login(making.editor())
    address, prefix = f"{QUEUE}{edition.product.slug}/give-back/", edition.product.slug

    page = client.post(address, {f"{prefix}-revision": edition.revision, f"{prefix}-note": " "})
    assert ("Say in a few words what should change." in page.content.decode(), state()) == (True, "in review")
    client.post(address, {f"{prefix}-{name}": value for name, value in resourcing.given_back().items()})

    assert state() == "draft"
    assert edition.decisions.get().note == "Say who made it, please."


def test_nobody_lets_in_what_they_handed_in_themselves_or_what_has_changed_since(client):
    mine = resourcing.handed_in(making.editor())
    client.force_login(making.editor())
    page = client.get(QUEUE)

    assert "another editor looks at it" in page.content.decode()
    assert client.post(f"{QUEUE}{mine.product.slug}/let-in/", {"revision": mine.revision}).status_code == 403
    client.force_login(making.editor("Other Editor"))
    client.post(f"{QUEUE}{mine.product.slug}/let-in/", {"revision": mine.revision - 1})
    assert state() == "in review"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_what_waits_costs_the_same_however_much_it_is(client, rows, words, django_assert_num_queries):
    for number in range(rows):
        person = make.ambassador(f"Ria Reads {number}")
        resourcing.handed_in(person, title=f"Good week {number}", pillars=Pillar.objects.all())
    client.force_login(making.editor())
    client.get(QUEUE)

    with django_assert_num_queries(9):
        assert client.get(reverse("products:resource-queue")).content.decode().count("Let it in<") == rows
