"""An instrument from its text to organisations: put in with every fault by its line, tried out, reviewed, released by publishing, mapped."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.models import Topic
from practice.instruments import shipped, workflow
from practice.models import Instrument, InstrumentEdition, InstrumentItem, LearningSession
from products.drafting import workflow as drafting
from products.models import Edition, EditionPart
from products.road import workflow as road
from tests import make
from tests.practice import practising
from tests.practice.practising import SMALL
from tests.products import making, publishing

pytestmark = pytest.mark.django_db
NEW = "/admin/practice/instrumentedition/new/"


@pytest.fixture
def writer(client):
    """Somebody of the support team who writes."""
    person = make.ambassador("Wanda Writer", is_staff=True)
    client.force_login(person)
    return person


def source_page(edition):
    return reverse("admin:instrument-source", args=[edition.pk])


@pytest.fixture
def draft(client, writer) -> Edition:
    client.post(NEW, {"source": SMALL})
    return Edition.objects.select_related("product").get()


def publish(edition: Edition, writer) -> Edition:
    """The rest of the road: objectives and a summary, reviews, the community's days, an editor's press."""
    edition.refresh_from_db()
    edition = drafting.save_edition(edition, by=writer, revision=edition.revision, summary="For whoever lends boats.")
    making.agree(edition.product, writer)
    road.submit(edition, by=writer, revision=edition.revision)
    making.reviewed(edition)
    road.present(edition, by=making.editor(), revision=edition.revision)
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    road.publish(edition, by=making.editor(), revision=edition.revision)
    edition.refresh_from_db()
    return edition


@pytest.mark.row("G9")
def test_staff_define_an_instrument_without_code_and_it_is_released_by_publishing_alone(client, writer):
    assert client.get(NEW).status_code == 200
    page = client.post(NEW, {"source": SMALL}, follow=True)
    assert "It is a draft now" in page.text
    edition = Edition.objects.select_related("product").get()
    kept = InstrumentEdition.objects.get()
    assert (edition.product.kind, edition.title, edition.status) == ("assessment", "The harbour check", "draft")
    assert list(EditionPart.objects.order_by("position").values_list("slug", flat=True)) == ["about-it", "lending", "listening"]
    tried = client.get(reverse("practice:instrument-try", args=[kept.pk])).text
    assert ("We lend fairly" in tried, "Nothing that you choose here is kept" in tried) == (True, True)

    client.logout()
    assert client.get("/practice/harbour-check/").status_code == 404
    assert client.get("/practice/harbour-check/start/").status_code == 404
    assert (InstrumentItem.objects.count(), "harbour check" in client.get("/practice/").text) == (0, False)
    publish(edition, writer)

    assert client.get("/practice/harbour-check/").status_code == 200
    assert "The harbour check" in client.get("/practice/").text
    assert (client.get("/practice/harbour-check/start/").status_code, InstrumentItem.objects.count()) == (200, 11)
    assert "/practice/harbour-check/" in client.get(edition.product.get_absolute_url()).text
    told = client.get("/practice/harbour-check/").text
    assert edition.product.get_absolute_url() in told  # how it was made


def test_of_two_editions_the_newer_one_begins_and_what_is_retired_begins_with_nobody(client):
    older = practising.instrument()
    newer = practising.instrument(SMALL.replace("We lend fairly", "We lend to all"))
    told = client.get("/practice/harbour-check/").text
    assert ("We lend to all" in told, "We lend fairly" in told) == (True, False)
    assert client.get("/practice/").text.count('href="/practice/harbour-check/"') == 1

    publishing.retire(newer.edition)
    assert "We lend fairly" in client.get("/practice/harbour-check/").text
    publishing.retire(older.edition)
    assert "harbour-check" not in client.get("/practice/").text
    for page in ("", "start/", "worksheet/", "worksheet.csv", "worksheet.pdf"):
        assert client.get(f"/practice/harbour-check/{page}").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('text: "We changed a rule', 'txt: "We changed a rule'), "txt"),
        (("key: ask-borrowers", "key: lend-safely"), "stands on line 19 already"),
        (("scale: [Not at all, A little, Mostly, Fully]", "scale: [Yes]"), "needs at least 2"),
        (("we counted them this year", "we " + "counted " * 40 + "them"), "30 at most"),
    ],
)
def test_a_text_with_faults_says_their_lines_and_keeps_what_was_put_in(client, writer, change, words):
    source = SMALL.replace(*change)
    wanted = max(number for number, text in enumerate(source.splitlines(), 1) if change[1][:18] in text)

    page = client.post(NEW, {"source": source})

    assert page.status_code == 422
    assert words in re.search(rf"Line {wanted}:([^<]*)", page.text)[1]
    assert (change[1][:12] in page.text.replace("&quot;", '"'), Edition.objects.count()) == (True, 0)


def test_a_file_is_taken_as_well_and_one_that_is_no_text_is_refused(client, writer):
    bad = client.post(NEW, {"file": SimpleUploadedFile("x.yaml", b"\xff\xfe\x00\xd8")})
    assert (bad.status_code, "no text in UTF-8" in bad.text) == (422, True)

    client.post(NEW, {"file": SimpleUploadedFile("harbour.yaml", SMALL.encode())})

    assert Instrument.objects.get().key == "harbour-check"


def test_those_that_come_with_the_platform_are_put_in_with_a_press(client, writer):
    listed = client.get(reverse("admin:practice_instrumentedition_changelist")).text
    for key, title, source in shipped():
        assert (title in listed, f"?shipped={key}" in listed) == (True, True)
        shown = client.get(NEW, {"shipped": key}).text
        assert f"key: {key}" in shown
        assert client.post(NEW, {"source": source}).status_code == 302
    assert Instrument.objects.count() == 3


def test_words_that_the_community_does_not_have_are_named_and_added_with_a_press(client, writer):
    Topic.objects.create(name="Learning culture")
    client.post(NEW, {"source": next(source for key, _title, source in shipped() if key == "performance-practice")})
    page = source_page(Edition.objects.get())
    shown = client.get(page).text
    links = [unescape(link) for link in re.findall(r'<a href="(/admin/foundation/(?:topic|pillar)/add/\?[^"]+)">', shown)]
    assert ("Board development" in shown, "(4 principles)" in shown, "learning-culture" in "".join(links)) == (True, True, False)

    for link in links:
        form = client.get(link).context["adminform"].form
        said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        filled = {name: value for name, value in said.items() if value is not None}
        assert (
            client.post(link.partition("?")[0], filled | {"synonyms-TOTAL_FORMS": 0, "synonyms-INITIAL_FORMS": 0}).status_code
            == 302
        )

    assert "What it names and your community does not have" not in client.get(page).text


def test_a_text_that_no_longer_says_what_is_asked_cannot_be_handed_in(client, writer, draft):
    parts = [{"slug": p.slug, "title": p.title, "body": p.body} for p in draft.parts.all()]
    parts[1]["body"] = parts[1]["body"].replace("hangs where everybody", "lies where nobody")
    drafting.save_edition(draft, by=writer, revision=draft.revision, parts=parts, summary="For whoever lends boats.")
    making.agree(draft.product, writer)

    page = client.get(reverse("products:product-progress", args=[draft.product.slug])).text

    assert "“Lending” no longer says what the instrument asks" in page.replace("&quot;", '"')


def test_two_who_put_in_a_text_at_once_do_not_write_over_each_other(client, writer, draft):
    before = draft.revision
    client.post(source_page(draft), {"source": SMALL.replace("We ask those", "We listen to those"), "revision": before})

    page = client.post(source_page(draft), {"source": SMALL.replace("We ask those", "We hear those"), "revision": before})

    assert (page.status_code, "Somebody saved this edition meanwhile" in page.text) == (422, True)
    assert "We hear those" in page.text
    assert "We listen to those" in InstrumentEdition.objects.get().source


def test_a_published_text_cannot_be_changed_and_a_new_edition_begins_with_it(client, writer, draft):
    publish(draft, writer)
    assert client.post(source_page(draft), {"source": SMALL, "revision": draft.revision}).status_code == 403
    ada = make.person("Ada Berg")
    held = practising.session(ada, people=4)

    following = road.begin_edition(draft.product, by=writer, label="1.1")
    assert "We ask those who borrow" in client.get(source_page(following)).text
    newer = SMALL.replace("key: changed-a-rule", "key: changed-two-rules").replace("changed a rule", "changed two rules")
    client.post(source_page(following), {"source": newer, "revision": following.revision})
    following.refresh_from_db()
    drafting.save_edition(following, by=writer, revision=following.revision, changes="One proof point asks more.")
    publish(following, writer)

    held.refresh_from_db()
    assert held.instrument_edition.edition == draft  # a round that runs keeps what it asked
    again = workflow_of_next_round(held, ada)
    assert again.instrument_edition.edition == following
    keys = set(again.instrument_edition.items.values_list("key", flat=True)) ^ set(
        held.instrument_edition.items.values_list("key", flat=True)
    )
    assert keys == {"changed-a-rule", "changed-two-rules"}


def workflow_of_next_round(held: LearningSession, ada) -> LearningSession:
    practising.closed(held, ada)
    return practising.starting.begin_session(held.organization, held.instrument_edition.instrument, by=ada, follows=held)


def test_whoever_writes_nothing_here_cannot_put_in_a_text(client, alice, draft):
    client.force_login(alice)
    assert client.get(NEW).status_code == 302  # the admin is the support team's
    with pytest.raises(PermissionDenied):
        workflow.save_source(draft, SMALL, by=alice, revision=draft.revision)
