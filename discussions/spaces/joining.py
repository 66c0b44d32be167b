"""How people come into a space: at once, by asking, by being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole
from discussions.spaces.moves import ACCEPT, DECLINE, TAKE_BACK
from discussions.spaces.roles import give, step_back
from discussions.spaces.workflow import hold
from foundation.models import Via
from foundation.workflow import apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

Role = SpaceRole.Role


@transaction.atomic
def join(space: Space, *, by: User, via: Via = Via.WEB) -> None:
    """Take part in an open micro-community from now on. Pressed twice, it is done once."""
    held = _known(space, by)
    if rules.roles_of(by, held):
        return
    if not rules.may_join(by, held):
        raise PermissionDenied(_("This micro-community lets in whom its leaders accept: ask to join it."))
    give(held, by, Role.PARTICIPANT, by=by, via=via, verb="joined the space")


@transaction.atomic
def ask_to_join(space: Space, *, by: User, role: str, words: str = "", via: Via = Via.WEB) -> SpaceRequest:
    """Ask its leaders to be let in as `role`, and return what waits; an invitation to that is accepted instead.

    Raises PermissionDenied when `by` may not know of it, ValidationError when there is nothing to ask for.
    """
    held = _known(space, by)
    waiting = _waiting(held, by, role)
    if waiting is not None:
        return accept(waiting, by=by, answer=words, via=via) if waiting.is_invitation else waiting
    if not rules.may_ask(by, held, role):
        raise ValidationError(_why_not(held))
    asked = SpaceRequest.objects.create(space=held, person=by, role=role, words=words.strip())
    record("asked to join", asked, by=by, via=via)
    for leader in leaders_of(held):
        outbox.post("space_request", leader, key=f"space-request:{asked.pk}:{leader.pk}", request=asked.pk)
    return asked


@transaction.atomic
def invite(
    space: Space, *, by: User, person: User, role: str, words: str = "", is_handover: bool = False, via: Via = Via.WEB
) -> SpaceRequest:
    """Ask somebody to be in it as `role`, and return what waits; what they asked for themselves is accepted instead.

    With `is_handover` they are asked to lead it, and `by` steps back when they accept. Raises PermissionDenied, or ValidationError when
    the person cannot be asked.
    """
    held = _known(space, by)
    role = Role.LEADER if is_handover else role
    if not rules.may_invite(by, held, role) or (is_handover and Role.LEADER not in rules.roles_of(by, held)):
        raise PermissionDenied(_("People are invited by those who lead the space."))
    waiting = _waiting(held, person, role)
    if waiting is not None:
        return waiting if waiting.is_invitation else accept(waiting, by=by, answer=words, via=via)
    _can_be_asked(held, person, role)
    asked = SpaceRequest.objects.create(
        space=held, person=person, role=role, words=words.strip(), is_invitation=True, invited_by=by, is_handover=is_handover
    )
    record("invited somebody", asked, by=by, via=via)
    outbox.post("space_invitation", person, key=f"space-invitation:{asked.pk}", request=asked.pk)
    return asked


@transaction.atomic
def accept(asked: SpaceRequest, *, by: User, answer: str = "", via: Via = Via.WEB) -> SpaceRequest:
    """Let somebody in who asked, or say yes to an invitation. Who asked is told.

    Raises PermissionDenied, TransitionRefused when it does not wait any more, ValidationError when the person has left the community.
    """
    asked.space = held = hold(asked.space)
    if held.has_ended or not asked.person.is_member:
        raise ValidationError(_("That came too late: the space has ended, or the person has left the community."))
    _decide(ACCEPT, asked, by=by, answer=answer, via=via)
    give(held, asked.person, asked.role, by=by, via=via, verb="came in")
    if asked.is_handover and asked.invited_by is not None:
        step_back(held, asked.invited_by, by=by, via=via)
    return asked


@transaction.atomic
def decline(asked: SpaceRequest, *, by: User, answer: str = "", via: Via = Via.WEB) -> SpaceRequest:
    """Say no to a request or an invitation, perhaps with a word. Who asked is told."""
    asked.space = hold(asked.space)
    _decide(DECLINE, asked, by=by, answer=answer, via=via)
    return asked


@transaction.atomic
def take_back(asked: SpaceRequest, *, by: User, via: Via = Via.WEB) -> SpaceRequest:
    """Take back what one asked, or an invitation. Nobody is told."""
    asked.space = hold(asked.space)
    apply(TAKE_BACK, asked, by=by, via=via, decided_at=timezone.now(), decided_by=by)
    return asked


def leaders_of(space: Space) -> list[User]:
    """Who leads a space now, in the order in which they came to it."""
    roles = SpaceRole.objects.of_members().leaders().filter(space=space).select_related("person").order_by("since", "pk")
    return [role.person for role in roles]


def _decide(move: Any, asked: SpaceRequest, *, by: User, answer: str, via: Via) -> None:
    apply(move, asked, by=by, via=via, answer=answer.strip(), decided_at=timezone.now(), decided_by=by)
    told = asked.invited_by if asked.is_invitation else asked.person
    if told is not None and told != by:
        outbox.post("space_answer", told, key=f"space-answer:{asked.pk}", request=asked.pk)


def _known(space: Space, by: User) -> Space:
    """The space under its lock. Whoever may not know of it is told the same as of one that never was."""
    held = hold(space)
    if not Space.objects.visible_to(by).filter(pk=space.pk).exists():
        raise PermissionDenied(_("There is no such space."))
    return held


def _waiting(space: Space, person: User, role: str) -> SpaceRequest | None:
    found: SpaceRequest | None = (
        SpaceRequest.objects.waiting().filter(space=space, person=person, role=role).select_related("person", "invited_by").first()
    )
    return found


def _why_not(space: Space) -> str:
    if space.is_topic:
        return _("A topic is for everybody: there is nothing to ask for.")
    if space.has_ended:
        return _("This space has ended, and takes nobody in any more.")
    return _("You have this role already.")


def _can_be_asked(space: Space, person: User, role: str) -> None:
    if not person.is_member:
        raise ValidationError({"person": _("Only active members of the community can be in a space.")})
    if role in rules.roles_of(person, space):
        raise ValidationError({"person": _("%(name)s has this role already.") % {"name": person}})
