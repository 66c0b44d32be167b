"""Who handles reports: given and taken by superusers, with a line of history that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.models import ConductDuty
from discussions.moderation import rules
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def give_duty(person: User, *, by: User, via: Via = Via.WEB) -> ConductDuty:
    """Let `person`, who is a member today, handle reports."""
    _may(by)
    if not person.is_member:
        raise ValidationError(_("%(name)s is not a member today.") % {"name": person})
    duty, is_new = ConductDuty.objects.get_or_create(person=person)
    if is_new:
        record("gave the duty to handle reports", duty, by=by, via=via, about=person)
    return duty


@transaction.atomic
def release_from_duty(duty: ConductDuty, *, by: User, via: Via = Via.WEB) -> None:
    """Take the duty back. One handler at least remains."""
    _may(by)
    # All are held until the end, in order: two who are released at once would leave nobody.
    held = list(ConductDuty.objects.select_for_update(of=("self",)).select_related("person").order_by("pk"))
    if not any(other.person.is_member for other in held if other.pk != duty.pk):
        raise ValidationError(
            _("%(name)s is the last one who handles reports. Give somebody else the duty first.") % {"name": duty}
        )
    record("released from handling reports", duty, by=by, via=via, about=duty.person)
    ConductDuty.objects.filter(pk=duty.pk).delete()


def _may(by: User) -> None:
    if not rules.gives_duties(by):
        raise PermissionDenied(f"{by} may not say who handles reports")
