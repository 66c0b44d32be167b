"""Saying how much one wants to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Follow, Space, Thread

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def follow(thing: Thread | Space, *, by: User, level: str) -> None:
    """Let `by` hear of a thread, or of a whole space, as much as `level` says; with an empty one, as is usual.

    Raises PermissionDenied when they cannot read it, ValidationError for a level that does not exist.
    """
    if level and level not in Follow.Level.values:
        raise ValidationError(_("There is no such choice."))
    if not _readable(thing, by):
        raise PermissionDenied(_("Only those who can read it can follow it."))
    of_thing: dict[str, Any] = {"thread": thing} if isinstance(thing, Thread) else {"space": thing}
    if level:
        Follow.objects.update_or_create(person=by, **of_thing, defaults={"level": level}, create_defaults=_new(level))
    else:
        Follow.objects.visible_to(by).filter(**of_thing).delete()


def stop(follow_pk: int, *, by: User) -> bool:
    """Let `by` hear no more of something than is usual, whether or not they can still read it; False when there is nothing to stop."""
    return bool(Follow.objects.visible_to(by).filter(pk=follow_pk).delete()[0])


def _new(level: str) -> dict[str, Any]:
    return {"level": level, "since": timezone.now()}


def _readable(thing: Thread | Space, by: User) -> bool:
    rows: Any = Thread.objects.visible_to(by) if isinstance(thing, Thread) else Space.objects.read_by(by)
    return bool(rows.filter(pk=thing.pk).exists())
