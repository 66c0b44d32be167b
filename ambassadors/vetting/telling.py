"""Whom the team tells of a case: always asked of the rows themselves, so that nobody hears of a case they have nothing to do with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.models import Nomination, User, VettingDuty
from correspondence import outbox

if TYPE_CHECKING:
    from collections.abc import Iterator


def leads_of(nomination: Nomination) -> Iterator[User]:
    """The vetting leads who have not stepped back from the case, and did not nominate the person."""
    for duty in VettingDuty.objects.leads().select_related("person"):
        if Nomination.objects.led_by(duty.person).filter(pk=nomination.pk).exists():
            yield duty.person


def tell_leads(why: str, nomination: Nomination, *, key: str) -> None:
    """Tell the leads by mail what they should look at; `why` is one of the words of the mail `vetting_escalated`."""
    for lead in leads_of(nomination):
        mail_key = f"vetting-escalated:{why}:{key}:{lead.pk}"
        outbox.post("vetting_escalated", lead, key=mail_key, nomination=nomination.pk, why=why)
