"""What the whole community says before something is published: silence is assent, and an open objection stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from correspondence import due
from correspondence.digests import contents
from correspondence.models import OutgoingMail
from foundation.desk import cards_for
from foundation.workflow import TransitionRefused
from products.models import CommunityReview, Edition, KindRules, Opinion, Review
from products.road import workflow as road
from products.window import workflow
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db
WORDS = "Two of the six clubs have not agreed to be named."


@pytest.fixture
def edition(db):
    """What Wilma wrote, before all of us."""
    return making.presented(make.ambassador("Wilma Writer"))


@pytest.fixture
def olu(db):
    return make.ambassador("Olu Objector")


def objection(edition, by) -> Opinion:
    return workflow.speak(edition, kind="objects", words=WORDS, by=by)


def mailed(kind) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("person__name", flat=True))


def reasons(step, edition) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        step(edition, by=making.editor(), revision=edition.revision)
    return refused.value.messages


def page(edition) -> str:
    return reverse("products:community-review-detail", args=[edition.product.slug])


@pytest.mark.row("F4")
def test_an_open_objection_keeps_it_from_being_published_until_a_named_editor_records_the_reason(client, edition, olu):
    """The row's sentence through the outer door: an objection on the web, a refused approval, an override with its reason."""
    client.force_login(olu)
    client.post(reverse("products:opinion-give", args=[edition.product.slug]), {"kind": "objects", "words": WORDS})
    said = Opinion.objects.get()
    making.days_pass(edition)
    waits = "1 objection waits for an answer. It can be answered, or overridden by an editor with a reason."
    refused = making.press("approve", edition, making.editor())
    assert (refused.status_code, waits in refused.content.decode()) == (422, True)
    client.force_login(making.editor())
    override = reverse("products:opinion-override", args=[said.pk])

    client.post(override, {"reason": " ", "revision": 1})
    assert Opinion.objects.get().status == "open"
    client.post(override, {"reason": "Both clubs have read it and agree now.", "revision": 1})
    making.press("approve", edition, making.editor())
    making.press("publish", edition, making.editor())

    assert Edition.objects.get().status == "published"
    client.force_login(olu)
    shown = client.get(page(edition)).content.decode()
    assert [words in shown for words in (WORDS, "Edda Editor, editor, decided on", "Both clubs have read it and agree now.")] == [
        True
    ] * 3
    assert mailed("objection_overridden") == ["Olu Objector"]


def test_the_days_end_where_the_community_is_and_nobody_decides_before(edition):
    window = CommunityReview.objects.get()
    local = timezone.localtime(window.closes_at, timezone.get_default_timezone())
    assert (local.date() - timezone.localdate(None, timezone.get_default_timezone())).days == KindRules.of("article").window_days
    assert (local.hour, local.minute) == (23, 59)
    assert "Every ambassador can speak until" in reasons(road.approve, edition)[0]

    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)

    assert CommunityReview.objects.get().closed_at is not None


def test_silence_is_assent_and_the_clock_tells_its_makers_once(edition):
    making.days_pass(edition)
    due.post_all(), due.post_all()

    assert mailed("community_review_over") == ["Edda Editor", "Wilma Writer"]
    assert CommunityReview.objects.get().closed_at is not None
    road.approve(edition, by=making.editor(), revision=edition.revision)


def test_everybody_is_told_once_that_it_is_open(edition, olu):
    make.ambassador("Ines Ibarra", status="alumni")
    due.post_all(), due.post_all()

    assert mailed("community_review_opened") == ["Olu Objector", "Rhea Reviewer 1", "Rhea Reviewer 2", "Wilma Writer"]


def test_one_has_one_opinion_and_changes_it_until_the_end(edition, olu):
    for kind, words in (
        ("stands", ""),
        ("suggests", "Begin with the clubs."),
        ("objects", WORDS),
        ("objects", WORDS),
        ("stands", ""),
    ):
        workflow.speak(edition, kind=kind, words=words, by=olu)
    assert list(Opinion.objects.values_list("kind", "words", "status", "revision")) == [("stands", "", "open", 4)]

    making.days_pass(edition)
    with pytest.raises(TransitionRefused):
        objection(edition, olu)
    road.approve(edition, by=making.editor(), revision=edition.revision)


