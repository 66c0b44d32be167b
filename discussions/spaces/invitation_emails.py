"""The mail with which somebody is asked into a space: its answer, yes or no, is the answer to the invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import footers
from discussions.emails import answered_at
from discussions.footers import Footer
from discussions.spaces.emails import link_of, request_context, request_is_wanted, request_of, request_sample

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

PREFIX = "invited"


def _context(mail: OutgoingMail) -> dict[str, Any]:
    asked, context = request_of(mail), request_context(mail)
    assert asked is not None  # noqa: S101  asked just before
    address = at_our_domain(ReplyAddress.objects.of(PREFIX, asked.person, asked).local_part)
    answer = _("Your answer to this mail is your answer to the invitation: %(who)s gets it.") % {"who": context["who"]}
    return context | {"footer": Footer(answer, address)}


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the answer."""
    return answered_at(context["who"], context["footer"].local_part)


def _sample() -> dict[str, Any]:
    said = {"is_invitation": True, "is_accepted": False, "answer": "", "footer": footers.sample(alone="Amara Example")}
    return request_sample() | said


kinds.add(
    "space_invitation",
    Kind(
        name="space_invitation",
        label=gettext_lazy("Invitations to a space"),
        context=_context,
        sample=_sample,
        still_wanted=request_is_wanted,
        headers=_headers,
        link=link_of,
        placeholders=("space", "purpose", "who", "role", "rights", "words", "url"),
        required=("url",),
        asks=True,
    ),
)
