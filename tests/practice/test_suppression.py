"""Whoever runs an anonymous round and wants to know who said what: nothing that is shown rests on fewer than four people."""

from __future__ import annotations

import re
import threading
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import practice
from foundation.workflow import TransitionRefused
from practice.answering import saving
from practice.answering.forms import Given
from practice.answering.link import url_of
from practice.models import Answer, LearningSession, Respondent, Sheet, Weight
from practice.sessions import workflow as sessions
from tests import make
from tests.practice import practising
from tests.races import at_once

pytestmark = pytest.mark.django_db

# Where answers are read without the threshold, and why: each row here was looked at.
OWN = {
    "answering/link.py": "whoever holds the link, their own",
    "answering/saving.py": "likewise",
    "sessions/workflow.py": "how many have begun a module, without what they say",
    "querysets/answers.py": "the threshold itself",
}


@pytest.fixture
def ada():
    return make.person("Ada Admin")


def results(by, held, module="lending"):
    browser = Client()
    browser.force_login(by)
    return browser.get(reverse("practice:module-results", args=[held.pk, module]))


def cells(page, text="The list of who borrowed"):
    """What the table says of a proof point, cell by cell."""
    table = BeautifulSoup(page.content, "html.parser").find("table")
    row = next(row for row in table.find_all("tr") if row.th and text in row.get_text())
    return [cell.get_text(" ", strip=True) for cell in row.find_all("td")]


def round_of(ada, said, **more):
    held = practising.session(ada, people=max(len(said), 4), **more)
    practising.answered(held, {"list-is-open": said})
    return practising.closed(held, ada)


def test_three_answers_show_nothing_and_four_show_how_they_spread(ada):
    three, four = round_of(ada, [1, 2, 4]), round_of(ada, [1, 2, 4, 4], name="Quay Choir")

    assert len(cells(results(ada, three))) == 1
    assert cells(results(ada, four))[:4] == ["1", "1", "0", "2"]


def test_three_places_beside_many_who_do_not_know_stay_hidden(ada):
    held = round_of(ada, [1, 2, 4, "don't know", "don't know"])

    assert list(Answer.objects.shown(held).exclude(value=None)) == []
    assert set(cells(results(ada, held))[:4]) == {"0"}


def test_three_who_do_not_know_and_three_who_weigh_a_principle_are_not_shown_either(ada):
    held = practising.session(ada, people=5)
    practising.answered(held, {"list-is-open": ["don't know"] * 3}, weights={"lend-fairly": [1, 2, 3]})
    practising.answered(held, {"boats-are-checked": [2] * 4}, weights={"lend-safely": [3] * 4})
    practising.closed(held, ada)

    assert set(Answer.objects.shown(held).values_list("item__key", flat=True)) == {"boats-are-checked"}
    assert set(Weight.objects.shown(held).values_list("item__key", flat=True)) == {"lend-safely"}


def test_a_note_alone_is_no_answer_and_makes_no_fourth(ada):
    held = practising.session(ada, people=5)
    alone = (None, "They keep it in a drawer.")
    practising.answered(held, {"list-is-open": [1, 2, 4, alone], "boats-are-checked": [1, 2, 4, 4, alone]})
    practising.closed(held, ada)

    assert list(Answer.objects.shown(held).values_list("item__key", "value").order_by("value")) == [
        ("boats-are-checked", 1),
        ("boats-are-checked", 2),
        ("boats-are-checked", 4),
        ("boats-are-checked", 4),
    ]
    assert "in a drawer" not in results(ada, held).text


def test_one_module_is_shown_without_the_others(ada):
    held = practising.session(ada, people=4)
    practising.answered(held, {"list-is-open": [1] * 4, "asked-last-year": [2] * 4})
    practising.closed(held, ada)

    assert set(Answer.objects.shown(held, ["listening"]).values_list("item__key", flat=True)) == {"asked-last-year"}
    assert not Answer.objects.shown(held, []).exists()


@pytest.mark.row("R22")
@pytest.mark.parametrize(
    "query", ["", "?minimum=1", "?module=lending", "?since=1", "?group=board", "?status=closed", "?format=csv"]
)
def test_before_it_is_closed_no_address_shows_a_figure(ada, query):
    held = practising.session(ada, people=5)
    practising.answered(held, {"list-is-open": [1, 2, 3, 4, 4]})
    browser = Client()
    browser.force_login(ada)

    for name, more in (("session-results", []), ("module-results", ["lending"])):
        answer = browser.get(reverse(f"practice:{name}", args=[held.pk, *more]) + query)
        assert (answer.status_code, answer.content) == (302, b"")
    assert not Answer.objects.shown(held).exists()
    assert not Answer.objects.shown_by_group(held).exists()
    assert not Weight.objects.shown(held).exists()


