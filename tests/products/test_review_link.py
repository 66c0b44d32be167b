"""The link in a reviewer's mail: that one review and nothing else, as often as needed, and never a session."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from foundation import tokens
from products.models import EditionComment, Review, ReviewCriterion
from products.reviewing import link, workflow
from tests import make
from tests.products import making as products

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    ReviewCriterion.objects.create(kind="article", question="Is it true?")
    return products.asked(products.submitted(make.ambassador("Wilma Writer")), make.ambassador("Rae Reviewer"))


def at(review, name="", token=None):
    return reverse(f"products:review-link{name}", args=[token or tokens.text_of(link.link_for(review))])


def form_of(review, **said):
    asked = ReviewCriterion.objects.get().pk
    least = {"revision": Review.objects.get(pk=review.pk).revision, "against": "Six clubs are few.", "has_interest": "no"}
    return least | {f"answer-{asked}": "Mostly.", f"mark-{asked}": "4", "verdict": "minor", "for_authors": "Name them."} | said


def test_a_reviewer_reads_comments_saves_and_hands_in_without_ever_signing_in(review):
    visitor = Client()
    page = visitor.get(at(review)).content.decode()
    assert ["Who stays, and why" in page, "stays longest was asked" in page, "Wilma Writer" in page] == [True, True, True]
    block = review.round.edition.parts.get().body.partition('id="')[2].partition('"')[0]
    assert f"?on=text.{block}#text.{block}" in page

    assert f'value="{block}"' in visitor.get(at(review), {"on": f"text.{block}"}).content.decode()
    visitor.post(at(review, "-comment"), {"words": "Who asked them?", "part": "text", "block": block})
    assert EditionComment.objects.values_list("review", "block", "words").get() == (review.pk, block, "Who asked them?")
    assert visitor.post(at(review, "-save"), form_of(review, verdict="", against="")).status_code == 302
    assert Review.objects.values_list("status", "for_authors", "answers").get()[:2] == ("accepted", "Name them.")
    assert visitor.post(at(review, "-submit"), form_of(review)).status_code == 302

    handed = Review.objects.get()
    assert (handed.status, handed.verdict, handed.submitted_via, handed.has_interest) == ("submitted", "minor", "mail", False)
    after = visitor.get(at(review)).content.decode()
    assert ["You handed in your review" in after, "Six clubs are few." in after, 'name="for_authors"' in after] == [
        True,
        True,
        False,
    ]
    assert visitor.post(at(review, "-save"), form_of(review, for_authors="Changed")).status_code == 409
    assert Review.objects.get().for_authors == "Name them."
    assert (Session.objects.count(), "sessionid" in visitor.cookies) == (0, False)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(review):
    page = Client().post(at(review, "-submit"), form_of(review, against=" ", verdict="", for_authors="Name the clubs, please."))
    said = page.content.decode()
    assert (page.status_code, Review.objects.get().status) == (422, "accepted")
    assert [
        words in said for words in ("Say what you would do with it.", "Say what speaks against it", "Name the clubs, please.")
    ] == [
        True,
        True,
        True,
    ]
    assert Review.objects.get().for_authors == "Name the clubs, please."


def test_two_windows_do_not_write_over_each_other(review):
    stale = form_of(review, for_authors="From the phone.")
    Client().post(at(review, "-save"), form_of(review, for_authors="From the desk."))

    page = Client().post(at(review, "-save"), stale)
    assert (page.status_code, "From the phone." in page.content.decode()) == (409, True)
    assert "saved elsewhere meanwhile" in page.content.decode()
    assert Review.objects.get().for_authors == "From the desk."
    Client().post(at(review, "-save"), form_of(review, for_authors="From the phone."))
    assert Review.objects.get().for_authors == "From the phone."


def end_withdraw(review):
    workflow.withdraw_invitation(review, by=products.editor())


def end_lapse(review):
    workflow.close_round(review.round, by=products.editor())


def end_left(review):
    review.reviewer.ambassador.__class__.objects.filter(user=review.reviewer).update(status="alumni")


def end_declined(review):
    Client().post(at(review, "-decline"), {"words": "Harvest.", "instead": "Tomas"})


@pytest.mark.row("R2")
@pytest.mark.parametrize("end", [end_withdraw, end_lapse, end_left, end_declined])
def test_the_link_dies_with_what_it_is_for_and_every_press_on_it(review, end):
    token = tokens.text_of(link.link_for(review))
    assert Client().get(at(review, token=token)).status_code == 200
    before = form_of(review, for_authors="Too late.")
    end(review)

    assert Client().get(at(review, token=token)).status_code == 410
    for name in ("-save", "-autosave", "-submit", "-accept", "-decline", "-comment", "-question"):
        answer = Client().post(at(review, name, token), before | {"words": "Now it is too late."})
        assert (answer.status_code, "Now it is too late." in answer.content.decode()) == (410, True), name
    assert (Review.objects.get().for_authors, EditionComment.objects.count()) == ("", 0)


def test_somebody_who_is_signed_in_as_somebody_else_writes_as_the_reviewer_and_sees_no_more(client, review):
    client.force_login(make.ambassador("Sam Stranger"))
    client.post(at(review, "-comment"), {"words": "Who asked them?"})
    assert EditionComment.objects.get().by == review.reviewer
    assert client.get(reverse("products:question-own-list", args=[review.pk])).status_code == 404


def test_a_reminder_carries_the_link_of_the_first_mail(review):
    first = tokens.text_of(link.link_for(review))
    assert tokens.text_of(link.link_for(review)) == first


def test_a_link_to_one_review_opens_no_other(review):
    other = products.asked(review.round.edition, make.ambassador("Rob Reader"))
    token = tokens.text_of(link.link_for(review))
    Client().post(at(other, "-comment", token), {"words": "Mine."})
    assert EditionComment.objects.get().review_id == review.pk
    Client().post(at(other, "-comment"), {"words": "Other."})
    mine = EditionComment.objects.get(review=other)
    for name in ("change", "withdraw"):
        there = reverse(f"products:review-link-comment-{name}", args=[token, mine.pk])
        assert Client().post(there, {"words": "Mine."}).status_code == 404
    assert "Other." not in Client().get(at(review, token=token)).content.decode()


def test_a_review_that_is_signed_in_an_anonymous_round_is_not_handed_in(review):
    type(review.round).objects.update(is_anonymous=True)
    page = Client().post(at(review, "-submit"), form_of(review, for_authors="Name them.\n\nBest,\nRae"))
    assert (page.status_code, Review.objects.get().status) == (422, "accepted")
    assert "the authors are not to know it" in page.content.decode()
