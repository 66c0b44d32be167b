"""What an archive holds of mail that went out and of who wants which, and what erasing a person leaves of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from correspondence.health import privacy as health_privacy  # noqa: F401  the section of mail that came back
from correspondence.inbound import privacy  # noqa: F401  the section of mail that came in
from correspondence.kinds import kinds
from correspondence.models import DigestChoice, MailPreference, OutgoingMail, Subscription, WaitingDigest
from correspondence.update import subscribing
from foundation.own_sections import addresses_of
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def mail_to_them(person: User) -> Iterable[Record]:
    """The envelopes of mail to the person. Its words were made when it was sent and are kept nowhere."""
    for mail in OutgoingMail.objects.filter(_to(person)).order_by("pk").iterator(chunk_size=500):
        yield {
            "kind": str(kinds[mail.kind].label) if mail.kind in kinds else mail.kind,
            "to": mail.recipient,
            "asked for at": mail.created_at,
            "sent at": mail.sent_at,
            "state": mail.get_state_display(),
        }


def forget_mail_to_them(person: User) -> None:
    """Nothing goes out any more, and nothing says what went out."""
    OutgoingMail.objects.filter(_to(person)).delete()
    WaitingDigest.objects.filter(person=person).delete()


def what_they_want(person: User) -> Iterable[Record]:
    """Which kinds of mail they said yes or no to."""
    for said in MailPreference.objects.filter(_to(person)).order_by("pk"):
        label = str(kinds[said.kind].label) if said.kind in kinds else said.kind
        yield {"kind": label, "wanted": said.wanted, "said at": said.changed_at}
    for choice in DigestChoice.objects.visible_to(person):
        yield {
            "digest": choice.frequency,
            "weekday": choice.weekday,
            "day": choice.day,
            "hour": choice.hour,
            "amount": choice.amount,
        }


def forget_what_they_want(person: User) -> None:
    """Preferences go with the person."""
    MailPreference.objects.filter(_to(person)).delete()
    DigestChoice.objects.filter(person=person).delete()


def subscriptions_of(person: User) -> Iterable[Record]:
    """The Update, asked for from one of their addresses without signing in."""
    for one in Subscription.objects.filter(address__in=addresses_of(person)).order_by("pk"):
        yield {"address": one.address, "asked at": one.asked_at, "confirmed at": one.confirmed_at}


def forget_subscriptions(person: User) -> None:
    """They go with the person."""
    for one in Subscription.objects.filter(address__in=addresses_of(person)):
        subscribing.forget(one)


def _to(person: User) -> Q:
    return Q(person=person) | Q(address__in=addresses_of(person))


sections.add(
    "mail sent to you",
    Section(
        _("Mail we sent you"),
        mail_to_them,
        forget_mail_to_them,
        weight=30,
        models=("correspondence.OutgoingMail", "correspondence.WaitingDigest"),
        text=_("Which kind of mail went to you and when. The words are not kept; what was mailed lies in your own mailbox."),
    ),
)
sections.add(
    "mail preferences",
    Section(
        _("Which mail you want"),
        what_they_want,
        forget_what_they_want,
        weight=31,
        models=("correspondence.MailPreference", "correspondence.DigestChoice"),
    ),
)
sections.add(
    "subscriptions",
    Section(
        _("The Update, asked for by an address of yours"),
        subscriptions_of,
        forget_subscriptions,
        weight=29,
        models=("correspondence.Subscription",),
    ),
)
exempt.add("correspondence.Update", "the community's own letter to everybody: who wrote it is in the history")
exempt.add("correspondence.UpdatePart", "a passage of that letter; people in it are read live from their public profile")
exempt.add("correspondence.MailText", "the community's own wording of its mails, with nobody in it")
