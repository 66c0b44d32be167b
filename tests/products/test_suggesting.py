"""Whom an editor could ask for a review, and the page on which they are asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import EngagementOffer, EngagementOption
from discussions.models import Block
from foundation.models import Topic
from products.models import Review, ReviewRound
from products.reviewing import workflow
from products.reviewing.suggesting import Candidate, Wanted, suggest
from tests import make
from tests.products import making

WANTED = Wanted({1: "School gardens", 2: "Volunteers", 3: "Boards", 4: "Harbours"}, {7: "Funder"})


def told(*candidates, most=8):
    return [(one.name, list(one.reasons), list(one.against)) for one in suggest(WANTED, candidates, asks_a_month=2, most=most)]


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        ({"topics": frozenset({2})}, ["knows about Volunteers"]),
        ({"topics": frozenset({1, 2, 3, 4})}, ["knows about School gardens, Volunteers, Boards"]),
        ({"offers": True, "asked": 1}, ["offers to review", "asked for something once this month"]),
        ({"labels": frozenset({7})}, ["belongs to its audience: Funder"]),
        ({"reviewed_before": True}, ["reviewed it before"]),
    ],
)
def test_each_suggestion_says_why(known, reasons):
    assert told(Candidate(1, "Ann", **known)) == [("Ann", reasons, [])]


@pytest.mark.parametrize("known", [{}, {"topics": frozenset({9})}, {"offers": True, "asked": 2}])
def test_who_fits_in_nothing_or_was_asked_enough_is_not_suggested(known):
    assert told(Candidate(1, "Ann", **known)) == []


def test_the_best_fit_comes_first_those_asked_less_before_others_and_conflicts_last():
    people = [
        Candidate(1, "Ann", topics=frozenset({1}), asked=1),
        Candidate(2, "Ben", topics=frozenset({1})),
        Candidate(3, "Cas", topics=frozenset({1, 2}), is_colleague=True, is_co_author=True),
        Candidate(4, "Dot", offers=True, topics=frozenset({1})),
        Candidate(5, "Eve", reviewed_before=True, topics=frozenset({1})),
    ]

    assert [name for name, _why, _against in told(*people)] == ["Eve", "Dot", "Ben", "Ann", "Cas"]
    assert told(*people)[-1][2] == ["works at the same organisation as an author", "wrote something with an author of late"]
    assert len(told(*people, most=2)) == 2


@pytest.fixture
def edition(db):
    found = making.submitted(make.ambassador("Wilma Writer", topics=["Volunteers"], organization="Harbour School"))
    found.product.topics.set(Topic.objects.filter(name="Volunteers"))
    return found


def page_of(edition):
    return reverse("products:round-detail", args=[edition.product.slug, edition.number])


def suggested(client, edition):
    return [(one.name, one.against) for one in client.get(page_of(edition)).context["suggestions"]]


def test_the_page_suggests_who_knows_and_leaves_out_who_writes_is_away_or_kept_apart(client, edition):
    make.ambassador("Ann Able", topics=["Volunteers"])
    make.ambassador("Awa Away", topics=["Volunteers"], away_until="2099-01-01")
    make.ambassador("Cora Colleague", topics=["Volunteers"], organization="Harbour School")
    make.ambassador("Nemo Nothing", topics=["Boats"])
    apart = make.ambassador("Bo Blocked", topics=["Volunteers"])
    Block.objects.create(person=edition.product.started_by, blocked=apart)
    offering = make.ambassador("Olga Offers")
    option = EngagementOption.objects.get_or_create(slug="review", defaults={"name": "Review", "text": "Read with a pencil."})[0]
    EngagementOffer.objects.create(ambassador=offering.ambassador, option=option, audience="members")
    making.round_of(edition)
    client.force_login(making.editor())

    assert suggested(client, edition) == [
        ("Olga Offers", ()),
        ("Ann Able", ()),
        ("Cora Colleague", ("works at the same organisation as an author",)),
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_however_many_are_suggested_and_asked(client, edition, people, django_assert_num_queries):
    for number in range(people):
        make.ambassador(f"Ann Able {number}", topics=["Volunteers"])
        making.finish(making.asked(edition, making.reviewer(number)))
    client.force_login(making.editor())
    client.get(page_of(edition))

    with django_assert_num_queries(27):
        client.get(page_of(edition))


def test_an_editor_opens_a_round_asks_whom_the_page_suggests_and_somebody_else_instead(client, edition):
    make.ambassador("Ann Able", topics=["Volunteers"])
    make.ambassador("Ben Beside")
    client.force_login(making.editor())
    form = client.get(page_of(edition)).context["round_form"]
    opening = {name: form[name].value() for name in form.fields if form[name].value() is not None} | {"hides": "both"}
    fewer = client.post(page_of(edition) + "open/", opening | {"reviews_needed": 1})
    assert list(fewer.context["round_form"].errors) == ["needs_fewer_because"]
    client.post(page_of(edition) + "open/", opening)

    asking = client.get(page_of(edition), {"person": "ann-able"}).context["invite_form"]
    said = {name: asking[name].value() or "" for name in asking.fields}
    client.post(page_of(edition) + "invite/", said | {"note": "You ran a club for ten years."})

    review = Review.objects.get()
    assert (str(review.reviewer), review.reasons, review.note) == (
        "Ann Able",
        ["knows about Volunteers"],
        "You ran a club for ten years.",
    )
    assert (review.round.is_anonymous, review.round.hides_authors, review.round.reviews_needed) == (True, True, 2)
    workflow.decline(review, by=review.reviewer)
    ReviewRound.objects.update(due_on=timezone.localdate())
    late = client.get(page_of(edition), {"person": "ben-beside"}).context["invite_form"]
    assert late["due_on"].value() == timezone.localdate() + timedelta(days=7)
    client.post(page_of(edition) + "invite/", {"person": "Ben Beside", "instead": review.pk})
    assert list(Review.objects.order_by("pk").values_list("reviewer__name", "status")) == [
        ("Ann Able", "declined"),
        ("Ben Beside", "invited"),
    ]
