"""Circles of people with one role label: who is invited, when they meet, and who hears of a change how often."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.tz import tzical
from django.core import mail
from django.test import Client
from icalendar import Calendar

from correspondence import outbox
from correspondence.due import steps
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions.circles import inviting, timetable, workflow
from discussions.models import Circle, CircleCadence, MeetingChange, SpaceRequest
from discussions.spaces import joining, roles
from foundation.models import Community
from foundation.workflow import TransitionRefused
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import circling, making

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2027-01-04T08:00:00+00:00")


@pytest.fixture(autouse=True)
def first_monday_of_2027():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def circle(alice) -> Circle:
    """A circle that Alice leads."""
    return circling.led_by(alice)


def feed_of(person) -> str:
    """The address of somebody's calendar, as they get it from their settings."""
    client = Client()
    client.force_login(person)
    client.post("/settings/calendar/make/")
    return re.search(r'href="http://[^/"]+(/calendar/[^"]+\.ics)"', client.get("/settings/calendar/").content.decode())[1]


def followed(address: str) -> Calendar:
    """What a calendar program reads there, with no cookie."""
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content)


def events(file: Calendar) -> list[tuple[str, str, int]]:
    return [(f"{one.start:%Y-%m-%d %H:%M %Z}", str(one["STATUS"]), int(one["SEQUENCE"])) for one in file.events]


def days(file: Calendar, status: str = "CONFIRMED") -> list[str]:
    return [f"{one.start:%m-%d}" for one in file.events if one["STATUS"] == status]


def settle(traveller) -> list[str]:
    """Let the clock look after the time there is to mend, and again; deliver what it posted, and return to whom."""
    traveller.shift(timedelta(hours=1))
    for _twice in range(2):
        steps["circles that meet at another time"]()
    posted = OutgoingMail.objects.filter(kind__startswith="circle_", state="queued").order_by("person__name")
    for row in posted:
        outbox.deliver(row.pk)
    return [row.person.name for row in posted]


def edit(client, circle, **changes) -> None:
    said = circling.MONTHLY | {"at": "16:00", "place": circle.place} | changes
    answer = client.post(f"{circle.get_absolute_url()}edit/", said)
    assert answer.status_code == 302


@pytest.mark.row("C12")
def test_from_monthly_to_weekly_the_feed_changes_and_everybody_hears_once(client, staff, bob, first_monday_of_2027):
    """Staff open a circle with its own cadence and change it: nobody is invited anew, calendars follow, one mail a person."""
    bob.ambassador.role_labels.add(circling.label())
    client.force_login(staff)
    opening = {"label": circling.label().pk, "name": "Heads", "purpose": "To talk.", "openness": "closed", "invites": "on"}
    client.post("/circles/new/", circling.MONTHLY | opening | {"at": "16:00", "place": ""})
    circle = Circle.objects.get()
    joining.accept(SpaceRequest.objects.get(person=bob), by=bob)
    calendar = feed_of(bob)
    assert days(followed(calendar))[:3] == ["01-07", "02-04", "03-04"]

    edit(client, circle, unit="weeks", every=2)
    edit(client, circle, unit="weeks")  # on second thoughts
    edit(client, circle, unit="weeks")  # pressed twice

    assert days(followed(calendar))[:5] == ["01-07", "01-14", "01-21", "01-28", "02-04"]
    mail.outbox.clear()
    assert settle(first_monday_of_2027) == ["Bob Brandt"]
    assert settle(first_monday_of_2027) == []
    [told] = mail.outbox
    assert "Until now: every month on the first Thursday at 16:00 (Europe/London), for 60 minutes" in told.body
    assert "From now on: every week on Thursday at 16:00 (Europe/London), for 60 minutes" in told.body
    assert SpaceRequest.objects.count() == 1


def test_what_is_taken_back_in_time_is_told_to_nobody(alice, bob, circle, first_monday_of_2027):
    making.join(circle.space, bob)
    workflow.change_cadence(circle, by=alice, **circling.WEEKLY)
    workflow.change_cadence(circle, by=alice, **circling.MONTHLY)

    assert settle(first_monday_of_2027) == []
    assert CircleCadence.objects.count() == 3


def test_a_later_change_is_told_beside_what_people_know(alice, bob, circle, first_monday_of_2027):
    making.join(circle.space, bob)
    workflow.change_cadence(circle, by=alice, **circling.WEEKLY)
    assert settle(first_monday_of_2027) == ["Bob Brandt"]
    workflow.change_cadence(circle, by=alice, **circling.WEEKLY | {"at": time(17)})

    assert settle(first_monday_of_2027) == ["Bob Brandt"]
    assert "Until now: every week on Thursday at 16:00" in mail.outbox[-1].body
    assert "From now on: every week on Thursday at 17:00" in mail.outbox[-1].body


