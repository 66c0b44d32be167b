from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse

from community.models import Almanac, Quotation
from community.stories.tasks import turn_pages
from community.stories.workflow.almanac import turn_day
from foundation.publication import VERSION
from tests.community import making
from tests.races import at_once

LAST_MINUTE = datetime(2026, 5, 9, 23, 59, 30, tzinfo=UTC)
SHOWN = Template('{% load stories %}{% quotation_for "about" %}')


@pytest.mark.row("A14")
def test_an_expired_quotation_is_not_rendered(client, db, django_capture_on_commit_callbacks):
    making.quotation("Measure what matters to them.", page="about", shown_until=LAST_MINUTE.date())
    url = reverse("community:about")

    with time_machine.travel(LAST_MINUTE, tick=False), django_capture_on_commit_callbacks(execute=True):
        turn_pages()
        assert "Measure what matters to them." in client.get(url).content.decode()
    version = cache.get(VERSION)
    with time_machine.travel(LAST_MINUTE + timedelta(seconds=40), tick=False), django_capture_on_commit_callbacks(execute=True):
        turn_pages()
    with time_machine.travel(LAST_MINUTE + timedelta(seconds=40), tick=False):
        assert "Measure what matters to them." not in client.get(url).content.decode()
    assert cache.get(VERSION) != version  # what the cache holds of the day before is an old page


def test_quotations_of_a_page_take_turns_by_the_day(db):
    for number in range(3):
        making.quotation(f"Words {number}", page="about", position=number)
    making.quotation("Elsewhere", page="home")

    shown = [Quotation.objects.of_the_day("about", date(2026, 5, 9) + timedelta(days=day)).text for day in range(6)]

    assert sorted(shown[:3]) == ["Words 0", "Words 1", "Words 2"]
    assert shown[:3] == shown[3:]


@pytest.mark.parametrize(
    ("first", "last", "is_shown"),
    [(None, None, True), (-1, 1, True), (0, 0, True), (1, None, False), (None, -1, False), (-5, -1, False), (1, 5, False)],
)
def test_a_quotation_is_shown_on_its_days(db, first, last, is_shown):
    today = date(2026, 5, 9)
    days = [None if offset is None else today + timedelta(days=offset) for offset in (first, last)]
    making.quotation(page="about", shown_from=days[0], shown_until=days[1])

    assert Quotation.objects.in_force(today).exists() is is_shown


def test_a_quotation_stands_in_a_figure_with_who_said_it_and_where(db):
    making.quotation("A < B & C", "Ada Example", source="A Book, 1901", page="about")

    text = SHOWN.render(Context())

    assert '<blockquote class="quotation__words"><p>A &lt; B &amp; C</p></blockquote>' in text
    assert (
        '<figcaption class="quotation__author">Ada Example, <cite class="quotation__source">A Book, 1901</cite></figcaption>'
        in text
    )


def test_a_page_without_quotations_shows_nothing_of_them(db):
    assert SHOWN.render(Context()).strip() == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_a_quotation_costs_one_query(db, rows, django_assert_num_queries):
    for number in range(rows):
        making.quotation(f"Words {number}", page="about")

    with django_assert_num_queries(1):
        SHOWN.render(Context())


def test_a_day_that_ends_before_it_begins_is_refused(db):
    backwards = Quotation(text="No.", author="Nobody", shown_from=date(2026, 5, 9), shown_until=date(2026, 5, 8))

    with pytest.raises(ValidationError) as refused:
        backwards.full_clean()

    assert refused.value.messages == ["The last day lies before the first."]


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_turn_the_day_once():
    Almanac.objects.create(pk=1, day=date(2026, 5, 8))

    assert sorted(at_once(lambda: turn_day(date(2026, 5, 9)), lambda: turn_day(date(2026, 5, 9)))) == [False, True]
