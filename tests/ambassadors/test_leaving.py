"""Pausing, leaving, coming back."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow
from ambassadors.models import Ambassador, ReturnRequest
from ambassadors.owndata import leaving
from correspondence.allowance import refusal
from correspondence.models import InboundMail, OutgoingMail
from discussions.models import Post
from discussions.workflow import reply, start_private_thread
from foundation.models import HistoryEntry
from tests import make
from tests.correspondence.conftest import new_kind, smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter
from tests.races import at_once

PAGE = "/settings/leaving/"
LEAVE = {"listed_for": "members", "credit": "name"}


def standing(person) -> str:
    return Ambassador.objects.get(user=person).status


def receive_by_pipe(raw: bytes, recipient: str, monkeypatch) -> None:
    """As the mail server hands it over: `manage.py receive_mail` on its standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", to=recipient)
    assert ended.value.code == 0


@pytest.mark.row("B12")
@pytest.mark.django_db(transaction=True)
def test_an_alumnus_reads_no_new_private_thread_and_gets_no_further_mail(client, smtp, monkeypatch):  # noqa: F811
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    thread = start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we compare notes?")
    old_address = smtp.messages[0]["Reply-To"].addresses[0].addr_spec
    client.force_login(bob)
    assert client.get(thread.get_absolute_url()).status_code == 200

    left = client.post("/settings/leaving/leave/", LEAVE, follow=True)
    assert "Goodbye, and thank you" in left.content.decode()
    goodbye = smtp.messages[-1]
    assert (goodbye["To"].addresses[0].addr_spec, goodbye["Subject"]) == (bob.email, "Goodbye, and thank you")
    so_far = len(smtp.messages)

    reply(thread, by=alice, body="Are you there?")
    with pytest.raises(Exception, match="from one active member to another"):
        start_private_thread(by=alice, to=type(bob).objects.get(pk=bob.pk), subject="New", body="Only for you.")
    receive_by_pipe(letter(bob.email, old_address, "I have a last thought."), old_address, monkeypatch)

    assert [client.get(url).status_code for url in (thread.get_absolute_url(), "/messages/", "/desk/")] == [403, 403, 403]
    assert Post.objects.filter(author=bob).count() == 0
    assert InboundMail.objects.get().outcome == "refused"
    (back,) = smtp.messages[so_far:]  # nothing of what Alice wrote; only their own words, with the reason
    words = back.get_body(("plain",)).get_content()
    assert back["To"].addresses[0].addr_spec == bob.email
    assert "I have a last thought." in words
    assert "not an active member" in words


@pytest.mark.row("B12")
@pytest.mark.parametrize(
    ("listed_for", "expected"), [("public", [200, 200, 200]), ("members", [404, 200, 200]), ("staff", [404, 404, 200])]
)
def test_an_alumnus_chooses_who_finds_them(client, alice, bob, staff, listed_for, expected):
    client.force_login(alice)
    client.post("/settings/leaving/leave/", {"listed_for": listed_for, "credit": "name"})

    got = []
    for reader in (None, bob, staff):
        client.logout()
        if reader:
            client.force_login(reader)
        got.append(client.get(alice.ambassador.get_absolute_url()).status_code)

    assert (standing(alice), got) == ("alumni", expected)


@pytest.mark.row("B12")
@pytest.mark.parametrize(("credit", "is_named"), [("name", True), ("none", False)])
def test_contributions_stay_credited_or_are_a_former_members(client, alice, bob, credit, is_named):
    thread = start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?")
    client.force_login(alice)
    client.post("/settings/leaving/leave/", {"listed_for": "staff", "credit": credit})
    client.force_login(bob)

    pages = [client.get(url).content.decode() for url in (thread.get_absolute_url(), "/messages/")]

    assert ["Alice Amadi" in page for page in pages] == [is_named, is_named]
    assert ["a former member" in page for page in pages] == [not is_named, not is_named]


def test_no_optional_mail_goes_to_who_has_left_or_asks_who_is_pausing(alice, new_kind):  # noqa: F811
    new_kind("note")
    new_kind("asking", asks=True)
    new_kind("code", optional=False)

    def refused() -> list[str]:
        alice.refresh_from_db()
        mails = [OutgoingMail(kind=kind, person=alice) for kind in ("note", "asking", "code")]
        return [refusal(mail) for mail in mails]

    active = refused()
    workflow.pause(alice.ambassador, by=alice)
    pausing = refused()
    workflow.make_alumni(alice.ambassador, by=alice)

    assert (active, pausing) == (["", "", ""], ["", "the person is pausing", ""])
    assert refused() == ["the person has left", "the person has left", ""]


# --- Pausing


