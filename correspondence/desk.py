"""What mail lays on the support team's desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.models import OutgoingMail
from foundation.desk import DeskCard, desk

if TYPE_CHECKING:
    from ambassadors.models import User


@desk.register("mail that waits for a person")
def stuck_mail(person: User) -> Iterable[DeskCard]:
    """One card for all mails of which nobody knows whether they arrived, and one for those that were refused."""
    if not person.is_staff:
        return []
    stuck = OutgoingMail.objects.visible_to(person).counted_by_state("unknown", "failed")
    cards = []
    if stuck.get("unknown"):
        cards.append(
            _card("unknown", ngettext("%d mail may have arrived", "%d mails may have arrived", stuck["unknown"]), stuck["unknown"])
        )
    if stuck.get("failed"):
        cards.append(_card("failed", ngettext("%d mail was refused", "%d mails were refused", stuck["failed"]), stuck["failed"]))
    return cards


def _card(state: str, title: str, number: int) -> DeskCard:
    texts = {
        "unknown": _("The connection broke while they were handed over. Say whether they arrived, or send them again."),
        "failed": _("The mail server will not take them. Read what it says, mend what can be mended, and try again."),
    }
    url = f"{reverse('admin:correspondence_outgoingmail_changelist')}?state__exact={state}"
    return DeskCard(title=title % number, text=texts[state], url=url, action=_("Look at them"), weight=0)
