"""Peer review through its pages: what one reviews, blind first, and what authors do about it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import post_due
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from products.drafting import workflow as drafting
from products.models import CommentAnswer, EditionComment, Review, ReviewCriterion
from products.reviewing import due, workflow
from products.road import workflow as road
from products.road.obstacles import in_the_way
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db
WHOLE = {"against": "Six clubs are few.", "has_interest": "no", "verdict": "minor", "openness": "editors"}


@pytest.fixture
def wilma():
    return make.ambassador("Wilma Writer")


@pytest.fixture
def edition(wilma):
    return making.submitted(wilma)


@pytest.fixture
def review(edition):
    return making.asked(edition)


def at(name, review, *more):
    return reverse(f"products:{name}", args=[review.pk, *more])


def come(client, review):
    client.force_login(review.reviewer)
    return client


def state(review):
    review.refresh_from_db()
    return review.status


def mails(kind):
    return [mail.person for mail in OutgoingMail.objects.filter(kind=kind).order_by("pk")]


def test_a_review_is_read_by_others_only_once_their_own_is_in(client, edition, review):
    other = making.asked(edition, making.reviewer(2))
    workflow.comment(other, by=other.reviewer, words="Seven, in fact.", part="text", block=block_of(edition))
    making.finish(other, for_authors="Count the clubs again.")

    before = come(client, review).get(at("review-detail", review)).content.decode()
    answer = client.post(
        at("review-submit", review), {"revision": review.revision, "for_authors": "Say more."} | WHOLE, follow=True
    )

    secrets = ["Count the clubs again.", "Seven, in fact.", "Reviewer 2", "publish it after small changes"]
    assert [secret in before for secret in secrets] == [False, False, False, True]  # the last is a choice of the form
    assert [secret in answer.content.decode() for secret in secrets] == [True, True, True, True]
    assert state(review) == "submitted"


def test_an_editor_who_reviews_reads_the_other_reviews_after_their_own_as_well(edition):
    editor = making.editor("Rita Reading")
    mine, other = making.asked(edition, editor), making.asked(edition, making.reviewer(2))
    making.finish(other)
    assert list(Review.objects.visible_to(editor)) == [mine]

    making.finish(mine)
    assert set(Review.objects.visible_to(editor)) == {mine, other}


def test_what_a_review_lacks_is_said_beside_its_fields_and_the_words_are_kept(client, review):
    asked = ReviewCriterion.objects.create(kind="article", question="Does it hold?")
    answer = come(client, review).post(
        at("review-submit", review), {"revision": 1, "for_authors": "Say more.", "has_interest": "yes"}
    )

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == sorted(["verdict", "against", "interest", f"mark-{asked.pk}"])
    assert (state(review), review.for_authors) == ("accepted", "Say more.")
    again = {"revision": review.revision, f"mark-{asked.pk}": "4", f"answer-{asked.pk}": "Mostly.", "for_authors": "Say more."}
    assert client.post(at("review-submit", review), again | WHOLE).status_code == 302
    assert state(review) == "submitted"
    assert review.answers == {str(asked.pk): {"question": "Does it hold?", "words": "Mostly.", "mark": 4}}


def block_of(edition):
    return BeautifulSoup(edition.parts.get().body, "html.parser").p["id"]


def test_a_passage_is_commented_on_where_it_stands_without_javascript(client, edition, review):
    block = block_of(edition)
    page = BeautifulSoup(come(client, review).get(at("review-detail", review)).content, "html.parser")
    link = page.find("a", attrs={"data-remark": f"text.{block}"})["href"]

    form = BeautifulSoup(client.get(link.partition("#")[0]).content, "html.parser").select_one(f'form[id="text.{block}"]')
    said = {field["name"]: field.get("value", "") for field in form.select("input")} | {"words": "Which six?"}
    answer = client.post(form["action"], said)

    assert answer["Location"] == f"{at('review-detail', review)}#{block}"
    made = EditionComment.objects.get()
    assert (made.block, made.quoted, made.words) == (
        block,
        "Whoever stays longest was asked first what they would like to do.",
        "Which six?",
    )
    shown = BeautifulSoup(client.get(at("review-detail", review)).content, "html.parser").find(id=block).find_next_sibling("div")
    assert "Which six?" in shown.get_text()
    long = client.post(at("remark-change", review, made.pk), {"words": "Which " * 2000})
    assert (long.status_code, long.context["unsaved"]) == (422, [("Your comment", ("Which " * 2000).strip())])
    client.post(at("remark-change", review, made.pk), {"words": "Which clubs?"})
    client.post(at("remark-withdraw", review, made.pk))
    made.refresh_from_db()
    assert (made.words, made.withdrawn_at is not None) == ("Which clubs?", True)


def test_a_review_that_is_written_in_two_windows_is_saved_over_by_neither(client, review):
    first = {"revision": review.revision, "for_authors": "From the train."} | WHOLE
    come(client, review).post(at("review-save", review), first)

    refused = client.post(at("review-save", review), first | {"for_authors": "From home."})

    assert refused.status_code == 409
    assert state(review) == "accepted"
    assert review.for_authors == "From the train."
    assert refused.context["form"]["revision"].value() == str(review.revision)
    assert client.post(at("review-autosave", review), first).json() == {"state": "meanwhile"}


def test_an_edition_that_is_taken_back_while_one_writes_leaves_the_words_with_their_writer(client, edition, review, wilma):
    come(client, review).post(at("review-save", review), {"revision": 1, "for_authors": "Half of it."})
    review.refresh_from_db()
    road.take_back(edition, by=wilma)

    refused = client.post(at("review-submit", review), {"revision": review.revision, "for_authors": "All of it, at last."} | WHOLE)

    assert refused.status_code == 409
    assert refused.context["unsaved"] == [
        ("To the authors", "All of it, at last."),
        ("What speaks against this?", "Six clubs are few."),
    ]
    assert (state(review), review.for_authors) == ("lapsed", "Half of it.")
    page = client.get(at("review-detail", review))
    assert [("Half of it." in page.content.decode()), ("parts" in page.context)] == [True, False]
    assert mails("review_over") == [review.reviewer]
    (told,) = OutgoingMail.objects.filter(kind="review_over")
    assert told.about["why"] == "taken back"


def test_a_reviewer_who_is_released_or_leaves_while_writing_reads_the_text_no_more(client, edition, review):
    other = making.asked(edition, making.reviewer(2))
    workflow.withdraw_invitation(review, by=making.editor(), words="We found another way.")
    other.reviewer.ambassador.status = "alumni"
    other.reviewer.ambassador.save()

    assert due.release_those_who_left() == 1
    assert (state(review), state(other)) == ("withdrawn", "withdrawn")
    assert "parts" not in come(client, review).get(at("review-detail", review)).context
    assert client.post(at("review-save", review), {"revision": 1, "for_authors": "Late."} | WHOLE).status_code == 409
    assert (mails("review_over"), mails("review_declined")) == ([review.reviewer], [making.editor()])


def test_reminders_stop_after_two_and_do_not_come_twice_a_day(review):
    editor = making.editor()
    workflow.remind(review, by=editor)
    with pytest.raises(ValidationError):
        workflow.remind(review, by=editor)
    Review.objects.update(reminded_at="2026-01-01T08:00:00Z")
    workflow.remind(review, by=editor)
    Review.objects.update(reminded_at="2026-01-02T08:00:00Z")
    with pytest.raises(ValidationError):
        workflow.remind(review, by=editor)
    assert mails("review_reminder") == [review.reviewer] * 2


def run_by_hand(client, review, what, data=None):
    """Press a button of the editors' page: of the round, or of one reviewer."""
    page = reverse("products:round-detail", args=[review.round.edition.product.slug, review.round.edition.number])
    client.force_login(making.editor())
    return client.post(f"{page}{what}/", data or {}, follow=True)


