"""Many who answer in the same moment, and what happens beside them: nothing is lost, and nobody who is asked no more leaves a sheet."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client

from foundation.workflow import TransitionRefused
from practice.answering import saving
from practice.answering.forms import Given
from practice.answering.link import sheet_key, url_of
from practice.models import Answer, Respondent, Sheet, Tally, Weight
from practice.sessions import workflow as sessions
from tests import make
from tests.practice import practising
from tests.races import at_once, until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, WORKERS, BEFORE_THE_END = 200, 16, 60


@pytest.fixture
def ada():
    return make.person("Ada Berg")


def keep(respondent, value=3):
    fairly = practising.item(respondent.session.instrument_edition, "lend-fairly")
    saving.save_principle(respondent, fairly, answers={"list-is-open": Given(value)}, weight=None)


def first_and_then(first, then):
    """Do `then` while `first` is done and not yet kept; return what each of them returned or raised."""
    is_done = threading.Event()

    def begin():
        with transaction.atomic():
            first()
            is_done.set()
            until_somebody_waits()

    def follow():
        is_done.wait(10)
        then()

    return at_once(begin, follow)


@pytest.mark.parametrize("openness", ["open", "anonymous"])
@pytest.mark.parametrize("leaving", ["withdrawn", "declined"])
def test_whoever_leaves_in_the_moment_of_their_first_answer_leaves_no_sheet(ada, openness, leaving):
    held = practising.session(ada, openness=openness, people=4)
    bo = held.respondents.first()
    leave = {"withdrawn": lambda: sessions.withdraw_respondent(bo, by=ada), "declined": lambda: saving.decline(bo)}[leaving]

    _left, kept = first_and_then(leave, lambda: keep(Respondent.objects.get(pk=bo.pk)))

    bo.refresh_from_db()
    assert (bo.status, Sheet.objects.count(), type(kept)) == (leaving, 0, TransitionRefused)


def test_whoever_is_withdrawn_from_an_open_round_while_they_answer_leaves_no_sheet_and_is_not_replaced(ada):
    held = practising.session(ada, openness="open", people=4)
    bo, cleo = held.respondents.all()[:2]
    other = practising.named(1, start=9)[0]

    _kept, replaced = first_and_then(lambda: keep(bo), lambda: sessions.replace_respondent(bo, other, by=ada))
    assert (type(replaced), Respondent.objects.filter(address=other.address).count()) == (TransitionRefused, 0)
    first_and_then(lambda: keep(cleo), lambda: sessions.withdraw_respondent(cleo, by=ada))

    assert list(Sheet.objects.values_list("respondent", flat=True)) == [bo.pk]


def test_two_hundred_who_answer_at_once_lose_nothing_and_are_counted_or_told_when_it_closes_meanwhile(ada):
    held = practising.session(ada, people=4)
    people = practising.crowd(held, PEOPLE)
    mine = {one.pk: 1 + number % 4 for number, one in enumerate(people)}

    twice = [
        post(one, "lend-safely/autosave/", {"a-vests-for-all": mine[one.pk]}) for one in people for _twice in range(1 + one.pk % 2)
    ]
    once = [
        post(one, "lend-fairly/save/", {"a-list-is-open": mine[one.pk], "a-rule-is-written": "dk", "weight": 1 + mine[one.pk] % 3})
        for one in people
    ]
    kept = pressed(twice + once)  # so that two tabs begin one sheet

    assert Counter(answer.status_code for answer in kept) == {204: PEOPLE * 3 // 2, 302: PEOPLE}
    assert (Sheet.objects.count(), Answer.objects.count(), Weight.objects.count()) == (PEOPLE, PEOPLE * 3, PEOPLE)
    whose = {sheet_key(one): mine[one.pk] for one in people}
    for key, value in Answer.objects.filter(item__key__in=["list-is-open", "vests-for-all"]).values_list("sheet__key", "value"):
        assert value == whose[key]
    assert set(Respondent.objects.filter(pk__in=mine).values_list("status", flat=True)) == {"begun"}

    answered, is_time, is_closed = iter(range(PEOPLE)), threading.Event(), threading.Event()
    too_late = {one.pk for one in people[-WORKERS:]}  # the others may all come before: closing waits for whoever is under way

    def last(one):
        if one.pk in too_late:
            is_closed.wait(30)
        send = post(one, "ask-borrowers/save/", {"a-asked-last-year": mine[one.pk], "n-asked-last-year": f"Guest {one.pk} said so"})
        answer = send()
        if next(answered) == BEFORE_THE_END:
            is_time.set()
        return one, answer

    def close():
        is_time.wait(30)
        sessions.close_session(held, by=ada)
        is_closed.set()

    closing = threading.Thread(target=with_a_connection(close))
    closing.start()
    told = pressed([lambda one=one: last(one) for one in people])
    closing.join(30)

    in_time = [one for one, answer in told if answer.status_code == 302]
    late = [(one, answer) for one, answer in told if answer.status_code != 302]
    assert {one.pk for one, _answer in late} >= too_late
    for one, answer in late:
        assert (answer.status_code, "The questions are closed" in answer.text) == (410, True)
        assert f"Guest {one.pk} said so" in answer.text
    tally = Tally.objects.get(session=held).answers
    assert tally["asked-last-year"] == {str(value): count for value, count in Counter(mine[one.pk] for one in in_time).items()}
    assert sum(tally["list-is-open"].values()) == PEOPLE


def post(respondent, page, said):
    """Somebody who sends a principle from their own phone."""
    return lambda: Client().post(url_of(respondent).removeprefix("http://localhost") + page, said)


def pressed(acts):
    """Do them on as many connections as there are workers, and return what came of each, in their order."""

    def work(act):
        return act()

    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            return list(pool.map(work, acts))
        finally:
            barrier = threading.Barrier(WORKERS)
            for left in [pool.submit(lambda: (barrier.wait(10), connection.close())) for _worker in range(WORKERS)]:
                left.result()


def with_a_connection(act):
    def work():
        try:
            act()
        finally:
            connection.close()

    return work