def test_what_a_new_cadence_drops_is_cancelled_in_calendars(alice, circle):
    workflow.change_cadence(circle, by=alice, **circling.WEEKLY | {"starts_on": date(2027, 1, 5)})

    file = followed(feed_of(alice))

    assert events(file)[:3] == [
        ("2027-01-05 16:00 GMT", "CONFIRMED", 1),
        ("2027-01-07 16:00 GMT", "CANCELLED", 1),
        ("2027-01-12 16:00 GMT", "CONFIRMED", 1),
    ]
    assert days(file, "CANCELLED") == ["01-07", "02-04", "03-04", "04-01"]
    assert len({event["UID"] for event in file.events}) == len(file.events)


def test_meetings_that_have_been_stay_where_they_were(alice, circle, first_monday_of_2027):
    first_monday_of_2027.move_to(datetime.fromisoformat("2027-01-10T08:00+00:00"))
    workflow.change_cadence(circle, by=alice, **circling.WEEKLY | {"starts_on": date(2027, 1, 5)})

    assert events(followed(feed_of(alice)))[:2] == [
        ("2027-01-07 16:00 GMT", "CONFIRMED", 0),
        ("2027-01-12 16:00 GMT", "CONFIRMED", 1),
    ]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_another_reader_finds_the_same_moments_by_the_rules_in_the_file(alice, zone):
    """The zone's rules in the file are enough: a reader which knows no zones (dateutil's) comes to the same moments, over both changes of the clocks."""
    circle = circling.led_by(alice, cadence=circling.WEEKLY | {"time_zone": zone})
    text = Client().get(feed_of(alice)).content.decode()

    rules = tzical(_file(text)).get(zone)

    starts = [
        datetime.strptime(one, "%Y%m%dT%H%M%S") for one in re.findall(rf"DTSTART;TZID={zone}:(\w+)", text.replace("\r\n ", ""))
    ]
    assert len(starts) > 50
    assert [one.replace(tzinfo=rules).timestamp() for one in starts] == [
        one.replace(tzinfo=ZoneInfo(zone)).timestamp() for one in starts
    ]
    ahead = timetable.meetings(Circle.objects.with_timetable().get(pk=circle.pk), NOW, NOW + timedelta(days=400))
    assert starts == [one.starts.replace(tzinfo=None) for one in ahead]


def _file(text: str):
    from io import StringIO

    # dateutil reads one RDATE a line, and none that are listed with commas
    return StringIO(
        re.sub(
            r"RDATE:([\w,]+)", lambda found: "\r\n".join(f"RDATE:{one}" for one in found[1].split(",")), text.replace("\r\n ", "")
        )
    )


def test_a_meeting_is_moved_and_called_off_and_everybody_hears_of_the_last_once(client, alice, bob, circle, first_monday_of_2027):
    making.join(circle.space, bob)
    client.force_login(alice)
    page = f"{circle.get_absolute_url()}meetings/2027-01-07"
    before = followed(feed_of(bob)).events[0]
    client.post(f"{page}/move/", {"day": "2027-01-08", "at": "17:30", "words": "The hall is taken."})
    client.post(f"{page}/call-off/", {"words": "Snow."})

    assert settle(first_monday_of_2027) == ["Alice Amadi", "Bob Brandt"]
    assert "The meeting of “Heads who also cook” on Thursday 7 January, 16:00 is called off." in mail.outbox[-1].body
    after = followed(feed_of(bob)).events[0]
    assert (after["UID"], after["STATUS"], int(after["SEQUENCE"])) == (before["UID"], "CANCELLED", 2)
    client.post(f"{page}/restore/")
    assert settle(first_monday_of_2027) == ["Alice Amadi", "Bob Brandt"]
    assert "takes place after all, on Thursday 7 January, 16:00" in mail.outbox[-1].body
    assert events(followed(feed_of(bob)))[0] == ("2027-01-07 16:00 GMT", "CONFIRMED", 3)


