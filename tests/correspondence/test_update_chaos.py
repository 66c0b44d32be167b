"""The clock killed with SIGKILL while an Update goes out: afterwards each reader has it exactly once, or its row says "unknown"."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.models import OutgoingMail, Subscription, Update
from correspondence.update import workflow
from foundation.models import Community
from tests import make
from tests.correspondence.test_chaos import SPARE, finish, server, verdict, workers

__all__ = ["server", "workers"]
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
STRIDE = 17  # every seventeenth step: the send itself is killed at each one in test_chaos.py


def scheduled(staff) -> Update:
    """One whose time came a moment ago, with a link that the clock has to look at."""
    update = Update(title="A letter", slug="a-letter", opening='<p><a href="/subscribe/">Hand it on.</a></p>')
    workflow.keep(update, by=staff)
    workflow.schedule(update, at=timezone.now() + timedelta(hours=1), zone="UTC", by=staff)
    Update.objects.filter(pk=update.pk).update(send_at=timezone.now() - timedelta(minutes=1))
    return update


@pytest.mark.row("R8")
def test_a_clock_killed_while_an_update_goes_out(server, workers):
    Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=3)
    staff, alice = make.person("Sam Staff", is_staff=True), make.ambassador("Alice Amadi")
    Subscription.objects.create(address="noor@elsewhere.example", status="confirmed", confirmed_at=timezone.now())
    readers = sorted([staff.email, alice.email, "noor@elsewhere.example"])
    ends: Counter[str] = Counter()
    killed = 0
    for crash_at in range(3, SPARE, STRIDE):
        OutgoingMail.objects.all().delete()
        Update.objects.all().delete()
        server.taken.clear()
        update = scheduled(staff)

        end, _steps = workers("send_due", crash_at)
        finish(workers, "send_due")

        mails = list(OutgoingMail.objects.filter(kind="update").select_related("person"))
        assert sorted(mail.recipient for mail in mails) == readers
        ends.update(verdict(mail, server) for mail in mails)
        update.refresh_from_db()
        assert (update.status, update.posted) == ("sent", 3)
        if end == "ended":
            break
        killed += 1

    print(f"{killed} kills: {dict(ends)}")  # noqa: T201  the counts, for who runs it with -rP
    assert killed > 6
    assert ends.keys() <= {"sent, taken 1 times", "unknown, taken 0 times", "unknown, taken 1 times"}
    assert ends["sent, taken 1 times"] > 2 * killed
