"""When a welcome leaves: the table can be read as it stands. Times are local, with the offset that the clocks have then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from welcome.buddies.hours import next_moment


@dataclass
class Rules:
    from_hour: int = 9
    to_hour: int = 17
    on_weekends: bool = False


OFFICE, ALWAYS, LATE = Rules(), Rules(0, 24, True), Rules(20, 24, True)
NIGHT = Rules(2, 3, True)  # an hour that the clocks leave out or repeat


@pytest.mark.parametrize(
    ("zone", "now", "rules", "expected"),
    [
        # Thursday, 19 November 2026: within the hours, before and after them
        ("Europe/Lisbon", "2026-11-19T10:30+00:00", OFFICE, "2026-11-19T10:30+00:00"),
        ("Europe/Lisbon", "2026-11-19T08:59+00:00", OFFICE, "2026-11-19T09:00+00:00"),
        ("Europe/Lisbon", "2026-11-19T09:00+00:00", OFFICE, "2026-11-19T09:00+00:00"),
        ("Europe/Lisbon", "2026-11-19T17:00+00:00", OFFICE, "2026-11-20T09:00+00:00"),
        # the newcomer's day is not ours
        ("Pacific/Auckland", "2026-11-19T10:30+00:00", OFFICE, "2026-11-20T09:00+13:00"),
        ("Pacific/Apia", "2026-11-19T23:00+00:00", OFFICE, "2026-11-20T12:00+13:00"),
        ("America/Los_Angeles", "2026-11-19T10:30+00:00", OFFICE, "2026-11-19T09:00-08:00"),
        ("Asia/Kathmandu", "2026-11-19T03:00+00:00", OFFICE, "2026-11-19T09:00+05:45"),
        # Friday evening, and where the weekend begins earlier
        ("Europe/Lisbon", "2026-11-20T17:30+00:00", OFFICE, "2026-11-23T09:00+00:00"),
        ("Pacific/Auckland", "2026-11-20T11:30+00:00", OFFICE, "2026-11-23T09:00+13:00"),
        ("Europe/Lisbon", "2026-11-21T12:00+00:00", Rules(on_weekends=True), "2026-11-21T12:00+00:00"),
        # until midnight, and all day
        ("Europe/Lisbon", "2026-11-19T23:59+00:00", LATE, "2026-11-19T23:59+00:00"),
        ("Europe/Lisbon", "2026-11-20T00:00+00:00", LATE, "2026-11-20T20:00+00:00"),
        ("Europe/Lisbon", "2026-11-20T00:00+00:00", ALWAYS, "2026-11-20T00:00+00:00"),
        # the clocks go forward on 28 March 2027 in Berlin: nine o'clock is an hour earlier
        ("Europe/Berlin", "2027-03-26T18:00+00:00", OFFICE, "2027-03-29T09:00+02:00"),
        ("Europe/Berlin", "2027-03-27T23:30+00:00", NIGHT, "2027-03-29T02:00+02:00"),  # that Sunday has no such hour
        # and back on 25 October 2026: the hour from two to three is there twice
        ("Europe/Berlin", "2026-10-23T18:00+00:00", OFFICE, "2026-10-26T09:00+01:00"),
        ("Europe/Berlin", "2026-10-24T23:30+00:00", NIGHT, "2026-10-25T02:00+02:00"),
        ("Europe/Berlin", "2026-10-25T01:30+00:00", NIGHT, "2026-10-25T02:30+01:00"),
        # half an hour of change, and the other half of the year
        ("Australia/Lord_Howe", "2026-10-02T08:00+00:00", OFFICE, "2026-10-05T09:00+11:00"),
        ("America/New_York", "2027-03-12T23:00+00:00", OFFICE, "2027-03-15T09:00-04:00"),
        ("America/New_York", "2026-10-30T22:00+00:00", OFFICE, "2026-11-02T09:00-05:00"),
    ],
)
def test_the_next_moment(zone, now, rules, expected):
    assert next_moment(zone, datetime.fromisoformat(now), rules) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"])
def test_at_every_hour_of_a_year_it_is_within_the_hours_and_comes_soon(zone):
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 365 * 24, 29):
        now = begin + timedelta(hours=hours, minutes=7)

        moment = next_moment(zone, now, OFFICE)

        local = moment.astimezone(ZoneInfo(zone))
        assert (9 <= local.hour < 17, local.weekday() < 5, now <= moment < now + timedelta(days=3)) == (True, True, True), now
        assert next_moment(zone, moment, OFFICE) == moment
