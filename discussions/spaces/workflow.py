"""How spaces begin, change, end and begin again."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.inbound.names import is_ours
from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole, Thread
from discussions.spaces.moves import CLOSE_REQUEST, END, END_BY_CLOCK, REOPEN
from foundation.models import Via
from foundation.workflow import apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ambassadors.models import User

RESERVED = frozenset({"new"})  # addresses of pages of ours
NAME_OF_OURS = gettext_lazy("Mail to an address of this name goes elsewhere. Give the space a name of two words or more.")
SLUG_ROOM = 55  # with eight letters more it is still short enough for what stands before the @ of a mail address
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


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
    headlines_only: bool = False,
    via: Via = Via.WEB,
) -> Space:
    """Begin a space, with `by` as its first leader. Topics are begun by the support team, micro-communities by any member.

    Raises PermissionDenied when `by` may not, ValidationError when the name or the purpose says nothing.
    """
    if not rules.may_begin_space(by, kind):
        raise PermissionDenied(_("Topics for the whole community are begun by the support team."))
    space = Space(kind=kind, openness=openness, outcome=outcome.strip(), starts_on=starts_on, ends_on=ends_on, started_by=by)
    space.name, space.purpose, space.headlines_only = *_said(name, purpose), headlines_only
    space.slug = _free_slug(space)
    space.save()
    SpaceRole.objects.create(space=space, person=by, role=SpaceRole.Role.LEADER)
    record("began a space", space, by=by, via=via)
    return space


@transaction.atomic
def edit_space(space: Space, *, by: User, via: Via = Via.WEB, **fields: Any) -> Space:
    """Change what a space says of itself, or who reads it. The history keeps which fields were changed, and no text.

    Raises PermissionDenied when `by` does not lead it, ValidationError when it would be opened to more readers than it was said to.
    """
    held = hold(space)
    if not rules.leads(by, held):
        raise PermissionDenied(_("A space is changed by those who lead it."))
    if "name" in fields or "purpose" in fields:
        fields["name"], fields["purpose"] = _said(fields.get("name", held.name), fields.get("purpose", held.purpose))
    if not may_be_read_by(held, fields.get("openness", held.openness)):
        raise ValidationError({"openness": _why_not_opened()})
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, fields[name])
    if changed:
        held.save(update_fields=changed)
        record("changed a space", held, by=by, via=via, note=", ".join(changed))
    return held


def may_be_read_by(space: Space, openness: str) -> bool:
    """Whether its readers may become these. What people said to few is not opened to all: only a space without threads is."""
    if openness == space.openness or openness != Space.Openness.OPEN:
        return not space.is_topic or openness == Space.Openness.OPEN
    return not Thread.objects.filter(space=space).exists()


def _why_not_opened() -> str:
    return _("What was said here was said to its people alone, so it cannot be opened to everybody. Begin a new, open one instead.")


@transaction.atomic
def end_space(space: Space, *, by: User, note: str, via: Via = Via.WEB) -> Space:
    """End it with a word on what came of it: from then on it is read, and nothing is added. Who waits to be let in is told so."""
    if not note.strip():
        raise ValidationError({"outcome_note": _("Say in a sentence or two what came of it: it is what people will find here.")})
    held = hold(space)
    apply(
        END, held, by=by, via=via, outcome_note=note.strip(), ended_at=timezone.now(), leader_wanted_at=None, unattended_since=None
    )
    _close_requests(held)
    return held


@transaction.atomic
def end_by_clock(space: Space) -> None:
    """End a micro-community in which nobody is left."""
    held = hold(space)
    apply(END_BY_CLOCK, held, by=None, via=Via.CLOCK, ended_at=timezone.now(), leader_wanted_at=None, unattended_since=None)
    _close_requests(held)


@transaction.atomic
def reopen_space(space: Space, *, by: User, via: Via = Via.WEB) -> Space:
    """Go on after all. The word on what came of it stays until it ends anew; a day of its end that is over is taken away."""
    held = hold(space)
    over = held.ends_on is not None and held.ends_on <= timezone.localdate()
    apply(REOPEN, held, by=by, via=via, ended_at=None, ends_on=None if over else held.ends_on, reminded_for=None)
    return held


def hold(space: Space) -> Space:
    """Read the space anew and keep it: who is in it is decided by one at a time, and its last leader stays. Readers are not held up."""
    held: Space = Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    return held


def _close_requests(space: Space) -> None:
    waiting: Iterable[SpaceRequest] = SpaceRequest.objects.waiting().filter(space=space).order_by("pk")
    for one in waiting:
        apply(CLOSE_REQUEST, one, by=None, via=Via.CLOCK, decided_at=timezone.now())


def may_be_called(name: str, openness: str) -> bool:
    """Whether a space may have this name, which becomes its mail address: none that leads elsewhere. A hidden one's has more letters."""
    return openness == Space.Openness.HIDDEN or not is_ours(slugify(name))


def _said(name: str, purpose: str) -> tuple[str, str]:
    name, purpose = " ".join(name.split()), purpose.strip()
    if not name or not purpose:
        raise ValidationError(_("A space needs a name and a purpose."))
    return name, purpose


def _free_slug(space: Space) -> str:
    """The address of a hidden one cannot be guessed, and no other's address tells that a hidden one has its name.

    Of two that come to be called the same at once, the constraint refuses the second.
    """
    base = slugify(space.name)[:SLUG_ROOM].strip("-") or "space"
    if space.openness == Space.Openness.HIDDEN:
        return f"{base}-{''.join(secrets.choice(LETTERS) for _place in range(8))}"
    taken = set(Space.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED  # unscoped: one's own
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
