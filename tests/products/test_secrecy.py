"""Who may know whom in a round of review: the rule, and how everybody is called by it."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from products.models import Edition, EditorDuty, Review, ReviewRound
from products.reviewing import secrecy
from products.reviewing.secrecy import Naming, Reader, Standing
from tests import make
from tests.discussions import making as spaces
from tests.products import making

EDITOR, AUTHOR, REVIEWER, VISITOR = (Reader(standing, 99) for standing in Standing)
STATES = ("in review", "in revision", "community review", "published")


@pytest.mark.parametrize(
    ("reader", "hides", "known_in"),
    [
        (EDITOR, True, STATES),
        (AUTHOR, True, STATES),
        (REVIEWER, True, ("community review", "published")),
        (REVIEWER, False, STATES),
        (VISITOR, True, ("community review", "published")),
        (VISITOR, False, ("community review", "published")),
    ],
)
def test_who_knows_the_authors(reader, hides, known_in):
    rounds = {state: ReviewRound(edition=Edition(status=state), hides_authors=hides, is_anonymous=hides) for state in STATES}
    assert tuple(state for state, held in rounds.items() if secrecy.knows_authors(reader, held)) == known_in


OPENNESS = ("editors", "authors", "public")


@pytest.mark.parametrize(
    ("reader", "anonymous", "closed", "state", "knows"),
    [
        (EDITOR, True, False, "in review", OPENNESS),
        (AUTHOR, False, False, "in review", ()),
        (AUTHOR, False, True, "in review", ("authors", "public")),
        (AUTHOR, True, True, "published", ()),
        (REVIEWER, False, False, "in review", ("public",)),
        (REVIEWER, True, True, "in review", ()),
        (VISITOR, False, True, "in review", ()),
        (VISITOR, False, True, "published", ("public",)),
        (VISITOR, True, True, "published", ()),
    ],
)
def test_who_knows_the_reviewer_of_a_review_that_is_in(reader, anonymous, closed, state, knows):
    held = ReviewRound(edition=Edition(status=state), is_anonymous=anonymous, closed_at=timezone.now() if closed else None)
    reviews = {one: Review(round=held, reviewer_id=7, status="submitted", openness=one) for one in OPENNESS}

    assert tuple(one for one, review in reviews.items() if secrecy.knows_reviewer(reader, review, held)) == knows
    assert secrecy.knows_reviewer(Reader(reader.standing, 7), reviews["editors"], held), "oneself one knows"


def test_nobody_but_editors_learns_who_was_asked_and_gave_nothing():
    held = ReviewRound(edition=Edition(status="in review"), closed_at=timezone.now())
    asked = Review(round=held, reviewer_id=7, status="declined", openness="public")
    knows = [secrecy.knows_reviewer(reader, asked, held) for reader in (EDITOR, AUTHOR, REVIEWER, VISITOR)]
    assert knows == [True, False, False, False]


def a_round(edition, *reviewers, **fields):
    common = {"edition": edition, "number": 1, "revision": edition.revision, "due_on": date(2099, 1, 1), "reviews_needed": 2}
    held = ReviewRound.objects.create(**common, **fields)
    for person in reviewers:
        Review.objects.create(round=held, reviewer=person, due_on=held.due_on, status="accepted")
    return held


@pytest.mark.django_db
def test_each_reads_of_a_blind_round_the_names_that_are_theirs_to_know():
    writer, rae, rob = make.ambassador("Wilma Writer"), make.ambassador("Rae Reviewer"), make.ambassador("Rob Reader")
    edition = making.submitted(writer)
    held = a_round(edition, rae, rob, is_anonymous=True, hides_authors=True)
    first, second = Review.objects.order_by("pk")

    def told(reader):
        naming = Naming(held, reader)
        people = [naming.reviewer(first), naming.reviewer(second), naming.authors, *map(naming.person, (writer, rae, None))]
        return [str(one) for one in people]

    gone = "a former member"
    assert told(Reader(Standing.EDITOR, 0)) == ["Rae Reviewer", "Rob Reader", "Wilma Writer", "Wilma Writer", "Rae Reviewer", gone]
    assert told(Reader(Standing.AUTHOR, writer.pk)) == ["Reviewer 1", "Reviewer 2", "Wilma Writer", "You", "Reviewer 1", gone]
    assert told(secrecy.reviewer(second)) == ["Reviewer 1", "You", "the authors", "the authors", "Reviewer 1", gone]
    assert told(secrecy.VISITOR) == ["Reviewer 1", "Reviewer 2", "the authors", "the authors", "Reviewer 1", gone]


@pytest.mark.django_db
def test_whoever_writes_is_an_author_whatever_else_they_are():
    leader, editor = make.ambassador("Lea Leader"), making.editor()
    space = spaces.micro(leader)
    edition = making.submitted(leader, space=space)
    rae = make.ambassador("Rae Reviewer")
    a_round(edition, rae)
    adviser = spaces.join(space, make.ambassador("Ada Adviser"), "advisor")
    EditorDuty.objects.create(person=leader)

    people = {"leader": leader, "editor": editor, "reviewer": rae, "adviser": adviser, "stranger": make.ambassador("Sam")}
    stand = {who: secrecy.reader_of(person, edition).standing.value for who, person in people.items()}
    assert stand == {
        "leader": "author",
        "editor": "editor",
        "reviewer": "reviewer",
        "adviser": "author",
        "stranger": "visitor",
    }
    assert secrecy.reader_of(AnonymousUser(), edition).standing is Standing.VISITOR


@pytest.mark.django_db
def test_whoever_writes_to_the_other_side_is_told_of_the_names_in_it():
    writer, rae = make.ambassador("Wilma Writer"), make.ambassador("Rae Reviewer")
    held = a_round(making.submitted(writer), rae, is_anonymous=True, hides_authors=True)
    reviewer = secrecy.reviewer(Review.objects.get())

    words = f"Wilma Writer ({writer.email}) asks.\n\nThanks,\nRae"
    assert secrecy.slips(words, reviewer, held) == ["Wilma Writer", writer.email]
    assert secrecy.slips(words, Reader(Standing.AUTHOR, writer.pk), held) == ["Rae Reviewer"]
    assert secrecy.slips(words, Reader(Standing.EDITOR, 0), held) == []


@pytest.mark.django_db
def test_an_editor_is_told_what_speaks_against_the_secrecy_of_a_round():
    edition = making.submitted(make.ambassador("Wilma Writer"))
    edition.is_nameless = True
    open_round, blind = ReviewRound(edition=edition), ReviewRound(edition=edition, is_anonymous=True, hides_authors=True)

    assert [len(secrecy.doubts_about(held, asked=asked)) for held, asked in ((open_round, 1), (blind, 2), (blind, 3))] == [0, 1, 0]
    edition.product.announced_at = timezone.now()
    assert secrecy.doubts_about(blind, asked=3) == ["It has been announced: reviewers may know from there who writes it."]
    a_round(edition)
    edition.product.announced_at, edition.is_nameless = None, False
    assert secrecy.doubts_about(blind, asked=3) == [
        "An earlier round was open: whoever reviewed in it knows who wrote it. Ask other people.",
        "Its authors have not said that they looked for names in it.",
    ]
