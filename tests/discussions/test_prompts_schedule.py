"""When prompts come: local hours over both changes of the clocks, breaks, months, and a clock that stood still."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.models import Prompt, PromptBreak, PromptRound
from discussions.prompts import planning, scheduling
from tests.discussions import making, prompting


def weekly(**fields) -> Prompt:
    said = {"starts_on": date(2027, 3, 4), "at": time(9), "time_zone": "Europe/London", "every": 1, "unit": "weeks"}
    return Prompt(**{**said, **fields})


def moments(prompt: Prompt, breaks=(), after="2027-03-01T00:00+00:00", most=6) -> list[str]:
    days = scheduling.coming_days(prompt, breaks, after=datetime.fromisoformat(after), most=most)
    return [scheduling.moment_of(prompt, day).isoformat(timespec="minutes") for day in days]


@pytest.mark.parametrize(
    ("zone", "after", "expected"),
    [
        # London goes to summer time on 28 March 2027 and back on 31 October.
        ("Europe/London", "2027-03-19T00:00+00:00", ["2027-03-25T09:00+00:00", "2027-04-01T08:00+00:00"]),
        ("Europe/London", "2027-10-22T00:00+00:00", ["2027-10-28T08:00+00:00", "2027-11-04T09:00+00:00"]),
        # New York does so on 14 March and 7 November.
        ("America/New_York", "2027-03-05T00:00+00:00", ["2027-03-11T14:00+00:00", "2027-03-18T13:00+00:00"]),
        ("America/New_York", "2027-10-29T20:00+00:00", ["2027-11-04T13:00+00:00", "2027-11-11T14:00+00:00"]),
    ],
)
def test_the_local_hour_stays_over_both_changes_of_the_clocks(zone, after, expected):
    assert moments(weekly(time_zone=zone), after=after, most=2) == expected


def test_an_hour_that_the_clocks_leave_out_is_the_hour_after_it():
    daily = weekly(starts_on=date(2027, 3, 27), at=time(1, 30), unit="days")

    assert moments(daily, after="2027-03-26T12:00+00:00", most=3) == [
        "2027-03-27T01:30+00:00",
        "2027-03-28T01:30+00:00",  # half past two, on that day
        "2027-03-29T00:30+00:00",
    ]


def test_breaks_are_skipped_whole_and_the_rhythm_goes_on_behind_them():
    easter = PromptBreak(first_day=date(2027, 3, 18), last_day=date(2027, 4, 1))

    assert moments(weekly(every=1), [easter], most=4) == [
        "2027-03-04T09:00+00:00",
        "2027-03-11T09:00+00:00",
        "2027-04-08T08:00+00:00",
        "2027-04-15T08:00+00:00",
    ]


def test_months_keep_their_day_or_end_with_the_month():
    monthly = weekly(starts_on=date(2027, 1, 31), unit="months", time_zone="UTC")

    days = scheduling.coming_days(monthly, [], after=datetime(2027, 1, 1, tzinfo=UTC), most=4)

    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


@pytest.mark.parametrize(
    ("unit", "every", "starts_on", "expected"),
    [
        ("weekdays", 1, date(2027, 1, 1), ["Fri 1 Jan", "Mon 4 Jan", "Tue 5 Jan", "Wed 6 Jan"]),
        ("weekdays", 1, date(2027, 1, 2), ["Mon 4 Jan", "Tue 5 Jan", "Wed 6 Jan", "Thu 7 Jan"]),  # a Saturday
        ("month weekdays", 1, date(2027, 1, 4), ["Mon 4 Jan", "Mon 1 Feb", "Mon 1 Mar", "Mon 5 Apr"]),
        ("month weekdays", 3, date(2027, 1, 26), ["Tue 26 Jan", "Tue 27 Apr", "Tue 27 Jul", "Tue 26 Oct"]),
        ("month weekdays", 1, date(2027, 1, 29), ["Fri 29 Jan", "Fri 26 Feb", "Fri 26 Mar", "Fri 30 Apr"]),
        ("months", 12, date(2024, 2, 29), ["Sun 28 Feb", "Tue 29 Feb", "Wed 28 Feb", "Thu 28 Feb"]),
    ],
)
def test_every_weekday_and_the_same_weekday_of_a_month(unit, every, starts_on, expected):
    prompt = weekly(unit=unit, every=every, starts_on=starts_on, time_zone="UTC")

    days = scheduling.coming_days(prompt, [], after=datetime(2027, 1, 1, 8, tzinfo=UTC), most=4)

    assert [f"{day:%a} {day.day} {day:%b}" for day in days] == expected


@pytest.mark.django_db
def test_a_series_says_when_it_comes_and_weekdays_leave_none_out(client, alice):
    space = making.micro(alice, openness="open")
    said = {"space": space.pk, "title": "Bench", "text": "What is on it?", "at": "09:00", "time_zone": "UTC", "private_hours": 3}
    said |= {"minimum": 0, "reach": "everybody", "starts_on": "2027-01-29", "every": 1, "unit": "month weekdays"}
    with prompting.at(prompting.MONDAY):
        client.force_login(alice)
        page = client.post("/discussions/prompts/new/", said, follow=True).content.decode()
        refused = client.post("/discussions/prompts/new/", said | {"unit": "weekdays", "every": 2}).context["form"].errors
        every_day = client.post("/discussions/prompts/new/", said | {"unit": "weekdays"}, follow=True).content.decode()

    assert "It comes every month, on the last Friday." in page
    assert refused == {"every": ["Weekdays come one after the other: leave 1 here, or choose days or weeks."]}
    assert "It comes every weekday, Monday to Friday." in every_day


def test_a_break_without_end_leaves_nothing():
    for_ever = PromptBreak(first_day=date(2027, 1, 1), last_day=date(2040, 1, 1))

    assert scheduling.next_day(weekly(), [for_ever], after=datetime(2027, 1, 1, tzinfo=UTC)) is None


@settings(suppress_health_check=[HealthCheck.too_slow])  # which judges the machine
@given(
    every=st.integers(1, 60),
    unit=st.sampled_from(["days", "weeks", "months", "month weekdays"]),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
    hour=st.integers(0, 23),
    ahead=st.integers(0, 4000),
)
def test_the_next_one_is_always_later_on_schedule_and_at_its_hour(every, unit, zone, hour, ahead):
    prompt = weekly(every=every, unit=unit, time_zone=zone, at=time(hour), starts_on=date(2024, 2, 29))
    after = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=ahead)

    day = scheduling.next_day(prompt, [], after=after)

    assert day is not None
    moment = scheduling.moment_of(prompt, day)
    assert moment > after
    assert moment - after <= timedelta(days={"days": 1, "weeks": 7, "months": 31, "month weekdays": 35}[unit] * every + 2)
    assert moment.astimezone(ZoneInfo(zone)).date() == day
    assert day in [one for _number, one in zip(range(3), scheduling.days_of(prompt, day), strict=False)]


@pytest.mark.django_db
@pytest.mark.row("D12")
def test_a_series_comes_at_the_same_local_hour_over_the_change_and_skips_its_break(client, alice):
    space = making.micro(alice, openness="open")
    with prompting.at("2027-03-20T12:00:00+00:00"):
        client.force_login(alice)
        prompt = prompting.series(space, alice, minimum=0, starts_on=date(2027, 3, 25))
        page = f"/discussions/prompts/{prompt.pk}/breaks/"
        client.post(page, {"first_day": "2027-04-05", "last_day": "2027-04-16", "name": "Easter"})

    for day in range(40):  # the clock looks about the hour, for forty days
        for hour in (7, 8, 9):
            prompting.tick(datetime(2027, 3, 21, hour, tzinfo=UTC) + timedelta(days=day))

    opened = PromptRound.objects.filter(prompt=prompt, status="open").order_by("opened_at")
    assert [one.opened_at.isoformat(timespec="minutes") for one in opened] == [
        "2027-03-25T09:00+00:00",
        "2027-04-01T08:00+00:00",  # nine o'clock, by summer time
        "2027-04-22T08:00+00:00",  # 8 and 15 April lie in the break
        "2027-04-29T08:00+00:00",
    ]
    assert [one.thread.subject for one in opened] == ["On the bench"] * 4


@pytest.mark.django_db
def test_after_days_without_a_clock_there_is_one_round_and_not_five(alice):
    with prompting.at(prompting.MONDAY):
        prompt = prompting.series(making.micro(alice), alice, minimum=0, unit="days", starts_on=date(2027, 1, 5))

    prompting.tick("2027-01-11T12:00:00+00:00")
    prompting.tick("2027-01-11T12:05:00+00:00")

    assert [(str(one.on), one.status) for one in PromptRound.objects.filter(prompt=prompt).order_by("on")] == [
        ("2027-01-05", "open"),
        ("2027-01-12", "planned"),
    ]


@pytest.mark.django_db
def test_a_round_that_nobody_has_got_yet_follows_the_schedule(alice):
    with prompting.at(prompting.MONDAY):
        prompt = prompting.series(making.micro(alice), alice)
        planning.edit_prompt(prompt, by=alice, at=time(17, 30), time_zone="Asia/Tokyo", starts_on=date(2027, 1, 8))

    assert [(str(one.on), one.opens_at.isoformat()) for one in PromptRound.objects.filter(prompt=prompt)] == [
        ("2027-01-08", "2027-01-08T08:30:00+00:00")
    ]


@pytest.mark.django_db
def test_what_rests_plans_nothing_and_makes_nothing_up_afterwards(alice):
    with prompting.at(prompting.MONDAY):
        prompt = prompting.series(making.micro(alice), alice, minimum=0)
        planning.pause(prompt, by=alice)
    prompting.tick("2027-01-20T12:00:00+00:00")
    assert [one.status for one in PromptRound.objects.filter(prompt=prompt)] == ["planned"]

    with prompting.at("2027-01-22T12:00:00+00:00"):
        planning.resume(prompt, by=alice)

    assert [(str(one.on), one.status) for one in PromptRound.objects.filter(prompt=prompt)] == [("2027-01-28", "planned")]
