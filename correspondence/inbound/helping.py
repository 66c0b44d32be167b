"""`help@`: a short mail about what one can do by mail, for members; for others, once a day, where the help of the community is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence import outbox
from correspondence.addresses import HELP, Letter, at_our_domain, in_answer_to, team_address
from correspondence.inbound.authentication import passes_dmarc
from correspondence.inbound.guide import HELP_WORDS, Chapter, Offer, chapters_for
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail, OutgoingMail
from foundation.secrecy import keyed_hash

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail

MEMBERS, STRANGERS = "help_by_mail", "help_for_strangers"
AN_HOUR = 5  # help mails to one member; a program that answers each of them is not answered without end
STRANGERS_A_DAY = 100
AROUND = " \t\u00a0.,;:!…\"'“”«»<>*_()[]"


def asks_for_help(parsed: ParsedMail) -> bool:
    """Whether the word for it stands alone in the mail, or in its subject where there are no words."""
    return (parsed.new_text.strip() or parsed.subject).strip(AROUND).casefold() in HELP_WORDS


def answer_help(delivery: Delivery) -> None:
    """Tell whoever asks. From alone proves nothing: a member is answered at their main address, a stranger only where the mail is proven."""
    proven = passes_dmarc(delivery.parsed)
    if delivery.person is not None:
        send_help(delivery, proven=proven)
    elif proven:
        _help_stranger(delivery)
    else:
        raise MailNotTaken(InboundMail.Reason.NOT_PROVEN, outcome=InboundMail.Outcome.IGNORED)


def send_help(delivery: Delivery, *, proven: bool = True) -> None:
    """Mail a member what they can do: at most once a day when anybody may have asked in their name, and a few times an hour else."""
    assert delivery.person is not None  # noqa: S101  callers ask
    key = delivery.mail.pk if proven else f"unproven:{timezone.now():%Y-%m-%d}"
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if OutgoingMail.objects.filter(person=delivery.person, kind=MEMBERS, created_at__gte=an_hour_ago).count() < AN_HOUR:
        answers = delivery.parsed.message_id if proven else ""
        outbox.post(MEMBERS, delivery.person, key=f"{MEMBERS}:{delivery.person.pk}:{key}", answers=answers)


def _help_stranger(delivery: Delivery) -> None:
    """Once a day and address; the key holds no address that somebody might have erased."""
    today = timezone.now() - timedelta(days=1)
    if OutgoingMail.objects.filter(kind=STRANGERS, created_at__gte=today).count() < STRANGERS_A_DAY:
        key = f"{STRANGERS}:{keyed_hash(STRANGERS, delivery.mail.sender)[:32]}:{timezone.now():%Y-%m-%d}"
        outbox.post(STRANGERS, None, address=delivery.mail.sender, key=key, answers=delivery.parsed.message_id)


def help_is_wanted(mail: OutgoingMail) -> bool:
    """While they are a member."""
    return mail.person is not None and bool(mail.person.is_member)


def help_context(mail: OutgoingMail) -> dict[str, Any]:
    """What there is for them at the moment of sending."""
    assert mail.person is not None  # noqa: S101  asked just before
    own = settings.SITE_URL + reverse("correspondence:own-address-list")
    return {"chapters": chapters_for(mail.person), "own_url": own, "team": team_address()}


def strangers_context(mail: OutgoingMail) -> dict[str, Any]:
    """Nothing but what stands on the public pages."""
    return {"contact_url": f"{settings.SITE_URL}/contact/"}


def headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """Below the mail that asked; an answer to it asks again."""
    return in_answer_to(mail.about.get("answers", "")) | {"Reply-To": at_our_domain(HELP)}


def help_sample() -> dict[str, Any]:
    """Two headings."""
    read = Offer("Read what is new to you", Letter("read+example@community.example.org", "Read: what is new"))
    begin = Offer("“Counting what matters”", Letter("space+example@community.example.org"))
    return {
        "chapters": [Chapter("Read", (read,)), Chapter("Begin a conversation", (begin,))],
        "own_url": "https://community.example.org/settings/mail/addresses/",
        "team": "team@community.example.org",
    }


def strangers_sample() -> dict[str, Any]:
    """The way to the public pages."""
    return {"contact_url": "https://community.example.org/contact/"}


kinds.add(
    MEMBERS,
    Kind(
        name=MEMBERS,
        label=_("What you can do by mail"),
        context=help_context,
        sample=help_sample,
        still_wanted=help_is_wanted,
        optional=False,
        headers=headers,
    ),
)
kinds.add(
    STRANGERS,
    Kind(
        name=STRANGERS,
        label=_("An answer to somebody who wrote to the help address"),
        context=strangers_context,
        sample=strangers_sample,
        optional=False,
        headers=lambda mail, context: headers(mail, context) | {"Reply-To": team_address()},
        placeholders=("contact_url",),
    ),
)
inbound.add(HELP, Door(answer_help, by_sender=True, wordless=True))