def test_the_clock_reminds_before_and_after_the_day_and_no_third_time(review, time_machine):
    day = review.due_on
    for days, reminders in [(-4, 0), (-3, 1), (-2, 1), (1, 1), (2, 2), (3, 2), (30, 2)]:
        time_machine.move_to(datetime.combine(day + timedelta(days=days), time(12), tzinfo=UTC))
        post_due()
        post_due()
        assert (days, mails("review_reminder")) == (days, [review.reviewer] * reminders)


def test_another_day_reminds_anew_and_a_past_one_is_refused_beside_its_field(client, review):
    Review.objects.update(reminded=2, reminded_at=timezone.now())
    past = run_by_hand(client, review, "day", {"due_on": "2020-01-01"})
    assert past.context["day_form"].errors == {"due_on": ["That day has passed."]}

    day = review.due_on + timedelta(days=10)
    run_by_hand(client, review, "day", {"due_on": day.isoformat()})

    review.refresh_from_db()
    assert (review.due_on, review.round.due_on, review.reminded, review.reminded_at) == (day, day, 0, None)


def test_an_invitation_is_sent_again_once_a_day_and_counts_as_no_reminder(client, review):
    first = len(mails("review_invited"))
    for _press in range(2):
        run_by_hand(client, review, f"{review.pk}/send-again")

    review.refresh_from_db()
    assert (mails("review_invited"), review.reminded) == ([review.reviewer] * (first + 1), 0)


