"""Two people move one product at the same moment, each on a connection of their own."""

from __future__ import annotations

import pytest

from correspondence.models import OutgoingMail
from foundation.workflow import TransitionRefused
from products.drafting import workflow as drafting
from products.models import Decision, Edition, Product
from products.road import workflow as road
from products.road.presses import PRESSES
from products.road.views import MOVED
from tests import make
from tests.products import making
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def read(edition):
    """As somebody else has read it, on a page of their own."""
    return Edition.objects.select_related("product__space").get(pk=edition.pk)


def kinds_of(results):
    return sorted(type(result).__name__ for result in results)


@pytest.mark.row("R29")
def test_of_two_editors_who_publish_at_once_one_does_and_the_other_hears_it():
    """Each presses the button on their own page: one is told that it is out, the other that somebody was quicker; one mail goes out."""
    edition = making.submitted(make.ambassador("Wilma Writer"), kind="resource")
    one, two = making.editor(), making.editor("Emil Editor")
    road.approve(edition, by=one, revision=edition.revision)

    pages = at_once(*(lambda by=by: making.press("publish", read(edition), by) for by in (one, two)))
    was_told = [[str(said) in page.content.decode() for said in (PRESSES["publish"].said, MOVED)] for page in pages]
    decision = Decision.objects.get(step="publish")
    assert was_told == ([[True, False], [False, True]] if decision.by == one else [[False, True], [True, False]])
    mails = OutgoingMail.objects.filter(kind="edition_decided", about__decision=decision.pk)
    assert [mail.person for mail in mails] == [edition.created_by]
    assert Product.objects.get().current_id == edition.pk


def test_what_is_taken_back_at_the_moment_of_a_decision_is_one_of_the_two_and_its_decider_decided_on_what_they_read():
    author = make.ambassador("Wilma Writer")
    edition = making.reviewed(making.submitted(author))

    def take_back_and_change():
        road.take_back(read(edition), by=author)
        drafting.save_edition(read(edition), by=author, revision=edition.revision, summary="Seven clubs tell.")

    results = at_once(take_back_and_change, lambda: road.present(read(edition), by=making.editor(), revision=edition.revision))
    assert kinds_of(results) == ["NoneType", "TransitionRefused"]
    now = read(edition)
    assert (now.status, now.summary) in {("draft", "Seven clubs tell."), ("community review", "Six clubs tell.")}


def test_an_edition_that_is_retired_while_the_next_is_published_leaves_the_next_as_the_one_that_is_shown():
    author, editor = make.ambassador("Wilma Writer"), making.editor()
    first = making.published(author, kind="resource")
    second = making.next_edition(first, author)
    road.submit(second, by=author, revision=2)
    road.approve(second, by=editor, revision=2)

    results = at_once(
        lambda: road.publish(read(second), by=editor, revision=2),
        lambda: road.retire(read(first), by=making.editor(), because="It has been overtaken."),
    )
    assert results == [None, None]
    assert (Product.objects.get().current_id, read(first).status, read(second).status) == (second.pk, "retired", "published")


def test_handed_in_twice_at_the_last_second_it_is_handed_in_once():
    author = make.ambassador("Wilma Writer")
    edition = making.draft(author)
    submit = lambda: road.submit(read(edition), by=author, revision=edition.revision)  # noqa: E731
    results = at_once(submit, submit)
    assert kinds_of(results) == ["NoneType", "TransitionRefused"]
    assert not any(isinstance(result, Exception) and not isinstance(result, TransitionRefused) for result in results)
