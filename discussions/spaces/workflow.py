"""How spaces begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from discussions.models import Space, SpaceRole
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def start_space(
    *,
    by: User,
    name: str,
    purpose: str,
    kind: str = Space.Kind.MICRO,
    openness: str = Space.Openness.OPEN,
    outcome: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    via: Via = Via.WEB,
) -> Space:
    """Begin a space, with `by` as its first leader. Topics are begun by the support team, micro-communities by any member.

    Raises PermissionDenied when `by` may not, ValidationError when the name or the purpose says nothing.
    """
    if not by.is_member or (kind == Space.Kind.TOPIC and not by.is_staff):
        raise PermissionDenied(_("Topics for the whole community are begun by the support team."))
    if not name.strip() or not purpose.strip():
        raise ValidationError(_("A space needs a name and a purpose."))
    space = Space(kind=kind, openness=openness, name=name.strip(), purpose=purpose.strip(), outcome=outcome.strip(), started_by=by)
    space.starts_on, space.ends_on, space.slug = starts_on, ends_on, _free_slug(name)
    space.save()
    SpaceRole.objects.create(space=space, person=by, role=SpaceRole.Role.LEADER)
    record("began a space", space, by=by, via=via)
    return space


def _free_slug(name: str) -> str:
    """Of two that come to be called the same at once, the constraint refuses the second."""
    base = slugify(name)[:60].strip("-") or "space"
    taken = set(Space.objects.filter(slug__startswith=base).values_list("slug", flat=True))  # unscoped: addresses are one's own
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
