"""How an Update reaches each mailbox once.

The clock lets it begin, then a row of the outbox is posted for each reader, a thousand at a time. A row's key names the Update and the
reader: a worker that was killed is followed by one which posts the rest, and two at once post nothing twice. It ends when nobody is left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from correspondence import outbox, preferences
from correspondence.models import OutgoingMail, Subscription, Update
from correspondence.querysets_update import SubscriptionQuerySet
from correspondence.update import workflow
from correspondence.update.registry import readers
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

KIND = "update"


def send_what_is_due() -> int:
    """Let begin what is due, and bring what is under way to its end; return how many mails were posted."""
    for update in Update.objects.due(timezone.now()).with_parts():
        workflow.begin(update)
    return sum(_bring_to_its_end(update) for update in Update.objects.under_way())


def people() -> Iterator[int]:
    """The keys of all people with an account who want it, each once."""
    told: set[int] = set()
    unwilling = preferences.who_switched_off(KIND)
    for group in readers:
        for pk in group().exclude(pk__in=unwilling).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000):
            if pk not in told:
                told.add(pk)
                yield pk


def member_addresses() -> QuerySet[Any, Any]:
    """Every address of those with an account who would get it, whether or not they want it."""
    groups = [Q(user__in=group().values("pk")) for group in readers]
    found: QuerySet[Any, Any] = EmailAddress.objects.filter(reduce(or_, groups, Q(pk=None)))
    return found


def subscribers() -> SubscriptionQuerySet:
    """The confirmed subscriptions whose address is no member's: a member gets it as such, or has said no."""
    same = member_addresses().filter(email=OuterRef("address"))  # both are kept in small letters
    found: SubscriptionQuerySet = Subscription.objects.confirmed().filter(~Exists(same))
    return found


def how_many() -> tuple[int, int]:
    """How many people with an account would get it now, and how many subscribers."""
    return sum(1 for _person in people()), subscribers().count()


def _bring_to_its_end(update: Update) -> int:
    posted = 0
    for post in _batches(update):
        if not _may_go_on(update):
            return posted
        with transaction.atomic():  # the count moves with the rows that it counts
            new = post()
            Update.objects.filter(pk=update.pk).update(posted=F("posted") + new)
        posted += new
    _take_up_dropped(update)
    try:
        workflow.end(update)
    except TransitionRefused:  # another clock has brought it there, or it was stopped
        logger.info("Update %s has moved on.", update.pk)
    return posted


def _take_up_dropped(update: Update) -> None:
    """Queue again what workers dropped while it stood still; what is still not wanted they drop again."""
    # Here and not as it goes on: a worker may just then hold a mail for which it has read that the Update stands still.
    dropped = OutgoingMail.objects.filter(key__startswith=f"{update.mail_key}:", state="unwanted", answer="no longer wanted")
    dropped.update(state="queued", answer="", attempts=0, due_at=timezone.now())


def _may_go_on(update: Update) -> bool:
    """Whether it still stands as it should: somebody may have pressed Stop, or closed what it leads to."""
    now = Update.objects.under_way().with_parts().filter(pk=update.pk).first()
    return now is not None and workflow.is_still_fit(now)


def _batches(update: Update) -> Iterator[Callable[[], int]]:
    """The posts of a thousand each that bring it to everybody; what was posted before is not posted again."""
    for keys in outbox.batched(people(), 1000):
        yield partial(outbox.post_many, KIND, keys, key=update.mail_key, update=update.pk)
    found = subscribers().order_by("pk").values_list("pk", "address").iterator(chunk_size=1000)
    for pairs in _in_thousands(found):
        addresses = {f"{update.mail_key}:subscription:{pk}": address for pk, address in pairs}
        yield partial(outbox.post_to_addresses, KIND, addresses, update=update.pk)


def _in_thousands(rows: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    batch: list[tuple[int, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 1000:
            yield batch
            batch = []
    if batch:
        yield batch
