"""The one mail that asks somebody to affirm the commitments again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.commitments.workflow import has_answered
from ambassadors.models import CommitmentsEdition
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail


def _is_open(mail: OutgoingMail) -> bool:
    """Asked when it is sent: a member who has not answered, and no newer edition asks for an answer of its own."""
    if mail.person is None or not mail.person.is_member:
        return False
    binding = CommitmentsEdition.objects.binding()
    return binding is not None and binding.pk == mail.about["edition"] and not has_answered(mail.person, binding)


def _context(mail: OutgoingMail) -> dict[str, Any]:
    edition = CommitmentsEdition.objects.get(pk=mail.about["edition"])
    return {
        "change": edition.change,
        "items": [str(item) for item in edition.items.all()],
        "url": settings.SITE_URL + reverse("ambassadors:commitments"),
    }


def _sample() -> dict[str, Any]:
    return {
        "change": _("The fourth one is new."),
        "items": [_("work in a way that others can learn from"), _("help where I can, in my own time")],
        "url": f"{settings.SITE_URL}/community/commitments/",
    }


kinds.add(
    "commitments_changed",
    Kind(
        name="commitments_changed",
        label=_("When our commitments change"),
        description=_("Once, when the commitments change in substance and you are asked to affirm them again."),
        context=_context,
        sample=_sample,
        still_wanted=_is_open,
        link=lambda mail, context: context["url"],
        placeholders=("change", "url"),
        required=("url",),
    ),
)
