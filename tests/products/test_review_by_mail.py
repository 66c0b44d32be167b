"""Answers by mail to a request for a review: yes, no, and words about the text."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from correspondence.inbound.guide import chapters_for
from correspondence.inbound.receiving import receive
from products.models import EditionComment, Review
from products.reviewing import link, workflow
from products.reviewing.by_mail.words import read, unsigned
from tests.correspondence.letters import letter, parcel
from tests.products import making as products
from tests.products import secret_making as making


@pytest.mark.parametrize(
    ("text", "says", "words"),
    [
        ("Yes, gladly\n\nRae", "yes", ""),
        ("accept", "yes", ""),
        ("I accept.\n\nThe second half needs its numbers.", "yes", "The second half needs its numbers."),
        ("decline\nHarvest is on us.", "no", "Harvest is on us."),
        ("Not this time", "no", ""),
        ("No numbers in the second half?", "words", "No numbers in the second half?"),
        ("Publish it!", "words", "Publish it!"),
        ("Who asked them?\n\nYes.", "words", "Who asked them?\n\nYes."),
    ],
)
def test_only_a_first_line_that_says_nothing_else_is_a_yes_or_a_no(text, says, words):
    found = read(text)
    assert (found.says.value, found.words) == (says, words)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Who asked them?\n\nBest wishes,\nRae", "Who asked them?"),
        ("Who asked them?\nRae Reviewer\n", "Who asked them?"),
        ("Rae", "Rae"),
        ("Who asked them, Rae or Rob?", "Who asked them, Rae or Rob?"),
    ],
)
def test_the_name_below_the_words_is_left_out(text, left):
    assert unsigned(text, ["Rae Reviewer"]) == left


@pytest.mark.django_db
@pytest.mark.row("F3")
def test_a_reviewer_answers_the_very_mail_and_goes_on_by_its_link(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        review = products.asked(products.submitted(making.wilma()), making.rae())
    rae = review.reviewer
    asked = next(mail for mail in django_mail.outbox if mail.to == [rae.email])
    to = asked.message()["Reply-To"].partition("<")[2].rstrip(">")
    django_mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        words = "Who asked them?\n\n> An editor would like"
        assert receive(parcel(rae.email, to, words, (b"mine", "mine.txt")), to).outcome == "posted"
    assert EditionComment.objects.values_list("words", "block", "via").get() == ("Who asked them?", "", "mail")
    noted = next(mail for mail in django_mail.outbox if "Your words stand as a comment" in mail.body)
    assert any("mine.txt" in mail.body for mail in django_mail.outbox), "they are told that the file was not taken"
    url = next(line for line in noted.body.splitlines() if "/reviews/" in line).partition("/reviews/")[2]
    assert client.get(f"/reviews/{url}").status_code == 200
    assert (Review.objects.get().status, Review.objects.get().verdict) == ("accepted", "")

    assert receive(letter(rae.email, to, "Decline\n\nHarvest is on us."), to).outcome == "posted"
    assert Review.objects.values_list("status", "decline_words").get() == ("declined", "Harvest is on us.")
    assert client.get(f"/reviews/{url}").status_code == 410
    late = receive(letter(rae.email, to, "Yes"), to)
    assert (late.outcome, late.why) == ("refused", "This review is not waited for any more.")


@pytest.mark.django_db
def test_an_answer_to_a_review_that_is_in_comes_back():
    review = products.asked(products.submitted(making.wilma()), making.rae())
    products.finish(review)
    to = f"{link.answer_address(review).local_part}@mail.example.org"
    mail = receive(letter(review.reviewer.email, to, "One more thing."), to)
    assert (mail.outcome, mail.why, EditionComment.objects.count()) == ("refused", "Your review is in, and stays as it is.", 0)


@pytest.mark.django_db
def test_the_help_mail_offers_each_review_that_waits():
    review = products.asked(products.submitted(making.wilma()), making.rae())
    (chapter,) = [one for one in chapters_for(review.reviewer) if one.title == "Reviews"]
    assert [offer.line for offer in chapter.offers] == ["Comment on “Who stays, and why”, or say yes or no to reviewing it"]
    workflow.decline(review, by=review.reviewer)
    assert [one for one in chapters_for(review.reviewer) if one.title == "Reviews"] == []