def test_a_file_for_one_meeting(client, alice, circle):
    workflow.move_meeting(
        circle, date(2027, 1, 7), by=alice, to=datetime.fromisoformat("2027-01-08T17:30+00:00"), words="The hall is taken."
    )
    client.force_login(alice)

    [event] = Calendar.from_ical(client.get(f"{circle.get_absolute_url()}meetings/2027-01-07.ics").content).events

    assert (event.start, event.end, int(event["SEQUENCE"])) == (
        datetime(2027, 1, 8, 17, 30, tzinfo=ZoneInfo("Europe/London")),
        datetime(2027, 1, 8, 18, 30, tzinfo=ZoneInfo("Europe/London")),
        1,
    )
    assert (event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]) == (
        "Heads who also cook",
        "https://meet.example/heads",
        "The hall is taken.",
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0000-00-00", "2127-01-07"])
def test_a_day_of_another_age_has_no_meeting(client, alice, circle, day):
    client.force_login(alice)
    page = f"{circle.get_absolute_url()}meetings/{day}"

    assert [client.get(f"{page}/").status_code, client.get(f"{page}.ics").status_code] == [404, 404]
    assert client.post(f"{page}/call-off/", {"words": "Snow."}).status_code == 404


def test_only_meetings_to_come_are_changed(alice, circle):
    for on in (date(2027, 1, 8), date(2026, 12, 3)):
        with pytest.raises(TransitionRefused):
            workflow.call_off_meeting(circle, on, by=alice)
    assert MeetingChange.objects.count() == 0


def test_whoever_leaves_a_circle_has_its_meetings_no_more(bob, circle):
    making.join(circle.space, bob)
    calendar = feed_of(bob)
    assert len(followed(calendar).events) == 14

    roles.leave(circle.space, by=bob)

    assert followed(calendar).events == []


def test_where_it_meets_is_for_its_people(client, bob, circle):
    client.force_login(bob)
    pages = [
        circle.get_absolute_url(),
        f"{circle.get_absolute_url()}meetings/2027-01-07/",
        f"{circle.get_absolute_url()}meetings/2027-01-07.ics",
    ]

    assert [client.get(url).status_code for url in pages] == [200, 200, 200]
    assert not any(b"meet.example" in client.get(url).content for url in pages)
    making.join(circle.space, bob)
    assert all(b"meet.example" in client.get(url).content for url in pages)


def test_a_new_address_ends_the_old_one_and_none_is_left_after_stopping(client, alice):
    first, second = feed_of(alice), feed_of(alice)

    assert [Client().get(one).status_code for one in (first, second)] == [410, 200]
    client.force_login(alice)
    client.post("/settings/calendar/stop/")
    assert Client().get(second).status_code == 410


def test_an_address_follows_the_rights_of_its_person(alice, circle):
    calendar = feed_of(alice)
    alice.ambassador.status = "alumni"
    alice.ambassador.save()

    assert Client().get(calendar).status_code == 410


def test_everybody_with_the_label_is_invited_once(staff, alice, bob):
    """Who said no is not asked again; who got the label since is; who shows it to the team alone is not."""
    circle = circling.circle(by=staff)
    shy = make.ambassador("Sela Shy", role_labels_audience="staff")
    for person in (alice, shy, make.ambassador("Pia Pausing", status="paused")):
        person.ambassador.role_labels.add(circling.label())
    assert inviting.invite_by_label(circle, by=staff) == 1
    joining.decline(SpaceRequest.objects.get(person=alice), by=alice)
    bob.ambassador.role_labels.add(circling.label())

    assert [inviting.invite_by_label(circle, by=staff) for _twice in range(2)] == [1, 0]
    assert list(SpaceRequest.objects.order_by("pk").values_list("person__name", flat=True)) == ["Alice Amadi", "Bob Brandt"]


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        ({}, "every month on the first Thursday at 16:00 (Europe/London)"),
        ({"starts_on": date(2027, 1, 29), "every": 2}, "every 2 months on the last Friday at 16:00 (Europe/London)"),
        ({"unit": "weeks", "time_zone": "America/New_York"}, "every week on Thursday at 16:00 (America/New York)"),
        ({"unit": "weeks", "every": 3, "at": time(7, 30)}, "every 3 weeks on Thursday at 07:30 (Europe/London)"),
    ],
)
def test_a_cadence_in_words(cadence, words):
    assert timetable.cadence_in_words(CircleCadence(**circling.MONTHLY | cadence)) == words


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(client, alice, rows, django_assert_num_queries):
    for number in range(rows):
        circling.led_by(alice, name=f"Heads of house {number}")
    client.force_login(alice)
    client.get("/circles/")

    with django_assert_num_queries(6):
        answer = client.get("/circles/")

    assert len(answer.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_query_count(alice, rows, django_assert_num_queries):
    for number in range(rows):
        circling.led_by(alice, name=f"Heads of house {number}")
    calendar = feed_of(alice)
    Community.seen()

    with django_assert_num_queries(7):
        Client().get(calendar)


@pytest.mark.parametrize(
    ("words", "status", "answer"),
    [
        ("Yes, gladly.\n\nThursdays suit me.\n", "accepted", "Thursdays suit me."),
        ("No, thank you.\n", "declined", ""),
        ("Perhaps next year, when the books are closed?\n", "asked", ""),
    ],
)
def test_an_invitation_is_answered_by_mail(staff, bob, words, status, answer):
    """Said in one line, it is done as on the site; what says neither comes back, and nothing is done."""
    bob.ambassador.role_labels.add(circling.label())
    inviting.invite_by_label(circling.circle(by=staff), by=staff)
    outbox.deliver(OutgoingMail.objects.get(kind="space_invitation").pk)
    reply_to = parseaddr(mail.outbox[-1].message()["Reply-To"])[1]

    receive(letter(bob.email, reply_to, words), reply_to)

    assert SpaceRequest.objects.values_list("status", "answer").get() == (status, answer)
    assert (InboundMail.objects.get().reason == InboundMail.Reason.NOT_CLEAR) == (status == "asked")
