"""When a digest comes: local hours of a place, on the days when its clocks change and in every zone there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from correspondence.digests.moments import next_moment
from correspondence.models import DigestChoice

BERLIN = ZoneInfo("Europe/Berlin")


def moments(choice: DigestChoice, zone: ZoneInfo, after: datetime, number: int) -> list[str]:
    """The next ones as the clock on the wall shows them, with its distance from UTC."""
    shown = []
    for _turn in range(number):
        after = next_moment(choice, zone, after=after, not_on=shown[-1].date() if shown else None)
        shown.append(after.astimezone(zone))
    return [f"{one:%a %d %b %H:%M %z}" for one in shown]


def test_a_week_in_which_the_clocks_jump_ahead_is_no_hour_off():
    weekly = DigestChoice(frequency="weekly", weekday=7, hour=8)

    assert moments(weekly, BERLIN, datetime(2027, 3, 15, tzinfo=UTC), 3) == [
        "Sun 21 Mar 08:00 +0100", "Sun 28 Mar 08:00 +0200", "Sun 04 Apr 08:00 +0200",
    ]  # fmt: skip


def test_a_week_in_which_the_clocks_fall_back_is_no_hour_off():
    weekly = DigestChoice(frequency="weekly", weekday=7, hour=8)

    assert moments(weekly, BERLIN, datetime(2026, 10, 19, tzinfo=UTC), 3) == [
        "Sun 25 Oct 08:00 +0100", "Sun 01 Nov 08:00 +0100", "Sun 08 Nov 08:00 +0100",
    ]  # fmt: skip


def test_an_hour_that_is_skipped_is_the_moment_of_the_jump():
    daily = DigestChoice(frequency="daily", hour=2)

    assert moments(daily, BERLIN, datetime(2027, 3, 27, 12, tzinfo=UTC), 2) == ["Sun 28 Mar 03:00 +0200", "Mon 29 Mar 02:00 +0200"]


def test_an_hour_that_comes_twice_counts_once_and_the_first_time():
    daily = DigestChoice(frequency="daily", hour=2)

    assert moments(daily, BERLIN, datetime(2026, 10, 24, 12, tzinfo=UTC), 2) == ["Sun 25 Oct 02:00 +0200", "Mon 26 Oct 02:00 +0100"]


@pytest.mark.row("R9")
@pytest.mark.parametrize(
    ("zone", "jump_ahead", "fall_back"),
    [
        ("Pacific/Pago_Pago", None, None),  # UTC-11
        ("America/New_York", datetime(2027, 3, 14), datetime(2027, 11, 7)),
        ("America/St_Johns", datetime(2027, 3, 14), datetime(2027, 11, 7)),
        ("UTC", None, None),
        ("Africa/Casablanca", datetime(2027, 3, 14), datetime(2027, 2, 7)),
        ("Europe/Lisbon", datetime(2027, 3, 28), datetime(2027, 10, 31)),
        ("Asia/Kathmandu", None, None),
        ("Australia/Lord_Howe", datetime(2027, 10, 3), datetime(2027, 4, 4)),  # half an hour
        ("Pacific/Chatham", datetime(2027, 9, 26), datetime(2027, 4, 4)),
        ("Pacific/Kiritimati", None, None),  # UTC+14
    ],
)
@pytest.mark.parametrize("hour", [0, 2, 8, 23])
def test_every_day_has_one_digest_at_its_hour(zone, jump_ahead, fall_back, hour):
    place, daily = ZoneInfo(zone), DigestChoice(frequency="daily", hour=hour)
    for day in filter(None, (jump_ahead, fall_back, datetime(2027, 1, 1))):
        after = (day - timedelta(days=2)).replace(tzinfo=place)
        days, hours = [], []
        for _turn in range(5):
            not_on = days[-1] if days else None
            after = next_moment(daily, place, after=after, not_on=not_on)
            days.append(after.astimezone(place).date())
            hours.append(after.astimezone(place).hour)
        assert [(later - earlier).days for earlier, later in pairwise(days)] == [1, 1, 1, 1]
        assert sum(one != hour for one in hours) <= (1 if hour == 2 else 0)


def test_a_day_that_a_month_does_not_have_is_its_last_one():
    monthly = DigestChoice(frequency="monthly", day=31, hour=9)

    assert moments(monthly, ZoneInfo("UTC"), datetime(2028, 1, 31, 9, tzinfo=UTC), 3) == [
        "Tue 29 Feb 09:00 +0000", "Fri 31 Mar 09:00 +0000", "Sun 30 Apr 09:00 +0000",
    ]  # fmt: skip


def test_a_day_that_a_place_left_out_is_not_told_twice():
    """Samoa went from 29 to 31 December 2011: the digest of the 30th is the one of the 31st."""
    daily = DigestChoice(frequency="daily", hour=7)

    assert moments(daily, ZoneInfo("Pacific/Apia"), datetime(2011, 12, 29, 18, tzinfo=UTC), 2) == [
        "Sat 31 Dec 07:00 +1400", "Sun 01 Jan 07:00 +1400",
    ]  # fmt: skip


def test_there_are_never_two_on_one_day_of_the_place():
    daily = DigestChoice(frequency="daily", hour=8)
    monday = datetime(2027, 1, 4, 7, 5, tzinfo=UTC)  # just told in Berlin, and moved to New York, where it is two in the night

    assert next_moment(daily, ZoneInfo("America/New_York"), after=monday, not_on=monday.date()) == datetime(
        2027, 1, 5, 13, tzinfo=UTC
    )
