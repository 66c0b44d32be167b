"""How somebody without an account gets the Update: asked > confirmed, and gone whenever they say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from correspondence import outbox
from correspondence.models import MailPreference, OutgoingMail, Subscription
from correspondence.update.sending import KIND, member_addresses
from foundation.models import Via
from foundation.secrecy import address_token, fits, row_of
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

S = Subscription.Status
PURPOSE = "subscription"
UNCONFIRMED_KEPT, REFUSALS_KEPT = timedelta(days=7), timedelta(days=30)
ASKED_A_DAY = 200  # mails that we send to addresses which strangers typed

CONFIRM = Transition("confirmed", frozenset({S.ASKED}), S.CONFIRMED, anybody)


class TooManyMails(Exception):
    """No further mail goes to addresses that strangers typed today."""


@transaction.atomic
def ask(address: str) -> None:
    """Send the owner of an address a mail, whether or not it is known here: what the mail says depends on it, and nothing else does.

    One mail a day goes to an address, and its link works for seven days. Raises TooManyMails when very many were asked for.
    """
    address = address.strip().lower()
    if Subscription.objects.asked_today().count() >= ASKED_A_DAY:
        raise TooManyMails
    today = timezone.now().date()
    member = member_addresses().filter(email=address, verified=True).first()
    if member is not None:
        key = f"subscription-of-member:{member.pk}:{today}"
        outbox.post("subscription_asked", None, key=key, address=address, subscription=0)
        return
    subscription, is_new = Subscription.objects.get_or_create(address=address)
    if is_new:
        record("asked for", subscription, by=None)
    else:
        Subscription.objects.unconfirmed().filter(pk=subscription.pk).update(asked_at=timezone.now())
    key = f"subscription:{subscription.pk}:{today}"
    outbox.post("subscription_asked", None, key=key, address=address, subscription=subscription.pk)


@transaction.atomic
def confirm(subscription: Subscription) -> None:
    """The owner of the mailbox pressed the button. Pressing it twice is the same as once."""
    try:
        apply(CONFIRM, subscription, by=None, confirmed_at=timezone.now())
    except TransitionRefused:
        return
    MailPreference.objects.say(KIND, person=None, address=subscription.address, wanted=True)


@transaction.atomic
def forget(subscription: Subscription, *, via: Via = Via.WEB) -> None:
    """Delete all that is kept of this address: that it gets the Update, what was sent to it, and what it wants."""
    record("left", subscription, by=None, via=via)
    OutgoingMail.objects.filter(person=None, address=subscription.address, kind__in=[KIND, "subscription_asked"]).delete()
    MailPreference.objects.filter(person=None, address=subscription.address, kind=KIND).delete()
    subscription.delete()


def sent_to(subscription: Subscription) -> int:
    """How many Updates went to this address."""
    return OutgoingMail.objects.filter(person=None, address=subscription.address, kind=KIND, state="sent").count()


def purge() -> int:
    """Forget addresses that nobody confirmed, and who no longer wanted it; return how many."""
    now = timezone.now()
    unconfirmed = list(Subscription.objects.unconfirmed_since(now - UNCONFIRMED_KEPT).values_list("pk", flat=True)[:1000])
    forgotten = sum(_forget_unconfirmed(pk, since=now - UNCONFIRMED_KEPT) for pk in unconfirmed)
    refused = MailPreference.objects.filter(person=None, kind=KIND, wanted=False, changed_at__lt=now - REFUSALS_KEPT)
    return forgotten + refused.delete()[0]


@transaction.atomic
def _forget_unconfirmed(pk: int, *, since: datetime) -> bool:
    # Its owner may press the button at this moment: whoever comes second finds the row confirmed, or gone.
    found = Subscription.objects.unconfirmed_since(since).select_for_update().filter(pk=pk).first()
    if found is not None:
        forget(found, via=Via.CLOCK)
    return found is not None


def link_of(subscription: Subscription) -> str:
    """The address of the page that shows, confirms and deletes it; derived again whenever it is mailed."""
    token = address_token(PURPOSE, subscription.pk, subscription.nonce)
    return settings.SITE_URL + reverse("community:subscription-show", args=[token])


def subscription_of(token: str) -> Subscription | None:
    """Return the subscription that this link is of, or None."""
    pk = row_of(token)
    found = Subscription.objects.filter(pk=pk).first() if pk else None
    return found if found and fits(token, PURPOSE, found.pk, found.nonce) else None
