"""What is said about mail from outside: to those who lead its space, and to whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.inbound.emails import threaded
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail
from discussions import rules
from discussions.plain_mail.held import waiting_in
from discussions.spaces.emails import space_of

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

NAMED = 5


def held_is_wanted(notice: OutgoingMail) -> bool:
    """Something waits still, and its reader leads the space now."""
    space = space_of(notice)
    return space is not None and rules.leads(notice.person, space) and waiting_in(space).exists()


def held_context(notice: OutgoingMail) -> dict[str, Any]:
    """How many wait and from whom; what they say is read on the page, for a stranger wrote it."""
    space = space_of(notice)
    assert space is not None  # noqa: S101  asked just before
    senders = list(waiting_in(space).values_list("sender", flat=True)[: NAMED + 1])
    return {
        "space": space.name,
        "number": waiting_in(space).count(),
        "senders": [sender or _("an unreadable address") for sender in senders[:NAMED]],
        "url": settings.SITE_URL + reverse("discussions:space-mail-list", args=[space.slug]),
    }


def held_sample() -> dict[str, Any]:
    """Two mails."""
    return {
        "space": _("School meals that children eat"),
        "number": 2,
        "senders": ["kitchen@school.example", "offers@shop.example"],
        "url": f"{settings.SITE_URL}/spaces/school-meals/held/",
    }


def mail_of(notice: OutgoingMail) -> InboundMail | None:
    """The mail from outside that the notice answers, while we have it."""
    return InboundMail.objects.filter(pk=notice.about["inbound"], raw__isnull=False).first()


def waits_is_wanted(notice: OutgoingMail) -> bool:
    """While it waits."""
    mail = mail_of(notice)
    return mail is not None and mail.is_held


def taken_in_is_wanted(notice: OutgoingMail) -> bool:
    """Once it was taken in."""
    mail = mail_of(notice)
    return mail is not None and mail.outcome == InboundMail.Outcome.POSTED


def sender_context(notice: OutgoingMail) -> dict[str, Any]:
    """Their own subject, and the address that they wrote to: of the space they are told no more than they knew."""
    mail = mail_of(notice)
    assert mail is not None  # noqa: S101  asked just before
    parsed = mail.parsed()
    return {"subject_of_mail": parsed.subject, "address": mail.recipient, "message_id": parsed.message_id}


def sender_sample() -> dict[str, Any]:
    """A kitchen that writes to a space."""
    return {
        "subject_of_mail": _("How do you count what is left on the plates?"),
        "address": f"school-meals@{settings.MAIL_DOMAIN}",
        "message_id": "",
    }


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context["url"])


kinds.add(
    "space_mail_held",
    Kind(
        name="space_mail_held",
        label=gettext_lazy("Mail from outside to a space that you lead"),
        description=gettext_lazy("When somebody from outside writes to the address of a space that you lead; once a day at most."),
        context=held_context,
        sample=held_sample,
        still_wanted=held_is_wanted,
        link=_link,
        placeholders=("space", "number", "url"),
        required=("url",),
        asks=True,
    ),
)
for _name, _label, _wanted in (
    ("space_mail_waits", gettext_lazy("Your mail to a space waits for its leaders"), waits_is_wanted),
    ("space_mail_taken_in", gettext_lazy("Your mail to a space was taken in"), taken_in_is_wanted),
):
    kinds.add(
        _name,
        Kind(
            name=_name,
            label=_label,
            context=sender_context,
            sample=sender_sample,
            still_wanted=_wanted,
            optional=False,
            even_inactive=True,
            headers=threaded,
            placeholders=("subject_of_mail", "address"),
        ),
    )
