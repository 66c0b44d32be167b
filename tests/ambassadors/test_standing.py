import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from ambassadors import workflow
from ambassadors.models import Ambassador, User
from correspondence.models import OutgoingMail
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make


@pytest.fixture
def lena(staff):
    return workflow.list_person("Lena Listed", "Lena@People.example.org", by=staff, organization="Harbour School", place="Porto")


def told(ambassador) -> list[tuple]:
    entries = HistoryEntry.objects.filter(about=ambassador.user).order_by("pk")
    return [(entry.verb, entry.actor and entry.actor.name, entry.via, entry.before, entry.after) for entry in entries]


def test_listing_puts_a_person_on_the_roster_and_tells_nobody(lena):
    user = lena.user

    assert (user.email, user.is_active, user.has_usable_password()) == ("lena@people.example.org", False, False)
    assert (lena.status, lena.listed_for, lena.joined_at, lena.organization.name) == ("listed", "members", None, "Harbour School")
    assert EmailAddress.objects.get(user=user).verified is False
    assert OutgoingMail.objects.count() == 0
    assert told(lena) == [("put on the roster", "Sam Staff", "web", "", "")]


def test_listing_the_same_address_again_is_refused_in_any_writing(lena, staff):
    with pytest.raises(ValidationError, match="already here: Lena Listed"):
        workflow.list_person("Somebody Else", "LENA@people.example.org", by=staff)


def test_listing_knows_a_person_by_every_address_they_have(alice, staff):
    EmailAddress.objects.create(user=alice, email="alice@home.example.org", verified=True)

    with pytest.raises(ValidationError, match="already here: Alice Amadi"):
        workflow.list_person("Alice Amadi", "alice@home.example.org", by=staff)


def test_listing_gives_staff_a_profile_beside_their_account(staff):
    ambassador = workflow.list_person("Sam Staff", staff.email, by=staff)

    staff.refresh_from_db()
    assert (ambassador.user, staff.is_active) == (staff, True)


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Ana Lima", "Ana Lima", "Ána  Lima"], ["ana-lima", "ana-lima-2", "ana-lima-3"]),
        (["王芳", "Import"], ["ambassador", "import-2"]),
    ],
)
def test_people_of_one_name_get_addresses_of_their_own(staff, names, slugs):
    people = [workflow.list_person(name, f"{number}@people.example.org", by=staff) for number, name in enumerate(names)]

    assert [person.slug for person in people] == slugs


def test_inviting_opens_the_house_and_mails_once(lena, staff):
    workflow.invite_to_sign_in(lena, by=staff)

    lena.user.refresh_from_db()
    assert (lena.status, lena.user.is_active, lena.joined_at is not None) == ("active", True, True)
    assert list(OutgoingMail.objects.values_list("kind", "person__name")) == [("invited_to_sign_in", "Lena Listed")]
    assert told(lena)[1:] == [("invited to sign in", "Sam Staff", "web", "listed", "active")]
    with pytest.raises(TransitionRefused):
        workflow.invite_to_sign_in(Ambassador.objects.get(pk=lena.pk), by=staff)


def test_only_the_support_team_invites(lena, alice):
    with pytest.raises(PermissionDenied):
        workflow.invite_to_sign_in(lena, by=alice)

    lena.refresh_from_db()
    assert (lena.status, OutgoingMail.objects.count()) == ("listed", 0)


def test_one_may_pause_come_back_and_leave_by_oneself(alice):
    workflow.pause(alice.ambassador, by=alice)
    workflow.resume(alice.ambassador, by=alice)
    workflow.make_alumni(alice.ambassador, by=alice)

    assert [(verb, before, after) for verb, _actor, _via, before, after in told(alice.ambassador)] == [
        ("paused", "active", "paused"),
        ("came back from a pause", "paused", "active"),
        ("left as an alumnus", "active", "alumni"),
    ]


@pytest.mark.parametrize("move", [workflow.pause, workflow.make_alumni])
def test_nobody_moves_somebody_else(alice, bob, move):
    with pytest.raises(PermissionDenied):
        move(alice.ambassador, by=bob)


def test_an_alumna_does_not_come_back_by_herself(alumna):
    with pytest.raises(PermissionDenied):
        workflow.reactivate(alumna.ambassador, by=alumna)


@pytest.mark.row("R13")
def test_removing_ends_every_session_at_once_and_for_good(alice, staff):
    phone, laptop = Client(), Client()
    for device in (phone, laptop):
        device.force_login(alice)
        assert device.get("/desk/").status_code == 200

    workflow.remove(alice.ambassador, by=staff, agreed=make.second(), reason="Sold the directory to a recruiter")

    assert [device.get("/desk/").status_code for device in (phone, laptop)] == [302, 302]
    alice.refresh_from_db()
    assert (alice.is_active, alice.has_usable_password()) == (False, False)
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert [device.get("/desk/").status_code for device in (phone, laptop)] == [302, 302]


def test_removing_needs_a_reason_which_the_history_keeps(alice, staff):
    with pytest.raises(ValidationError, match="reason"):
        workflow.remove(alice.ambassador, by=staff, reason="  ")
    for agreed in (None, staff, make.ambassador("Nora None")):
        with pytest.raises(PermissionDenied):
            workflow.remove(alice.ambassador, by=staff, agreed=agreed, reason="Sold the directory")
    workflow.remove(alice.ambassador, by=staff, agreed=make.second(), reason="Sold the directory")

    assert HistoryEntry.objects.get(about=alice).note == "Sold the directory"


def test_nobody_removes_themselves_or_the_support_team(staff):
    other = make.ambassador("Uma Underwood", is_staff=True)

    with pytest.raises(PermissionDenied):
        workflow.remove(other.ambassador, by=staff, agreed=make.second(), reason="A quarrel")
    with pytest.raises(PermissionDenied):
        workflow.remove(other.ambassador, by=other, reason="A quarrel")


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        ("listed", ["invite", "remove"]),
        ("active", ["pause", "make-alumni"]),
        ("paused", ["resume", "make-alumni"]),
        ("alumni", ["reactivate"]),
        ("removed", []),
    ],
)
def test_the_buttons_offered_are_the_moves_that_can_be_made(staff, status, moves):
    person = make.ambassador("Some One", status=status)

    assert list(workflow.actions_for(staff, person.ambassador)) == moves


def test_the_database_itself_refuses_what_the_workflow_promises(db):
    with pytest.raises(IntegrityError, match="ambassador_who_joined_has_a_date"), transaction.atomic():
        make.ambassador("A A", status="active", joined_at=None)
    with pytest.raises(IntegrityError, match="ambassador_on_the_roster_is_not_public"), transaction.atomic():
        make.ambassador("B B", status="listed", listed_for="public")