@pytest.mark.row("B12")
def test_a_pause_begins_and_ends_by_oneself(client, alice, bob):
    client.force_login(alice)
    client.post("/settings/leaving/pause/", {"until": ""})
    assert standing(alice) == "paused"
    assert "You are pausing" in client.get(PAGE).content.decode()
    assert list(Ambassador.objects.available_on(timezone.localdate())) == [bob.ambassador]

    client.post("/settings/leaving/pause/end/")

    assert standing(alice) == "active"
    assert list(HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", flat=True)) == [
        "paused",
        "came back from a pause",
    ]


@pytest.mark.row("B12")
def test_a_pause_with_a_day_ends_on_it_where_the_person_is(db, client, mailoutbox, django_capture_on_commit_callbacks):
    """1 December begins in Auckland when it is 11 in the morning of 30 November in London."""
    hine, ines = make.ambassador("Hine", time_zone="Pacific/Auckland"), make.ambassador("Ines", time_zone="Europe/Lisbon")
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        for person in (hine, ines):
            client.force_login(person)
            client.post("/settings/leaving/pause/", {"until": "2026-12-01"})

    back = []
    for moment in (
        datetime(2026, 11, 30, 10, tzinfo=UTC),
        datetime(2026, 11, 30, 12, tzinfo=UTC),
        datetime(2026, 12, 1, 1, tzinfo=UTC),
    ):
        with time_machine.travel(moment), django_capture_on_commit_callbacks(execute=True):
            leaving.end_pauses()
        back.append([standing(person) for person in (hine, ines)])

    assert back == [["paused", "paused"], ["active", "paused"], ["active", "active"]]
    assert [message.subject for message in mailoutbox] == ["Your pause is over"] * 2
    assert Ambassador.objects.filter(paused_until=None).count() == 2


@pytest.mark.parametrize("until", ["2020-01-01", "today", "2050-01-01", "soon"])
def test_a_pause_ends_on_a_day_to_come(client, alice, until):
    client.force_login(alice)
    until = str(timezone.localdate()) if until == "today" else until

    page = client.post("/settings/leaving/pause/", {"until": until})

    assert (page.status_code, standing(alice)) == (200, "active")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_end_a_pause_once():
    alice = make.ambassador("Alice Amadi")
    workflow.pause(alice.ambassador, by=alice, until=timezone.localdate() + timedelta(days=1))
    Ambassador.objects.update(paused_until=date(2026, 1, 1))

    ended = at_once(leaving.end_pauses, leaving.end_pauses)

    assert sorted(ended) == [0, 1]
    assert OutgoingMail.objects.filter(kind="pause_over").count() == 1


# --- Coming back


@pytest.mark.row("B12")
def test_an_alumna_asks_to_come_back_and_is_welcomed(client, alumna, staff, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(alumna)
    client.post("/settings/leaving/return/", {"words": "I miss the talk."})
    wish = ReturnRequest.objects.get()
    client.force_login(staff)
    assert "1 alumnus would like to come back" in client.get("/desk/").content.decode()
    page = client.get(reverse("admin:ambassadors_returnrequest_change", args=[wish.pk])).content.decode()
    assert "I miss the talk." in page

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:ambassador-move", args=[alumna.ambassador.pk, "reactivate"]))

    wish.refresh_from_db()
    assert (standing(alumna), wish.status) == ("active", "welcomed")
    assert [message.subject for message in mailoutbox] == ["Welcome back"]
    client.force_login(alumna)
    assert client.get("/desk/").status_code == 200


def test_staff_note_that_they_wrote_in_person(client, alumna, staff):
    wish = leaving.ask_to_return(alumna, "")
    client.force_login(staff)

    client.post(reverse("admin:returnrequest-answered", args=[wish.pk]))

    wish.refresh_from_db()
    assert (standing(alumna), wish.status) == ("alumni", "answered")


@pytest.mark.django_db(transaction=True)
def test_a_wish_that_is_pressed_twice_is_one():
    alumna = make.ambassador("Ines Ibarra", status="alumni")

    at_once(lambda: leaving.ask_to_return(alumna, "a"), lambda: leaving.ask_to_return(alumna, "b"))

    assert ReturnRequest.objects.count() == 1


def test_staff_leave_the_team_first(db, client):
    person = make.ambassador("Sol Second", is_staff=True)
    client.force_login(person)

    page = client.post("/settings/leaving/leave/", LEAVE)

    assert (page.status_code, standing(person)) == (409, "active")
    assert "Ask a colleague to release you" in page.content.decode()


def test_every_kind_of_person_gets_a_page_that_fits(client, alice, alumna, staff):
    said = []
    for person in (alice, alumna, staff):
        client.force_login(person)
        said.append(
            [words in client.get(PAGE).content.decode() for words in ("Leave as an alumnus", "The way back", "nothing to pause")]
        )

    assert said == [[True, False, False], [False, True, False], [False, False, True]]