def test_a_reviewer_who_is_asked_again_reads_the_word_that_was_written_now(edition):
    review = making.asked(edition, note="You know the clubs.")
    person = review.reviewer
    workflow.withdraw_invitation(review, by=making.editor(), words="Two others were quicker.")
    again = making.asked(edition, person, note="One of them cannot, after all.")
    again.refresh_from_db()

    assert (again.pk, again.status, again.note) == (review.pk, "invited", "One of them cannot, after all.")
    page = message_for(OutgoingMail.objects.filter(kind="review_invited", person=person).latest("pk")).body
    assert "One of them cannot, after all." in page
    notes = HistoryEntry.objects.filter(target_id=str(review.pk), target_type__model="review").values_list("note", flat=True)
    assert sorted(filter(None, notes)) == ["Two others were quicker."]  # what was said at a move, and no word to one person


def test_a_round_that_is_closed_lets_its_authors_read_and_whoever_still_wrote_go(client, edition, review, wilma):
    late = making.asked(edition, making.reviewer(2))
    workflow.save_review(late, by=late.reviewer, revision=late.revision, for_authors="Half a thought.")
    making.finish(review)
    for _press in range(2):
        run_by_hand(client, review, "close")
    said = {"person": "Rhea Reviewer 3", "note": "You know the clubs better than we do."}
    typed = client.post(reverse("products:round-invite", args=[edition.product.slug, 1]), said)
    assert (typed.status_code, ("A word to them", said["note"]) in typed.context["unsaved"]) == (409, True)
    assert said["note"] in typed.content.decode()

    assert (state(review), state(late), late.for_authors) == ("submitted", "lapsed", "Half a thought.")
    assert (mails("reviews_to_read"), mails("review_over")) == ([wilma], [late.reviewer])
    assert "Half a thought." in come(client, late).get(at("review-detail", late)).content.decode()


def test_whoever_declines_names_somebody_and_another_is_asked_in_their_place(client, review):
    Review.objects.update(is_required=True)
    come(client, review).post(at("review-decline", review), {"words": "Harvest.", "instead": "Tomas Lind"})
    assert (state(review), review.decline_words, review.instead) == ("declined", "Harvest.", "Tomas Lind")
    assert mails("review_declined") == [making.editor()]

    other = workflow.substitute(review, making.reviewer(2), by=making.editor())
    assert (other.is_required, state(review), review.is_required) == (True, "declined", False)


def test_authors_and_their_colleagues_are_kept_apart_from_what_they_wrote(edition, wilma):
    opened, editor = making.round_of(edition), making.editor()
    with pytest.raises(ValidationError):
        workflow.invite(opened, wilma, by=editor, despite="She knows it best.")
    colleague = make.ambassador("Cora Colleague", organization="Harbour School")
    wilma.ambassador.organization = colleague.ambassador.organization
    wilma.ambassador.save()
    with pytest.raises(ValidationError) as refused:
        workflow.invite(opened, colleague, by=editor)
    assert refused.value.message_dict["despite"][0] == "works at the same organisation as an author"

    review = workflow.invite(opened, colleague, by=editor, despite="Nobody else knows harbours.")
    assert review.reasons == ["works at the same organisation as an author: Nobody else knows harbours."]
    with pytest.raises(PermissionDenied):
        workflow.invite(opened, making.reviewer(), by=colleague)