@pytest.mark.parametrize(("kind", "words"), [("objects", " "), ("suggests", ""), ("shouts", "No!"), ("objects", "x" * 5001)])
def test_what_needs_words_says_so_beside_the_field(edition, olu, kind, words):
    with pytest.raises(ValidationError):
        workflow.speak(edition, kind=kind, words=words, by=olu)
    assert not Opinion.objects.exists()


def test_an_answer_by_its_author_opens_the_way_and_the_objector_may_shut_it_once(edition, olu):
    author = Edition.objects.get().created_by
    said = objection(edition, olu)
    with pytest.raises(PermissionDenied):
        workflow.answer(said, "They have.", by=make.ambassador("Somebody Else"), revision=1)
    workflow.answer(said, "They have now.", by=author, revision=1)
    making.days_pass(edition)
    workflow.reopen(said, "One of them has not.", by=olu)
    assert len(reasons(road.approve, edition)) == 1

    workflow.answer(said, "Now both.", by=author, revision=2)
    with pytest.raises(TransitionRefused):
        workflow.reopen(said, "Still not.", by=olu)
    road.approve(edition, by=making.editor(), revision=edition.revision)

    said.refresh_from_db()
    assert (said.words, said.answer) == (f"{WORDS}\n\nOne of them has not.", "They have now.\n\nNow both.")
    assert mailed("objection_raised") == ["Edda Editor", "Edda Editor", "Wilma Writer", "Wilma Writer"]
    assert mailed("opinion_answered") == ["Olu Objector", "Olu Objector"]


def test_an_objection_is_not_opened_again_by_saying_it_anew_more_than_once(edition, olu):
    said = objection(edition, olu)
    workflow.answer(said, "They have now.", by=making.editor(), revision=1)
    workflow.withdraw(said, by=olu)
    assert objection(edition, olu).reopened_at is not None
    workflow.answer(said, "Now both.", by=making.editor(), revision=2)

    with pytest.raises(ValidationError):
        workflow.speak(edition, kind="objects", words="Still not.", by=olu)


def test_an_objection_stays_open_for_a_week_after_its_answer_and_no_longer(edition, olu):
    said = objection(edition, olu)
    workflow.answer(said, "They have now.", by=making.editor(), revision=1)
    Opinion.objects.update(answered_at=timezone.now() - timedelta(days=8))

    with pytest.raises(TransitionRefused):
        workflow.reopen(said, "One of them has not.", by=olu)


def test_nobody_answers_or_overrides_words_that_they_have_not_read(client, edition, olu):
    said = objection(edition, olu)
    workflow.speak(edition, kind="objects", words="Three of them have not.", by=olu)
    client.force_login(making.editor())

    shown = client.post(
        reverse("products:opinion-answer", args=[said.pk]), {"answer": "Both have.", "revision": 1}
    ).content.decode()

    assert [words in shown for words in ("What stands here has changed", "Three of them have not.", "Both have.")] == [True] * 3
    assert Opinion.objects.get().status == "open"
    with pytest.raises(TransitionRefused):
        workflow.override(said, "They agree.", by=making.editor(), revision=1)
    client.post(reverse("products:opinion-answer", args=[said.pk]), {"answer": "All have.", "revision": 2})
    assert Opinion.objects.get().answer == "All have."


def test_an_editor_does_not_override_what_they_write_or_object_to_themselves(edition):
    own = making.presented(making.editor("Edgar Editor"), title="Second")
    theirs = objection(own, make.ambassador("Olu Objector"))
    mine = objection(edition, making.editor("Edgar Editor"))
    for said in (theirs, mine):
        with pytest.raises(PermissionDenied):
            workflow.override(said, "I know better.", by=making.editor("Edgar Editor"), revision=1)


def test_an_objection_of_an_earlier_round_is_not_lost_with_it(edition, olu):
    objection(edition, olu)
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Ask the clubs.")
    assert CommunityReview.objects.get().closed_at is not None
    road.submit(edition, by=edition.created_by, revision=edition.revision)
    making.reviewed(edition)

    assert len(reasons(road.present, edition)) == 1
    workflow.withdraw(Opinion.objects.get(), by=olu)
    road.present(edition, by=making.editor(), revision=edition.revision)
    assert CommunityReview.objects.open().count() == 1


