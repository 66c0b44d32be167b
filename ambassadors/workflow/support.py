"""Who is of the support team."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import rules
from ambassadors.models import User
from foundation.models import Via
from foundation.workflow import record


@transaction.atomic
def take_into_support(person: User, *, by: User, via: Via = Via.WEB) -> None:
    """Make `person`, who can sign in, one of the support team. Those who may decide this are superusers."""
    if not rules.may_take_into_support(by, person):
        raise PermissionDenied(f"{by} may not take {person} into the support team")
    if User.objects.filter(pk=person.pk, is_staff=False, is_active=True).update(is_staff=True):
        record("taken into the support team", person, by=by, via=via, about=person)


@transaction.atomic
def release_from_support(person: User, *, by: User, via: Via = Via.WEB) -> None:
    """Let `person` go from the support team; the last superuser stays, so that somebody can still decide."""
    if not rules.may_release_from_support(by, person):
        raise PermissionDenied(f"{by} may not release {person} from the support team")
    # Two superusers may release each other at the same moment: all of them are locked, in order, before they are counted.
    supers = list(User.objects.select_for_update(no_key=True).filter(is_superuser=True, is_active=True).order_by("pk"))
    if [other.pk for other in supers] == [person.pk]:
        raise ValidationError(_("%s is the only one who can decide such things. Make somebody else one first.") % person)
    if User.objects.filter(pk=person.pk, is_staff=True).update(is_staff=False, is_superuser=False):
        record("released from the support team", person, by=by, via=via, about=person)
