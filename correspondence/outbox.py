"""The one way out for mail: a row in the caller's transaction now, the rendering and sending by a worker later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from correspondence.kinds import kinds
from correspondence.models import OutgoingMail

if TYPE_CHECKING:
    from ambassadors.models import User


def post(kind: str, person: User | None, *, key: str, address: str = "", **about: Any) -> OutgoingMail | None:
    """Put one mail into the outbox, and return its row, or None when a mail with this key is there already.

    `about` holds ids and plain values, never rendered text or tokens: they are read again when the mail is sent.
    The same key posts nothing, so callers may be retried.
    """
    if kind not in kinds:
        raise LookupError(f"There is no kind of mail called {kind!r}.")
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=key, defaults={"kind": kind, "person": person, "address": address, "about": about}
    )
    if not is_new:
        return None
    # The decision is saved whether or not the broker answers: the sweep finds a row that nobody was told of.
    transaction.on_commit(partial(_tell_a_worker, mail.pk), robust=True)
    return mail


def _tell_a_worker(mail_pk: int) -> None:
    from correspondence.tasks import deliver_mail  # deferred: tasks import this module

    deliver_mail.delay(mail_pk)