def test_nothing_is_decided_before_the_reviews_are_in_that_the_round_needs(edition):
    editor = making.editor()
    assert in_the_way(edition, "decide") == ["It needs 2 reviews: open a round."]
    opened = making.round_of(edition)
    first = making.asked(edition, is_required=True)
    making.finish(making.asked(edition, making.reviewer(2)))
    assert in_the_way(edition, "decide") == ["1 review is missing.", "A review is missing without which nothing is decided."]
    with pytest.raises(ValidationError):
        workflow.lower_needed(opened, by=editor, needed=1, because=" ")
    workflow.lower_needed(opened, by=editor, needed=1, because="There are two of us in this field.")
    with pytest.raises(ValidationError):
        road.present(edition, by=editor, revision=edition.revision)

    making.finish(first)
    assert mails("reviews_in") == [editor]
    road.present(edition, by=editor, revision=edition.revision)
    assert edition.status == "community review"


def test_authors_answer_each_comment_where_its_passage_stands_now_before_they_hand_it_in_again(client, edition, review, wilma):
    moved = workflow.comment(
        review, by=review.reviewer, words="Name them.", part="text", block=block_of(edition), quoted="asked first"
    )
    making.finish(review)
    assert not EditionComment.objects.visible_to(wilma).exists()
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
    part = edition.parts.get()
    body = part.body.replace("Whoever stays longest was asked first", "Those who stay are asked first, they say,")
    edition = drafting.save_edition(edition, by=wilma, revision=edition.revision, parts=[{"slug": part.slug, "body": body}])
    client.force_login(wilma)
    page = reverse("products:comment-list", args=[edition.product.slug, 1])

    ((_round, ((point, _form),)),) = client.get(page).context["rounds"]
    assert (point.where, point.name, point.quoted) == ("there", "Reviewer 1", "asked first")
    assert in_the_way(edition, "submit") == ["One comment of a reviewer has no answer yet: say what you did about it."]
    url = reverse("products:comment-answer", args=[edition.product.slug, 1, moved.pk])
    assert client.post(url, {f"{moved.pk}-did": "kept"}).status_code == 422
    client.post(url, {f"{moved.pk}-did": "kept", f"{moved.pk}-words": "They asked not to be named."})

    assert [(one.did, one.words) for one in CommentAnswer.objects.all()] == [("kept", "They asked not to be named.")]
    road.submit(edition, by=wilma, revision=edition.revision)
    with pytest.raises(TransitionRefused):
        workflow.answer_comment(moved, by=wilma, did="changed")
    late = client.post(url, {f"{moved.pk}-did": "kept", f"{moved.pk}-words": "All six have asked us since."})
    assert (late.status_code, "All six have asked us since." in late.content.decode()) == (409, True)
    client.force_login(review.reviewer)
    late = client.post(at("remark-change", review, moved.pk), {"words": "Name all six of them."})
    assert (late.status_code, "Name all six of them." in late.content.decode()) == (409, True)
    assert in_the_way(edition, "decide") == [
        "The text has changed since it was reviewed: open another round.",
        "1 review is missing.",
    ]


@pytest.mark.row("F3")
def test_what_is_handed_in_is_read_by_nobody_out_there_before_it_was_reviewed_and_decided(client, wilma):
    """Its address says 404 until the decision, and that is not made with fewer reviews than it needs."""
    edition = making.submitted(wilma)
    slug, editor = edition.product.slug, making.editor()
    out_there = [reverse("products:product-detail", args=[slug]), reverse("products:edition-detail", args=[slug, 1])]
    seen = []

    def look():
        client.logout()
        seen.append([client.get(page).status_code for page in out_there])

    look()
    opened = making.round_of(edition)
    first, second = making.asked(edition), making.asked(edition, making.reviewer(2))
    come(client, first).post(at("review-accept", first))
    client.post(at("review-submit", first), {"revision": 1} | WHOLE)
    look()
    assert making.press("present", edition, editor).status_code == 422
    come(client, second).post(at("review-submit", second), {"revision": 1} | WHOLE)
    assert opened.reviews.submitted().count() == opened.reviews_needed == 2
    look()
    making.press("present", edition, editor)
    making.days_pass(edition)
    making.press("approve", edition, editor)
    look()
    making.press("publish", edition, editor)
    look()

    assert seen == [[404, 404], [404, 404], [404, 404], [404, 404], [200, 200]]
