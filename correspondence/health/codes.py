"""The code by which somebody says that mail reaches them again: mailed to the very address that mail came back from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from correspondence import outbox
from correspondence.health import workflow
from correspondence.models import AddressHealth, OutgoingMail
from correspondence.models.outgoing import new_nonce
from foundation.secrecy import is_code

if TYPE_CHECKING:
    from ambassadors.models import User

KIND = "address_works_code"
PURPOSE = "address works"
CODES_AN_HOUR = 3
MOST_TRIES = 5


@transaction.atomic
def send(health: AddressHealth, *, to: User) -> bool:
    """Mail a new code to the address; False when enough were sent within the hour."""
    locked = AddressHealth.objects.select_for_update(no_key=True).stopped().filter(pk=health.pk).first()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if locked is None or OutgoingMail.objects.filter(person=to, kind=KIND, created_at__gte=an_hour_ago).count() >= CODES_AN_HOUR:
        return False
    nonce, now = new_nonce(), timezone.now()
    AddressHealth.objects.filter(pk=locked.pk).update(nonce=nonce, asked_at=now, tries=0)
    until = now + timedelta(seconds=settings.CODES_LAST)
    outbox.post(KIND, to, key=f"{KIND}:{nonce}", address=locked.address, nonce=nonce, until=until.isoformat())
    return True


def waits(health: AddressHealth) -> bool:
    """Whether a code is on its way that can still be typed."""
    young = health.asked_at is not None and timezone.now() < health.asked_at + timedelta(seconds=settings.CODES_LAST)
    return young and bool(health.nonce) and health.tries < MOST_TRIES


def typed(health: AddressHealth, code: str, *, by: User) -> bool:
    """Send mail to the address again when the code is the one that was mailed there; a wrong one is counted."""
    # Counted before it is looked at: whoever asks many times at once gets no more tries than one after the other.
    still = AddressHealth.objects.stopped().filter(pk=health.pk, nonce=health.nonce, tries__lt=MOST_TRIES)
    if not waits(health) or not still.update(tries=F("tries") + 1):
        return False
    return is_code(code, PURPOSE, health.nonce) and workflow.mended(health.address, by=by)
