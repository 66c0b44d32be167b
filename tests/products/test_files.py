"""Files of an edition: added and replaced by those who write it, at addresses that stay, and never a program."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from foundation.models import Upload
from products.models import Credit, Edition, EditionFile, Product
from products.road import workflow as road
from tests import make
from tests.discussions import making as spaces
from tests.foundation import files
from tests.foundation.files import pdf, sent
from tests.foundation.test_pdfs import on_opening
from tests.products import making

pytestmark = pytest.mark.django_db
ONE, TWO = files.PDF, pdf(lambda made: made.add_blank_page())
ADDRESS = "/products/who-stays-and-why/files/paper/"


@pytest.fixture
def wilma():
    return make.ambassador("Wilma Writer")


def at(name, edition, *more):
    return reverse(f"products:{name}", args=[edition.product.slug, edition.number, *more])


def replaced(client, edition, content, note="A table more.", slug="paper", **more):
    said = {f"{slug}-file": sent(content, "paper.pdf"), f"{slug}-note": note}
    return client.post(at("edition-file-replace", edition, slug), said, **more)


def numbers(edition) -> list[tuple[int, bytes]]:
    rows = EditionFile.objects.filter(edition=edition).order_by("number")
    return [(row.number, content_of(row.upload)) for row in rows.select_related("upload")]


def content_of(upload) -> bytes:
    with upload.file.open("rb") as stored:
        return stored.read()


def paper_out(wilma) -> Edition:
    """A white paper that everybody reads, with a file."""
    return making.published(wilma, kind="white-paper")


def test_a_file_is_added_under_a_title_that_makes_its_address(client, wilma):
    edition = making.draft(wilma)
    client.force_login(wilma)

    said = {"title": "The cards,  in large print", "file": sent(ONE, "cards of wilma FINAL(3).pdf")}
    page = client.post(at("edition-file-add", edition), said, follow=True)

    row = EditionFile.objects.select_related("upload").get()
    assert (row.slug, row.number, row.title, str(row.added_by)) == (
        "the-cards-in-large-print",
        1,
        "The cards, in large print",
        "Wilma Writer",
    )
    assert row.upload.get_absolute_url() in page.content.decode()
    assert client.get(row.upload.get_absolute_url()).content == ONE
    assert edition.revisions.first().note == "Added the file “The cards, in large print”"


def test_whoever_hands_in_has_seen_the_files(client, wilma):
    """A new file is a new revision: who had the page open before sees it first."""
    edition = making.draft(wilma, kind="white-paper")
    client.force_login(wilma)
    before = edition.revision

    replaced(client, edition, TWO)

    edition.refresh_from_db()
    assert edition.revision == before + 1
    with pytest.raises(road.TransitionRefused):
        road.submit(edition, by=wilma, revision=before)


@pytest.mark.row("F9")
def test_a_new_version_keeps_the_address_and_both_versions_are_listed(client, wilma):
    edition = paper_out(wilma)
    client.force_login(making.editor())

    replaced(client, edition, TWO, "Larger print.")

    client.logout()
    page = client.get("/products/who-stays-and-why/").content.decode()
    first, second = (f"/products/who-stays-and-why/editions/1/files/paper/{number}/" for number in (1, 2))
    today = date_format(timezone.localdate(), "j F Y")
    listed = page[page.index('class="downloads__versions"') :].split("</ul>")[0]
    assert [part in listed for part in (first, second, "Larger print.", "bytes")] == [True] * 4
    assert listed.count(today) == 2
    assert [client.get(url).content for url in (ADDRESS, second, first)] == [TWO, TWO, ONE]


@pytest.mark.row("F9")
def test_of_an_edition_that_is_out_an_editor_alone_replaces_a_file_and_says_what_changed(client, wilma):
    edition = paper_out(wilma)

    client.force_login(wilma)
    assert replaced(client, edition, TWO).status_code == 403
    client.force_login(making.editor())
    refused = replaced(client, edition, TWO, note=" ")

    assert (refused.status_code, numbers(edition)) == (422, [(1, ONE)])
    client.post(at("edition-file-add", edition), {"title": "More", "file": sent(TWO, "more.pdf")})
    for name in ("retitle", "remove"):
        client.post(at(f"edition-file-{name}", edition, "paper"), {"paper-title": "Other"})
    assert list(EditionFile.objects.values_list("slug", "number", "title")) == [("paper", 1, "Paper")]


def test_what_was_replaced_before_it_came_out_is_its_makers_alone(client, wilma):
    edition = making.draft(wilma, kind="white-paper")
    client.force_login(wilma)
    replaced(client, edition, TWO)
    edition.refresh_from_db()
    road.submit(edition, by=wilma, revision=edition.revision)
    making.reviewed(edition)
    road.present(edition, by=making.editor(), revision=edition.revision)
    old, new = EditionFile.objects.order_by("number")
    client.force_login(make.ambassador("Mara Member"))
    assert [client.get(row.upload.get_absolute_url()).status_code for row in (old, new)] == [404, 200]
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    road.publish(edition, by=making.editor(), revision=edition.revision)

    client.logout()
    page = client.get("/products/who-stays-and-why/").content.decode()

    assert (client.get(ADDRESS).content, "files/paper/1/" in page) == (TWO, False)
    assert client.get("/products/who-stays-and-why/editions/1/files/paper/1/").status_code == 404
    assert client.get(old.upload.get_absolute_url()).status_code == 404
    client.force_login(wilma)
    assert client.get(old.upload.get_absolute_url()).status_code == 200


@pytest.mark.row("F9")
def test_the_next_edition_has_the_files_of_the_one_before_and_its_own_versions_of_them(client, wilma):
    first = paper_out(wilma)
    second = road.begin_edition(first.product, by=wilma, label="2.0")
    client.force_login(wilma)
    assert [number for number, _content in numbers(second)] == [1]
    replaced(client, second, TWO, "For a second winter.")
    client.logout()
    assert client.get(ADDRESS).content == ONE

    Edition.objects.filter(pk=second.pk).update(status="published", published_at=timezone.now())
    Product.objects.filter(pk=first.product_id).update(current=second)

    assert client.get(ADDRESS).content == TWO
    pages = [client.get(f"/products/who-stays-and-why/editions/{number}/").content.decode() for number in (1, 2)]
    assert ["editions/1/files/paper/1/" in page and "editions/2/files/paper/2/" in page for page in pages] == [False, True]
    assert "For a second winter." in pages[1]


def test_a_file_that_is_taken_away_is_gone_and_an_edition_before_keeps_its_own(client, wilma):
    first = paper_out(wilma)
    second = road.begin_edition(first.product, by=wilma, label="2.0")
    client.force_login(wilma)
    replaced(client, second, TWO)
    stored = EditionFile.objects.get(edition=second, number=2).upload.file.name

    client.post(at("edition-file-remove", second, "paper"))

    assert (numbers(second), numbers(first)) == ([], [(1, ONE)])
    assert Upload.objects.filter(file=stored).exists() is False


def test_a_file_is_called_something_else_and_keeps_its_address(client, wilma):
    edition = making.draft(wilma, kind="white-paper")
    client.force_login(wilma)
    replaced(client, edition, TWO)

    client.post(at("edition-file-retitle", edition, "paper"), {"paper-title": "The paper,\nagain"})

    assert set(EditionFile.objects.values_list("slug", "title")) == {("paper", "The paper, again")}


@pytest.mark.parametrize("role", ["advisor", "promoter"])
def test_whoever_does_not_write_changes_no_file(client, wilma, role):
    space, other = spaces.micro(wilma), make.ambassador("Rowan Reader")
    spaces.join(space, other, role)
    edition = making.draft(wilma, kind="white-paper", space=space)
    client.force_login(other)

    assert client.get(at("edition-files", edition)).status_code == 200
    answers = [
        client.post(at("edition-file-add", edition), {"title": "More", "file": sent(TWO, "a.pdf")}),
        replaced(client, edition, TWO),
        client.post(at("edition-file-retitle", edition, "paper"), {"paper-title": "Mine"}),
        client.post(at("edition-file-remove", edition, "paper")),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert list(EditionFile.objects.values_list("slug", "number", "title")) == [("paper", 1, "Paper")]


LARGE = b"%PDF-1.7\n" + b"x" * (20 * 1024 * 1024)
REFUSED = [
    (LARGE, "large.pdf", "too large: at most 15.0\xa0MB"),
    (pdf(on_opening), "report.pdf", "carries a script"),
    (files.SVG, "drawing.svg", "We cannot take this kind of file"),
    (files.SVG, "drawing.png", "We cannot take this kind of file"),
]


@pytest.mark.row("R16")
@pytest.mark.parametrize(("content", "name", "sentence"), REFUSED, ids=["20 MB", "a script", "SVG", "SVG as PNG"])
@pytest.mark.parametrize("road_of", ["add", "replace", "resource", "card"])
def test_no_road_of_products_takes_what_is_too_large_or_a_program(client, wilma, road_of, content, name, sentence):
    edition = making.draft(wilma, kind="white-paper")
    credit, file = Credit.objects.get(product=edition.product), sent(content, name, "application/pdf")
    url, said = {
        "add": (at("edition-file-add", edition), {"title": "More", "file": file}),
        "replace": (at("edition-file-replace", edition, "paper"), {"paper-file": file}),
        "resource": ("/products/contribute/", {"title": "Five questions", "file": file}),
        "card": (reverse("products:credit-card", args=[credit.pk]), {"name": "W.", "which": "new", "upload": file}),
    }[road_of]
    client.force_login(wilma)
    before = Upload.objects.count(), len(stored())

    page = client.post(url, said)

    sentence = sentence if road_of != "card" or "large" in sentence else "This is not a picture we can read"
    assert page.status_code in {200, 422}
    assert sentence in page.content.decode()
    assert (Upload.objects.count(), len(stored())) == before


def stored() -> list[str]:
    """The names of all private files."""
    storage = storages["private"]
    folders, names = storage.listdir("") if storage.exists("") else ([], [])
    return [*names, *(name for folder in folders for name in storage.listdir(folder)[1])]
