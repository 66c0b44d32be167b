"""The one way out for mail: a row in the caller's transaction now, the rendering and sending by a worker later."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from correspondence import delivery
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from foundation.breaker import Breaker

if TYPE_CHECKING:
    from ambassadors.models import User

logger = logging.getLogger(__name__)

# Longer than a task may run (CELERY_TASK_TIME_LIMIT): when it has run out, the worker that held it is gone.
LEASE = timedelta(minutes=6)
AT_ONCE = timedelta(0)
hand_over = delivery.hand_over
broker = Breaker()


def post(
    kind: str, person: User | None, *, key: str, address: str = "", wait: timedelta = AT_ONCE, **about: Any
) -> OutgoingMail | None:
    """Put one mail into the outbox, and return its row, or None when a mail with this key is there already. It leaves after `wait`.

    `about` holds ids and plain values, never rendered text or tokens: they are read again when the mail is sent.
    The same key posts nothing, so callers may be retried.
    """
    if kind not in kinds:
        raise LookupError(f"There is no kind of mail called {kind!r}.")
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=key, defaults={"kind": kind, "person": person, "address": address, "about": about, "due_at": timezone.now() + wait}
    )
    if not is_new:
        return None
    # The decision is saved whether or not the broker answers: the sweep finds a row that nobody was told of.
    if not wait:
        transaction.on_commit(partial(tell_workers, [mail.pk]), robust=True)
    return mail


def post_many(kind: str, people_ids: Iterable[int], *, key: str, wait: timedelta = AT_ONCE, **about: Any) -> int:
    """Put one mail to each of many people into the outbox and return how many are new; for the tasks that fan something out.

    Each row's key is `key` and the person, so the task may run twice. The number of queries grows by one a thousand people.
    """
    if kind not in kinds:
        raise LookupError(f"There is no kind of mail called {kind!r}.")
    posted, due_at = 0, timezone.now() + wait
    for batch in batched(people_ids, 1000):
        rows = [OutgoingMail(kind=kind, person_id=pk, key=f"{key}:{pk}", about=about, due_at=due_at) for pk in batch]
        posted += _insert(rows, at_once=not wait)
    return posted


def post_to_addresses(kind: str, addresses: Mapping[str, str], **about: Any) -> int:
    """Put one mail to each of up to a thousand addresses that have no account into the outbox, by key; return how many are new."""
    if kind not in kinds:
        raise LookupError(f"There is no kind of mail called {kind!r}.")
    return _insert([OutgoingMail(kind=kind, address=address, key=key, about=about) for key, address in addresses.items()])


def _insert(rows: list[OutgoingMail], *, at_once: bool = True) -> int:
    # Keys that are there already are left out by the database; whoever posts the same at the same time may win a row.
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    nonces = {row.nonce for row in rows}
    keys = [row.key for row in rows]
    new = list(OutgoingMail.objects.filter(key__in=keys, nonce__in=nonces).values_list("pk", flat=True))
    if at_once:
        transaction.on_commit(partial(tell_workers, new), robust=True)
    return len(new)


def deliver(mail_pk: int) -> None:
    """Send one mail if it is due and nobody else holds it. Doing it twice does no harm."""
    mail = OutgoingMail.objects.claim(mail_pk, lease=LEASE)
    if mail is not None:
        delivery.hand_over(mail)


def batched(items: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def tell_workers(mail_pks: Iterable[int]) -> None:
    """Have workers deliver these mails soon. When the broker does not answer, the next sweep does it.

    A frozen broker costs a second or two: having cost them once, it is not asked again for a while, so that a page which posts
    several mails does not wait for each.
    """
    from correspondence.tasks import deliver_mail  # deferred: tasks import this module

    ask_workers(deliver_mail, mail_pks)


def ask_workers(task: Any, keys: Iterable[int]) -> None:
    """Have workers run a task for each key soon, if the broker answers; whoever calls has a sweep that finds the row otherwise."""
    if not broker.worth_asking():
        return
    try:
        for pk in keys:
            task.delay(pk)
    except (OperationalError, OSError) as error:
        broker.failed()
        logger.warning("The broker does not answer (%s); the sweep will find what is to be done.", type(error).__name__)
    else:
        broker.answered()