def test_beside_the_list_of_who_has_begun_no_number_tells_what_they_answered(ada):
    """Somebody looks after each first answer: what the page says of a module moves once, as four have begun it, and never before."""
    held = practising.session(ada, people=5)
    browser = Client()
    browser.force_login(ada)

    def asked():
        page = BeautifulSoup(browser.get(reverse("practice:session-detail", args=[held.pk])).content, "html.parser")
        return page.find(id="modules").parent.get_text(" ", strip=True)

    looks = [asked()]
    for respondent in held.respondents.all():
        practising.answer(respondent, {"list-is-open": 1})
        looks.append(asked())

    assert len(set(looks[:4])) == 1
    assert len(set(looks[4:])) == 1
    assert looks[4] == looks[0].replace("fewer than 4 people", "4 people or more", 1)


@pytest.mark.row("R22")
def test_the_statement_itself_leaves_out_what_too_few_have_said(ada):
    """The rows are never fetched: no page, file or fault can show what the database did not hand over."""
    held = round_of(ada, [1, 2, 4])

    with CaptureQueriesContext(connection) as asked:
        assert list(Answer.objects.shown(held)) == []

    assert re.search(r"HAVING COUNT\(.*\) >= 4", asked[0]["sql"])


def test_after_it_is_closed_nobody_changes_a_figure(ada):
    """Otherwise whoever declines late takes their answer out between two looks, and the difference is theirs."""
    held = round_of(ada, [1, 2, 3, 4, 4])
    before = cells(results(ada, held))
    late = Respondent.objects.filter(session=held).first()
    lending = practising.item(held.instrument_edition, "lend-fairly")

    for act in (
        lambda: saving.decline(late),
        lambda: saving.finish(late),
        lambda: saving.save_principle(late, lending, answers={"list-is-open": Given(1)}, weight=1),
        lambda: sessions.withdraw_respondent(late, by=ada),
        lambda: sessions.name_respondents(held, practising.named(1, start=9), by=ada),
    ):
        with pytest.raises(TransitionRefused):
            act()
    assert Client().post(url_of(late).removeprefix("http://localhost") + "decline/").status_code == 410

    assert cells(results(ada, held)) == before


@given(
    st.lists(
        st.tuples(st.sampled_from(["board", "staff", ""]), st.sampled_from([None, "don't know", 1, 2, 4])), min_size=0, max_size=14
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_group_and_no_rest_of_a_group_is_shown_below_four(ada_and_edition, people):
    """By whole, by group, and by what is missing from the whole when groups are taken off it."""
    with transaction.atomic():
        held, item = ada_and_edition
        for place, (group, said) in enumerate(people):
            sheet = Sheet.objects.create(session=held, key=f"{held.pk}-{place}", group=group)
            if said is not None:
                value, instead = (said, "") if isinstance(said, int) else (None, said)
                Answer.objects.create(sheet=sheet, item=item, value=value, instead=instead)
        whole = Answer.objects.shown(held).exclude(value=None).count()
        by_group = Counter(Answer.objects.shown_by_group(held).values_list("sheet__group", flat=True))
        placed = Counter(group for group, said in people if isinstance(said, int))
        transaction.set_rollback(True)

    assert whole in {0, placed.total()}
    assert whole not in {1, 2, 3}
    assert all(count >= 4 for count in by_group.values())
    assert by_group in (Counter(), placed), "either each group is shown, or none: what is missing would be the rest"


@pytest.fixture
def ada_and_edition(ada):
    held = practising.session(ada, people=4)
    LearningSession.objects.filter(pk=held.pk).update(status="closed")
    held.refresh_from_db()
    return held, practising.item(held.instrument_edition, "list-is-open")


def test_answers_are_read_without_the_threshold_where_this_list_says_so_alone():
    root = Path(practice.__file__).parent
    bare = re.compile(r"\b(?:Answer|Weight|Sheet)\.objects\.(?!shown\b|shown_by_group\b|visible_to\b|create\b|bulk_create\b)")
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if bare.search(path.read_text())}

    assert {name for name in found if "questions/" not in name} <= set(OWN)


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_an_answer_that_is_being_kept(ada):
    """Or it would come in after the results were read, and the difference would be one person's."""
    held = practising.session(ada, people=4)
    first = Respondent.objects.filter(session=held).first()
    fairly = practising.item(held.instrument_edition, "lend-fairly")
    is_kept, may_end = threading.Event(), threading.Event()

    def keep():
        with transaction.atomic():
            saving.save_principle(first, fairly, answers={"list-is-open": Given(2)}, weight=None)
            is_kept.set()
            may_end.wait(1)
        return Answer.objects.count()

    def close():
        is_kept.wait(10)
        sessions.close_session(held, by=ada)
        return (may_end.is_set(), Answer.objects.count())

    def release():
        is_kept.wait(10)
        threading.Event().wait(0.5)
        may_end.set()

    assert at_once(keep, close, release) == [1, (True, 1), None]
