"""An account whose address is dead: two of staff, the old address, the new address."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ambassadors.accounts import recovery as workflow
from ambassadors.models import AddressRecovery
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from foundation.models import HistoryEntry
from foundation.secrecy import derived_code
from tests import make

NEW = "alice@new.example.org"


@pytest.fixture
def second(db):
    return make.person("Sol Second", is_staff=True)


@pytest.fixture
def sure(monkeypatch):
    """Staff have just confirmed who they are."""
    monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)


def link(kind: str) -> str:
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return kinds[kind].context(mail)["url"].removeprefix("http://localhost")


def newest_code() -> str:
    return derived_code("recovery_code", OutgoingMail.objects.filter(kind="recovery_code").latest("pk").about["nonce"])


def main_address(person) -> list[tuple]:
    person.refresh_from_db()
    rows = EmailAddress.objects.filter(user=person).order_by("email").values_list("email", "verified", "primary")
    return [person.email, *rows]


@pytest.mark.row("R13")
def test_account_gets_its_new_address_by_two_of_staff_and_a_code(client, alice, staff, second, sure):
    old = alice.email
    client.force_login(staff)
    added = client.post(
        reverse("admin:ambassadors_addressrecovery_add"), {"account": old, "new_address": NEW, "reason": "She rang us."}
    )
    assert added.status_code == 302
    recovery = AddressRecovery.objects.get()
    client.force_login(second)
    client.post(reverse("admin:addressrecovery-move", args=[recovery.pk, "approve"]))
    visitor = type(client)()
    visitor.post(link("recovery_opened") + "code/")

    response = visitor.post(link("recovery_opened"), {"code": newest_code()})

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    assert main_address(alice) == [NEW, (NEW, True, True)]
    told = [(mail.kind, mail.recipient) for mail in OutgoingMail.objects.order_by("pk")]
    assert told == [("recovery_proposed", old), ("recovery_opened", NEW), ("recovery_code", NEW), ("recovery_done", old)]
    history = HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", "actor__name")
    assert list(history) == [
        ("proposed a new address", "Sam Staff"),
        ("approved the new address", "Sol Second"),
        ("confirmed the new address", None),
    ]


def test_the_one_who_proposed_it_cannot_approve_it(client, alice, staff, sure):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    client.force_login(staff)

    response = client.post(reverse("admin:addressrecovery-move", args=[recovery.pk, "approve"]))

    recovery.refresh_from_db()
    assert (response.status_code, recovery.status) == (403, "proposed")


def test_database_refuses_one_person_as_both(alice, staff):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)

    with pytest.raises(IntegrityError, match="recovery_by_two_people"), transaction.atomic():
        AddressRecovery.objects.filter(pk=recovery.pk).update(approved_by=staff)


def test_staff_cannot_approve_their_own_recovery(staff, second):
    recovery = workflow.propose(staff, NEW, "He rang us.", by=second)

    assert not workflow.APPROVE.offered_to(staff, recovery)
    assert not workflow.APPROVE.offered_to(second, recovery)


def test_admin_asks_who_one_is_before_a_recovery(client, alice, staff, second):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    client.force_login(second)

    response = client.post(reverse("admin:addressrecovery-move", args=[recovery.pk, "approve"]))

    recovery.refresh_from_db()
    assert (response["Location"].split("?")[0], recovery.status) == ("/accounts/reauthenticate/", "proposed")


@pytest.mark.parametrize(
    ("account", "new", "said"),
    [
        ("nobody@people.example.org", NEW, "No account has this address."),
        ("alice-amadi@people.example.org", "bob-brandt@people.example.org", "This address belongs to another account."),
        ("alice-amadi@people.example.org", "Alice-Amadi@people.example.org", "This is the address the account has now."),
    ],
)
def test_proposal_says_what_is_wrong_beside_the_form(client, alice, bob, staff, sure, account, new, said):
    client.force_login(staff)

    page = client.post(reverse("admin:ambassadors_addressrecovery_add"), {"account": account, "new_address": new, "reason": "x"})

    assert said in page.content.decode()
    assert not AddressRecovery.objects.exists()


def test_old_address_stops_it_before(client, alice, staff, second):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    workflow.approve(recovery, by=second)
    confirm = link("recovery_opened")

    client.post(link("recovery_proposed"))

    recovery.refresh_from_db()
    assert recovery.status == "objected"
    assert client.get(confirm).status_code == 410
    assert main_address(alice) == ["alice-amadi@people.example.org", ("alice-amadi@people.example.org", True, True)]


def test_old_address_undoes_it_afterwards_and_shuts_the_intruder_out(client, alice, staff, second):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    workflow.approve(recovery, by=second)
    workflow.send_code(recovery)
    assert workflow.confirm(recovery, newest_code())
    intruder = type(client)()
    alice.refresh_from_db()
    intruder.force_login(alice)
    assert intruder.get(reverse("settings:home")).status_code == 200

    client.post(link("recovery_done"))

    assert intruder.get(reverse("settings:home")).status_code == 302
    assert main_address(alice) == ["alice-amadi@people.example.org", ("alice-amadi@people.example.org", True, True)]
    assert not alice.has_usable_password()
    assert AddressRecovery.objects.get().status == "reverted"


def test_after_thirty_days_the_old_address_undoes_nothing(client, alice, staff, second):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    workflow.approve(recovery, by=second)
    workflow.send_code(recovery)
    workflow.confirm(recovery, newest_code())

    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        response = client.post(link("recovery_done"))

    assert response.status_code == 410
    assert main_address(alice)[0] == NEW


def test_code_of_a_recovery_takes_three_guesses(client, alice, staff, second):
    recovery = workflow.propose(alice, NEW, "She rang us.", by=staff)
    workflow.approve(recovery, by=second)
    workflow.send_code(recovery)
    code = newest_code()
    for _ in range(3):
        assert client.post(link("recovery_opened"), {"code": "AAAA-AAAA"}).status_code == 200

    client.post(link("recovery_opened"), {"code": code})

    assert AddressRecovery.objects.get().status == "approved"


def test_old_address_reads_no_more_of_the_new_one_than_its_owner_needs(alice, staff):
    workflow.propose(alice, NEW, "She rang us.", by=staff)

    message = message_for(OutgoingMail.objects.get(kind="recovery_proposed"))

    assert "a…@new.example.org" in message.body
    assert NEW not in message.body
