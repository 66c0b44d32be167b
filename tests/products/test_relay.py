"""Questions between a reviewer and the authors: asked and answered on the site and by mail, and no name with them."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, ReplyAddress
from foundation.desk import cards_for
from foundation.workflow import TransitionRefused
from products.models import Edition, RelayMessage, Review, ReviewRound
from products.reviewing.relay import workflow
from products.reviewing.relay.emails import asker_of
from tests import make
from tests.correspondence.letters import letter, parcel
from tests.products import making as products
from tests.products import secret_making as making

pytestmark = pytest.mark.django_db
QUESTION = "Are the six clubs all of one town?"


@pytest.fixture
def review():
    return making.a_blind_review(making.wilma(), making.rae())


def address_of(review, person):
    return f"{ReplyAddress.objects.of('relay', person, review).local_part}@mail.example.org"


def questions(edition):
    return reverse("products:question-list", args=[edition.product.slug, edition.number])


def all_of(message) -> str:
    return message.message().as_string()


def test_a_question_goes_there_by_the_site_and_back_by_mail_and_names_nobody(client, review, django_capture_on_commit_callbacks):
    rae, wilma, edition = review.reviewer, making.wilma(), review.round.edition
    client.force_login(rae)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("products:question-ask", args=[review.pk]), {"words": QUESTION})
    (asked,) = django_mail.outbox
    assert (asked.to, QUESTION in asked.body) == ([wilma.email], True)
    assert asked.message()["From"].startswith("Reviewer 1 via ")
    to = asked.message()["Reply-To"].partition("<")[2].rstrip(">")

    with django_capture_on_commit_callbacks(execute=True):
        assert receive(letter(wilma.email, to, "All of one town.\n\n> Are the six …"), to).outcome == "posted"
    answered = django_mail.outbox[1]
    assert (answered.to, answered.message()["From"].startswith("The authors via ")) == ([rae.email], True)
    assert "All of one town." in answered.body

    client.force_login(wilma)
    page = client.get(questions(edition)).content.decode()
    assert [QUESTION in page, "All of one town." in page, "Reviewer 1" in page] == [True, True, True]
    assert "Rae" not in all_of(asked) + page
    assert "rae-reviewer" not in (all_of(asked) + page).lower()
    client.force_login(rae)
    own = client.get(reverse("products:question-own-list", args=[review.pk])).content.decode()
    assert "Wilma" not in all_of(answered) + own


@pytest.mark.parametrize(
    ("words", "named"),
    [("Best,\nRae", "Rae Reviewer"), ("I am Rae Reviewer, by the way.", "Rae Reviewer"), ("Write to {address}", "{address}")],
)
def test_a_name_in_the_words_stops_them(client, review, words, named):
    client.force_login(review.reviewer)
    address = review.reviewer.email
    response = client.post(reverse("products:question-ask", args=[review.pk]), {"words": words.format(address=address)})
    assert response.status_code == 422
    assert f"The other side is not to read this name: {named.format(address=address)}. Say" in response.content.decode()
    assert RelayMessage.objects.count() == 0


def test_a_mail_that_is_signed_comes_back_with_the_reason(review):
    to = address_of(review, review.reviewer)
    mail = receive(letter(review.reviewer.email, to, "Are they of one town?\n\nBest,\nRae"), to)
    assert (mail.outcome, mail.why) == (
        "refused",
        "The other side is not to read this name: Rae Reviewer. Say it without.",
    )


def test_a_question_by_mail_lies_on_the_authors_desk_until_it_is_answered(review):
    to, wilma = address_of(review, review.reviewer), making.wilma()
    assert receive(parcel(review.reviewer.email, to, QUESTION, (b"clubs", "clubs.txt")), to).outcome == "posted"

    (card,) = [card for card in cards_for(wilma) if card.title == "A reviewer asks you something"]
    assert card.url == questions(review.round.edition)
    assert [card for card in cards_for(review.reviewer) if "asks you" in card.title] == []
    workflow.pass_on(review, by=wilma, words="All of one town.")
    assert [card for card in cards_for(wilma) if "asks you" in card.title] == []


def test_authors_do_not_ask_before_they_are_asked_or_have_read_the_review(review):
    wilma = making.wilma()
    with pytest.raises(PermissionDenied):
        workflow.pass_on(review, by=wilma, words="Do you like it?")
    workflow.pass_on(review, by=review.reviewer, words=QUESTION)
    assert workflow.pass_on(review, by=wilma, words="All of one town.").from_reviewer is False


def test_nobody_but_the_two_sides_asks_and_editors_read_along(client, review):
    workflow.pass_on(review, by=review.reviewer, words=QUESTION)
    for person in (products.editor(), make.ambassador("Sam Stranger")):
        with pytest.raises(PermissionDenied):
            workflow.pass_on(review, by=person, words="Mine.")
    client.force_login(products.editor())
    page = client.get(questions(review.round.edition)).content.decode()
    assert ["Rae Reviewer" in page, QUESTION in page, "<textarea" in page] == [True, True, False]


def test_nothing_is_passed_on_once_it_is_out_or_the_review_is_over(review):
    Review.objects.update(status="withdrawn")
    with pytest.raises(TransitionRefused):
        workflow.pass_on(review, by=review.reviewer, words=QUESTION)
    Review.objects.update(status="accepted")
    Edition.objects.update(status="published", published_at="2026-11-01T00:00Z")
    with pytest.raises(TransitionRefused):
        workflow.pass_on(review, by=review.reviewer, words=QUESTION)
    to = address_of(review, review.reviewer)
    assert receive(letter(review.reviewer.email, to, QUESTION), to).reason == InboundMail.Reason.NOT_OPEN


def test_ten_questions_are_enough_for_one_day(review):
    for number in range(10):
        workflow.pass_on(review, by=review.reviewer, words=f"And number {number}?")
    with pytest.raises(ValidationError):
        workflow.pass_on(review, by=review.reviewer, words="And one more?")


def test_an_open_round_asks_by_the_name_that_the_reviewer_chose(review):
    ReviewRound.objects.update(is_anonymous=False, hides_authors=False, closed_at="2026-11-01T00:00Z")
    Review.objects.update(status="submitted", verdict="minor", submitted_at="2026-11-01T00:00Z", openness="authors")
    fresh = Review.objects.select_related("reviewer", "round__edition__product__space").get()
    message = workflow.pass_on(fresh, by=fresh.reviewer, words=f"{QUESTION}\n\nBest,\nRae")
    assert asker_of(message, making.wilma()) == "Rae Reviewer"


def test_the_page_costs_the_same_for_one_review_and_for_three(client, django_assert_num_queries):
    held = making.a_round(products.submitted(making.wilma()), making.rae(), is_anonymous=True)
    client.force_login(making.wilma())

    def ask(review):
        workflow.pass_on(review, by=review.reviewer, words=QUESTION)

    ask(held.reviews.get())
    client.get(questions(held.edition))
    with django_assert_num_queries(11):
        client.get(questions(held.edition))
    for name in ("Rob Reader", "Ria Reader"):
        Review.objects.create(round=held, reviewer=make.ambassador(name), due_on=making.FUTURE, status="accepted")
    for review in held.reviews.all()[1:]:
        ask(review)
    with django_assert_num_queries(11):
        client.get(questions(held.edition))
