"""Who runs the road of products: given and taken by superusers, with a line of history that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.workflow import record
from products.models import EditorDuty, Product

if TYPE_CHECKING:
    from ambassadors.models import User


def gives_duties(user: User) -> bool:
    """Superusers of the support team say who is an editor; being one of them makes nobody an editor."""
    return bool(user.is_active and user.is_staff and user.is_superuser)


@transaction.atomic
def give_duty(person: User, *, by: User, via: Via = Via.WEB) -> EditorDuty:
    """Let `person`, who is a member today, run the road of products."""
    _may(by)
    if not person.is_member:
        raise ValidationError(_("%(name)s is not a member today.") % {"name": person})
    duty, is_new = EditorDuty.objects.get_or_create(person=person)
    if is_new:
        record("made an editor of products", duty, by=by, via=via, about=person)
    return duty


@transaction.atomic
def release_from_duty(duty: EditorDuty, *, by: User, via: Via = Via.WEB) -> None:
    """Take the duty back; what they saw through is everybody's again. One editor at least remains."""
    _may(by)
    # All are held until the end, in order: two who are released at once would leave nobody.
    held = list(EditorDuty.objects.select_for_update(of=("self",)).select_related("person").order_by("pk"))
    if not any(other.person.is_member for other in held if other.pk != duty.pk):
        raise ValidationError(_("%(name)s is the last editor. Give somebody else the duty first.") % {"name": duty})
    record("released from being an editor of products", duty, by=by, via=via, about=duty.person)
    Product.objects.filter(editor=duty.person).update(editor=None)
    EditorDuty.objects.filter(pk=duty.pk).delete()


def _may(by: User) -> None:
    if not gives_duties(by):
        raise PermissionDenied(f"{by} may not say who is an editor")
