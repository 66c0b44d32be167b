"""A space writes a product by its roles, and what it wrote outlives it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from products.drafting import merging
from products.models import Edition, EditionComment
from products.road import workflow as road
from tests import make
from tests.discussions import making as spaces
from tests.products import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """A draft of a closed space, with somebody in each role; none of them is its author."""
    author = make.ambassador("Wilma Writer")
    space = spaces.micro(author)
    people = {
        role: spaces.join(space, make.ambassador(f"{role.title()} Person"), role)
        for role in ("leader", "participant", "advisor", "promoter")
    }
    return making.draft(author, space=space), people


def at(name, edition, *more):
    return reverse(f"products:{name}", args=[edition.product.slug, edition.number, *more])


def saved(client, edition, title):
    edition.refresh_from_db()
    shown = {"title": edition.title, "subtitle": "", "summary": edition.summary, "body": edition.parts.get().body}
    said = shown | {"title": title, "shown": merging.stamps(shown), "body-format": "html"}
    return client.post(at("edition-save", edition), said).status_code


@pytest.mark.row("E2")
def test_leaders_and_participants_write_a_draft_and_a_promoter_and_an_advisor_cannot(client, written):
    edition, people = written
    answers = {}
    for role, person in people.items():
        client.force_login(person)
        reads = client.get(at("edition-edit", edition)).status_code
        answers[role] = (reads, saved(client, edition, f"As the {role} says"), client.post(at("part-add", edition)).status_code)

    edition.refresh_from_db()
    assert answers["leader"][:2] == answers["participant"][:2] == (200, 302)
    assert answers["advisor"] == answers["promoter"] == (200, 403, 403)
    assert edition.title == "As the participant says"


@pytest.mark.row("E2")
def test_an_advisor_comments_on_a_draft_and_neither_hands_it_in_nor_publishes_it(client, written):
    edition, people = written
    block = edition.parts.get().body.split('id="')[1].split('"')[0]
    said = {"words": "Which clubs?", "part": "text", "block": block}
    page, add = at("draft-remark-list", edition), at("draft-remark-add", edition)

    client.force_login(people["promoter"])
    assert client.post(add, said).status_code == 403
    client.force_login(people["advisor"])
    assert f"?on=text.{block}" in client.get(page).content.decode()
    assert "data-remark-form" in client.get(f"{page}?on=text.{block}").content.decode()
    assert client.post(add, said | {"words": " "}).status_code == 422
    client.post(add, said)

    made = EditionComment.objects.get()
    assert (made.by, made.block, made.words, made.review) == (people["advisor"], block, "Which clubs?", None)
    client.force_login(people["participant"])
    shown = client.get(page).content.decode()
    assert ("Which clubs?" in shown, "Advisor Person" in shown) == (True, True)
    client.force_login(people["advisor"])
    steps = [client.post(at("edition-submit", edition), {"revision": edition.revision}).status_code]
    edition = making.reviewed(_handed_in(edition))
    road.present(edition, by=making.editor(), revision=edition.revision)
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    steps.append(client.post(at("edition-publish", edition), {"revision": edition.revision}).status_code)
    edition.refresh_from_db()
    assert (steps, edition.status) == ([403, 403], "approved")
    late = client.post(add, said | {"words": "Which of the clubs?"})
    assert (late.status_code, late.context["unsaved"]) == (409, [("Your comment", "Which of the clubs?")])
    assert "Which of the clubs?" in late.content.decode()
    assert EditionComment.objects.count() == 1


@pytest.mark.row("E2")
def test_a_stranger_to_the_space_knows_nothing_of_its_draft(client, written):
    edition, _people = written
    client.force_login(make.ambassador("Otto Outsider"))

    answers = [client.get(at(name, edition)).status_code for name in ("edition-edit", "edition-files", "draft-remark-list")]

    assert answers == [404, 404, 404]


@pytest.mark.row("E4")
def test_a_space_that_ended_is_read_and_its_product_stays_the_editors_to_edit(client, written):
    edition, people = written
    space = edition.product.space
    thread = spaces.thread(space, people["leader"])
    client.force_login(making.editor())
    assert client.get(at("edition-edit", edition)).status_code == 404  # a closed space writes it, and has not handed it in

    client.force_login(people["leader"])
    client.post(f"{space.get_absolute_url()}end/", {"outcome_note": "A paper that others finish."})

    client.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "One more."})
    shown = client.get(space.get_absolute_url()).content.decode()
    assert (thread.posts.count(), "A paper that others finish." in shown) == (1, True)
    assert saved(client, edition, "As its leader says") == 403
    client.force_login(make.person("Sten Staff", is_staff=True))
    assert client.get(at("edition-edit", edition)).status_code == 404  # staff without the duty
    client.force_login(making.editor())
    assert saved(client, edition, "As an editor finishes it") == 302
    edition.refresh_from_db()
    assert edition.title == "As an editor finishes it"


def _handed_in(edition: Edition) -> Edition:
    edition.refresh_from_db()
    road.submit(edition, by=edition.created_by, revision=edition.revision)
    return edition