def test_who_left_said_what_they_said(client, edition, olu):
    objection(edition, olu)
    Opinion.objects.update(person=None)
    making.days_pass(edition)

    assert len(reasons(road.approve, edition)) == 1
    client.force_login(making.editor())
    assert "a former member" in client.get(page(edition)).content.decode()
    workflow.answer(Opinion.objects.get(), "They have now.", by=making.editor(), revision=1)
    road.approve(edition, by=making.editor(), revision=edition.revision)


def test_what_comes_after_the_end_is_shown_to_its_writer_and_not_noted(client, edition, olu):
    making.days_pass(edition)
    client.force_login(olu)

    shown = client.post(reverse("products:opinion-give", args=[edition.product.slug]), {"kind": "objects", "words": WORDS})

    assert (WORDS in shown.content.decode(), Opinion.objects.count()) == (True, 0)


def test_its_text_goes_back_to_its_makers_and_what_was_said_stays_with_the_members(client, edition, olu):
    objection(edition, olu)
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Ask the clubs.")
    Edition.objects.update(title="A title of today")
    client.force_login(olu)

    shown = client.get(page(edition)).content.decode()

    words = (WORDS, "Who stays, and why", "A title of today", "Whoever stays longest")
    assert [one in shown for one in words] == [True, True, False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many_speak(client, edition, rows, django_assert_num_queries):
    for number in range(rows):
        objection(edition, make.ambassador(f"Speaker {number}"))
    client.force_login(making.editor())
    client.get(page(edition))

    with django_assert_num_queries(13):
        client.get(page(edition))


@pytest.mark.row("F5")
def test_a_kickstarter_is_not_published_without_the_word_of_somebody_of_its_audience(olu):
    funders = making.readership("Funders")
    product = making.published(make.ambassador("Pat Pillar"), title="The whole").product
    fields = {"kind": "kickstarter", "readership": funders, "explains": product}
    edition = making.reviewed(making.submitted(make.ambassador("Wilma Writer"), title="For those who fund", **fields))
    needed = "Somebody of its audience (Funders) has to review it and say that it can be published."

    def refused(name: str) -> bool:
        answer = making.press(name, edition, making.editor())
        return answer.status_code == 422 and needed in answer.content.decode()

    assert refused("present")

    theirs = making.finish(making.asked(edition, olu, speaks_for=funders), "major")
    assert refused("present")
    Review.objects.filter(pk=theirs.pk).update(verdict="minor")
    making.press("present", edition, making.editor())
    assert Edition.objects.get(pk=edition.pk).status == "community review"
    Review.objects.filter(pk=theirs.pk).update(speaks_for=None)
    making.days_pass(edition)
    assert refused("approve")


def cards(person) -> list[str]:
    return [card.title for card in cards_for(person)]


def test_the_desk_offers_what_is_open_and_shows_what_waits_to_those_who_can_do_it(edition, olu):
    title = "Who stays, and why"
    assert f"Before it is public: {title}" in cards(olu)
    objection(edition, olu)
    assert [f"Before it is public: {title}" in cards(olu), f"An objection to “{title}”" in cards(olu)] == [False, False]
    assert [f"An objection to “{title}”" in cards(who) for who in (edition.created_by, making.editor())] == [True, True]

    making.days_pass(edition)
    assert f"May be approved: {title}" not in cards(making.editor())
    workflow.answer(Opinion.objects.get(), "They have now.", by=edition.created_by, revision=1)
    assert [f"May be approved: {title}" in cards(who) for who in (edition.created_by, making.editor())] == [False, True]


@pytest.mark.parametrize(
    ("opened", "closes", "told"),
    [(1, 72, True), (100, 71, True), (100, 100, False), (100, 24, False)],
    ids=["opened within", "its last days began within", "neither", "told before"],
)
def test_the_digest_tells_of_it_when_it_opens_and_once_more_before_it_closes(edition, olu, opened, closes, told):
    now, hour = timezone.now(), timedelta(hours=1)
    CommunityReview.objects.update(opened_at=now - opened * hour, closes_at=now + closes * hour)
    mail = OutgoingMail.objects.create(
        kind="digest",
        person=olu,
        key="digest",
        about={"since": (now - 24 * hour).isoformat(), "until": now.isoformat(), "amount": "headlines"},
    )

    items = [one.item.title for part in contents.read(mail).parts for one in part.told]

    assert ("Who stays, and why" in items) == told
    objection(edition, olu)
    assert "Who stays, and why" not in [one.item.title for part in contents.read(mail).parts for one in part.told]
