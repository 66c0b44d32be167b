import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from foundation.models import HistoryEntry, Via
from foundation.workflow import record


@pytest.mark.row("R24")
@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="nothing"), lambda rows: rows.delete()], ids=["update", "delete"])
def test_history_refuses_change_by_the_database_itself(alice, change):
    entry = record("greeted", alice.ambassador, by=alice, via=Via.MAIL)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(HistoryEntry.objects.filter(pk=entry.pk))

    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.via) == (alice, "greeted", "mail")


def test_history_lets_a_pseudonym_take_the_place_of_a_name(alice):
    entry = record("greeted", alice.ambassador, by=alice)

    HistoryEntry.objects.filter(pk=entry.pk).update(actor=None, actor_name="a former member")

    entry.refresh_from_db()
    assert (entry.actor, entry.actor_name) == (None, "a former member")


@pytest.mark.row("R24")
def test_everybody_sees_what_was_done_with_their_own_account_and_staff_the_rest(alice, bob, staff, monkeypatch):
    of_alice = record("changed the address", alice, by=staff, about=alice)
    of_staff = record("changed the address", staff, by=staff, about=staff)
    of_profile = record("greeted", bob.ambassador, by=alice)
    monkeypatch.setattr(type(bob.ambassador), "confidential_history", True, raising=False)

    seen = [set(HistoryEntry.objects.visible_to(reader)) for reader in (AnonymousUser(), alice, bob, staff)]

    assert seen == [set(), {of_alice}, set(), {of_alice, of_staff}]
    assert HistoryEntry.objects.filter(pk=of_profile.pk).exists()
