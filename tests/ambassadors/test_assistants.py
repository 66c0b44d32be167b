"""The seat of an assistant: offered by mail, taken with a code, and closed in the moment in which anything speaks against it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from ambassadors.assistants import taking, workflow
from ambassadors.models import Ambassador, AssistantRules, AssistantSeat, User
from ambassadors.workflow import standing
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from tests import make
from tests.ambassadors import assisting_making as making

pytestmark = pytest.mark.django_db


def open_seats(person) -> list[AssistantSeat]:
    return list(AssistantSeat.objects.open_to(person))


def offer_page(seat, name="seat-offer") -> str:
    return reverse(f"ambassadors:{name}", args=[making.link_of(seat)])


def test_a_seat_is_offered_by_mail_and_taken_with_a_code(client, alice):
    client.force_login(alice)
    client.post(reverse("ambassadors:assistant-offer"), {"name": "Jo Park", "email": "Jo@Office.example.org", "may_prepare": "on"})
    client.logout()
    seat = AssistantSeat.objects.get()
    (offer,) = OutgoingMail.objects.filter(kind="seat_offer")
    assert (offer.address, offer_page(seat) in message_for(offer).body) == ("jo@office.example.org", True)

    assert client.get(offer_page(seat)).status_code == 200
    assert not User.objects.filter(email="jo@office.example.org").exists()  # a look opens nothing
    client.post(offer_page(seat, "seat-accept"))
    response = client.post(offer_page(seat, "seat-take"), {"code": making.code_of(seat)})

    assert response.headers["Location"] == reverse("ambassadors:seat-list")
    assert "Alice Amadi" in client.get(reverse("ambassadors:seat-list")).text
    seat.refresh_from_db()
    jo = seat.assistant
    assert (seat.status, seat.may_prepare, seat.may_speak) == ("taken", True, False)
    assert (jo.name, jo.is_member, hasattr(jo, "ambassador"), jo.has_usable_password()) == ("Jo Park", False, False, False)
    (news,) = OutgoingMail.objects.filter(kind="seat_news")
    assert (news.person, message_for(news).subject) == (alice, "Jo Park has taken the seat")


def test_a_wrong_code_opens_nothing_and_three_guesses_end_it(alice):
    seat = making.with_code(making.offered(alice))
    code, token = making.code_of(seat), making.token_of(seat)

    assert [taking.take(token, "22222222") for _guess in range(3)] == [None, None, None]
    assert taking.take(token, code) is None  # the right one comes too late
    assert AssistantSeat.objects.get().status == "offered"


def test_an_unverified_address_of_another_account_gets_no_seat(alice, alumna):
    EmailAddress.objects.create(user=alumna, email="jo@office.example.org", verified=False)

    seat = making.taken(alice, email="jo@office.example.org")

    assert (seat.assistant == alumna, seat.assistant.email) == (False, "jo@office.example.org")


@pytest.mark.parametrize("who", ["bob", "alumna", "staff"])
def test_whoever_has_a_door_of_their_own_takes_no_seat(request, alice, who):
    person = request.getfixturevalue(who)
    seat = making.offered(alice, email=person.email)  # that the address is somebody's is not told to who offers

    with pytest.raises(ValidationError, match="account of your own here"):
        taking.send_code(making.token_of(seat))


def test_who_gives_seats(alice, alumna, staff):
    paused = make.ambassador("Paul Pausing", status="paused")
    for person in (alumna, staff, paused):
        with pytest.raises(PermissionDenied):
            making.offered(person)
    AssistantRules.objects.create(pk=1, are_allowed=False)

    with pytest.raises(PermissionDenied):
        making.offered(alice)


def test_three_seats_are_the_most_and_nobody_gets_two(alice):
    making.offered(alice, "Jo Park")
    with pytest.raises(ValidationError, match="has a seat of yours"):
        making.offered(alice, "Jo Park", "JO.PARK@office.example.org")
    making.offered(alice, "Kit Low")
    making.offered(alice, "Lee Orr")

    with pytest.raises(ValidationError, match="Three seats are the most"):
        making.offered(alice, "Max Roe")


def _revoke(seat):
    workflow.revoke(seat, by=seat.ambassador)


def _pause(seat):
    standing.pause(seat.ambassador.ambassador, by=seat.ambassador)


def _leave_the_community(seat):
    standing.make_alumni(seat.ambassador.ambassador, by=seat.ambassador)


def _remove(seat):
    team = [make.person(name, is_staff=True) for name in ("Sam Staff", "Tessa Two")]
    standing.remove(seat.ambassador.ambassador, by=team[0], agreed=team[1], reason="Told at length.")


def _switch_off(seat):
    AssistantRules.objects.create(pk=1, are_allowed=False)


def _join(seat):
    Ambassador.objects.create(user=seat.assistant, slug="jo-park", status="active", joined_at=timezone.now())


def _close_the_account(seat):
    User.objects.filter(pk=seat.assistant_id).update(is_active=False)


@pytest.mark.parametrize("happens", [_revoke, _pause, _leave_the_community, _remove, _switch_off, _join, _close_the_account])
def test_what_closes_a_seat_at_once(alice, happens):
    seat = making.taken(alice)
    assert open_seats(seat.assistant) == [seat]

    happens(seat)

    assert open_seats(seat.assistant) == []


def test_a_pause_lets_a_seat_rest_and_leaving_ends_it(alice):
    seat = making.taken(alice)
    standing.pause(alice.ambassador, by=alice)
    standing.resume(alice.ambassador, by=alice)
    assert open_seats(seat.assistant) == [seat]

    standing.make_alumni(alice.ambassador, by=alice)
    standing.reactivate(alice.ambassador, by=make.person("Sam Staff", is_staff=True))

    seat.refresh_from_db()
    assert (seat.status, open_seats(seat.assistant)) == ("ended", [])


def test_taking_a_seat_back_signs_its_assistant_out_and_kills_the_link(client, alice):
    seat = making.taken(alice)
    client.force_login(seat.assistant)
    assert client.get(reverse("ambassadors:seat-list")).status_code == 200
    offered = making.offered(alice, "Kit Low")
    page = offer_page(offered)

    workflow.revoke(seat, by=alice)
    workflow.revoke(offered, by=alice)

    assert client.get(reverse("ambassadors:seat-list")).headers["Location"].startswith("/accounts/login/")
    assert client.get(page).status_code == 410


def test_what_an_assistant_may_do_is_changed_by_who_gave_the_seat(client, alice, bob):
    seat = making.taken(alice)
    with pytest.raises(PermissionDenied):
        workflow.change(seat, by=bob, may_prepare=True, may_speak=True)
    client.force_login(alice)

    client.post(reverse("ambassadors:assistant-change", args=[seat.pk]), {"may_speak": "on"})

    seat.refresh_from_db()
    assert (seat.may_prepare, seat.may_speak) == (False, True)
    entry = HistoryEntry.objects.get(verb="changed what an assistant may do")
    assert (entry.before, entry.after, entry.about) == ("read", "read, speak", alice)


def test_an_assistant_gives_the_seat_up(client, alice):
    seat = making.taken(alice)
    client.force_login(seat.assistant)

    client.post(reverse("ambassadors:seat-leave", args=[seat.pk]))

    seat.refresh_from_db()
    assert (seat.status, client.get(reverse("ambassadors:seat-list")).status_code) == ("given up", 302)
    assert message_for(OutgoingMail.objects.filter(kind="seat_news").latest("pk")).subject == "Jo Park has given the seat up"


def test_saying_no_closes_the_offer(client, alice):
    seat = making.offered(alice)
    page = offer_page(seat)

    client.post(offer_page(seat, "seat-decline"))

    seat.refresh_from_db()
    assert (seat.status, client.get(page).status_code) == ("declined", 410)


def test_signing_in_leads_an_assistant_to_their_seats(rf, alice):
    from ambassadors.accounts.adapter import AccountAdapter

    seat = making.taken(alice)
    request = rf.get("/")
    request.user = seat.assistant
    assert AccountAdapter().get_login_redirect_url(request) == reverse("ambassadors:seat-list")
    workflow.revoke(seat, by=alice)

    assert AccountAdapter().get_login_redirect_url(request) == reverse("settings:home")


def test_members_read_on_the_profile_that_there_is_an_assistant(client, alice, bob):
    seat = making.taken(alice)
    page = alice.ambassador.get_absolute_url()
    client.force_login(bob)
    assert "Works with an assistant" in client.get(page).text

    workflow.revoke(seat, by=alice)

    assert "Works with an assistant" not in client.get(page).text


def test_the_archives_of_both_tell_of_the_seat_and_erasing_takes_it(alice):
    seat = making.taken(alice, may_prepare=True)

    given, took = (next(iter(archive_of(person)["assistants"])) for person in (alice, seat.assistant))

    assert (given["given to"], given["allows"], took["given to"], took["taken for"]) == (
        "Jo Park",
        "read, prepare",
        "",
        "Alice Amadi",
    )
    erase(seat.assistant)
    assert AssistantSeat.objects.count() == 0


def test_staff_see_no_seats_and_change_the_rules(client, alice, staff):
    seat = making.taken(alice)
    client.force_login(staff)

    assert list(AssistantSeat.objects.visible_to(staff)) == []
    client.post(reverse("admin:ambassadors_assistantrules_change", args=[1]), {"are_allowed": "on"})

    rules = AssistantRules.current()
    assert (rules.are_allowed, rules.may_speak, open_seats(seat.assistant)) == (True, False, [seat])
