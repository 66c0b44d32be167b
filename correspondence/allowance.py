"""Whether a mail may go to its recipient now. Every channel asks here: the worker before sending, and the digests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from correspondence.kinds import Kind, kinds
from correspondence.models import AddressHealth, MailPreference, OutgoingMail, WaitingDigest
from correspondence.models.outgoing import zone_of
from foundation.models import Community

if TYPE_CHECKING:
    from ambassadors.models import User

DIGEST_HOUR = time(7)


@dataclass(frozen=True)
class Known:
    """What one recipient has switched off, and whether optional mail to their address is held back: read once for many mails to them."""

    address: str
    off: frozenset[str]
    is_stopped: bool


def known_of(mail: OutgoingMail) -> Known:
    """Read it for the recipient of one mail."""
    said = MailPreference.objects.owned_by(mail.person, mail.address).filter(wanted=False)
    return Known(mail.recipient, frozenset(said.values_list("kind", flat=True)), AddressHealth.objects.stops(mail.recipient))


def refusal(mail: OutgoingMail, known: Known | None = None) -> str:
    """Say why this mail must not go out any more, or nothing when it may."""
    if mail.kind not in kinds:
        return "this kind of mail no longer exists"
    kind = kinds[mail.kind]
    if not mail.recipient:
        return "nobody to send it to"
    if mail.person and not mail.person.is_active and not kind.even_inactive:
        return "the account is closed"
    objection = _of_recipient(mail, known if known and known.address == mail.recipient else None) if kind.optional else ""
    return objection or _has_left(mail, kind) or ("" if kind.still_wanted(mail) else "no longer wanted")


def _of_recipient(mail: OutgoingMail, known: Known | None) -> str:
    wants = mail.kind not in known.off if known else MailPreference.objects.wants(mail.kind, mail.person, mail.address)
    if not wants:
        return "switched off by the recipient"
    is_stopped = known.is_stopped if known else AddressHealth.objects.stops(mail.recipient)
    return "mail to this address is paused: something came back from it" if is_stopped else ""


def _has_left(mail: OutgoingMail, kind: Kind) -> str:
    """Whoever has left hears no more of what goes on here; whoever is pausing is asked for nothing."""
    standing = getattr(getattr(mail.person, "ambassador", None), "status", "") if kind.optional or kind.asks else ""
    if kind.optional and standing in {"alumni", "removed"} and not (mail.person and mail.person.is_staff):
        return "the person has left"
    return "the person is pausing" if kind.asks and standing == "paused" else ""


def take_a_place(mail: OutgoingMail) -> bool:
    """Give the mail a place in its recipient's day, or let it wait for the digest and return False.

    Two workers may hold mails to one person: they count one after the other, under the lock of that person's row.
    """
    kind = kinds[mail.kind]
    if mail.person is None or not kind.unasked:
        return True
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=mail.person.pk)
        held = OutgoingMail.objects.held_by(mail)
        if _has_a_place(mail, kind):
            return held.update(counted_on=mail.today) == 1
        if held.update(state="waiting", lease_until=None, counted_on=None, attempts=0):
            _tell_tomorrow(mail.person)
        return False


def next_digest_moment(person: User) -> datetime:
    """Seven in the morning of the person's next day."""
    zone = zone_of(person)
    return datetime.combine(timezone.localdate(timezone=zone) + timedelta(days=1), DIGEST_HOUR, zone)


def _has_a_place(mail: OutgoingMail, kind: Kind) -> bool:
    """What gathers many always has one; that of what waited is kept free on the day when it is due."""
    if kind.gathers:
        return True
    others = OutgoingMail.objects.filter(person=mail.person, counted_on=mail.today).exclude(pk=mail.pk)
    end_of_day = datetime.combine(mail.today + timedelta(days=1), time.min, zone_of(mail.person))
    kept_free = WaitingDigest.objects.filter(person=mail.person, due_at__lt=end_of_day).count()
    return others.count() + kept_free < Community.current().mails_a_day


def _tell_tomorrow(person: User) -> None:
    moment = next_digest_moment(person)
    _, is_new = WaitingDigest.objects.get_or_create(person=person, defaults={"due_at": moment})
    if not is_new:
        WaitingDigest.objects.filter(person=person, due_at=None).update(due_at=moment)


def now_waits_no_more(digest: WaitingDigest) -> bool:
    """Claim a due digest by taking its date away; False when another worker was quicker."""
    won = WaitingDigest.objects.filter(pk=digest.pk, due_at=digest.due_at, due_at__lte=timezone.now()).update(due_at=None)
    return won == 1
