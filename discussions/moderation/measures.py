"""Warning, pausing and removing a person: one of the support team proposes, another agrees, and a third decides about an appeal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import User
from ambassadors.rules import is_support
from ambassadors.workflow import standing
from correspondence import outbox
from discussions.models import Measure
from foundation import tokens
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from foundation.models import Token

S, Kind = Measure.Status, Measure.Kind
LONGEST_PAUSE = timedelta(days=180)
TIME_TO_APPEAL = timedelta(days=60)


def may_propose(user: User | None, person: User) -> bool:
    """The support team, about a member who is none of it and not themselves."""
    return is_support(user) and user is not None and user.pk != person.pk and person.is_member and not person.is_staff


def may_agree(user: User | None, measure: Measure) -> bool:
    """Another one of the support team than who proposed it."""
    return is_support(user) and user is not None and user.pk not in {measure.proposed_by_id, measure.person_id}


def may_answer(user: User | None, measure: Measure) -> bool:
    """A third one, who had no part in it."""
    return may_agree(user, measure) and user is not None and user.pk != measure.agreed_by_id


def _may_still_appeal(token: Token) -> bool:
    measure = token.subject
    return isinstance(measure, Measure) and measure.status == S.IN_FORCE and measure.appealed_at is None


APPEAL_LINK = tokens.Purpose("appeal", TIME_TO_APPEAL, _may_still_appeal)
AGREE = Transition("agreed to a measure", frozenset({S.PROPOSED}), S.IN_FORCE, may_agree)
DROP = Transition("dropped a measure", frozenset({S.PROPOSED}), S.DROPPED, lambda user, measure: is_support(user))
END = Transition("the pause is over", frozenset({S.IN_FORCE}), S.ENDED, anybody)
LIFT = Transition("lifted a measure after an appeal", frozenset({S.IN_FORCE}), S.LIFTED, may_answer)


@transaction.atomic
def propose(person: User, kind: str, *, by: User, reason: str, until: date | None = None, via: Via = Via.WEB) -> Measure:
    """Propose to warn, pause or remove somebody, and ask the rest of the support team for a second person."""
    if not may_propose(by, person):
        raise PermissionDenied(_("Somebody of the support team proposes this, about a member who is none of it."))
    if not reason.strip():
        raise ValidationError(_("Give the reason: the person reads it."))
    today = timezone.localdate()
    if kind == Kind.PAUSE and (until is None or not today < until <= today + LONGEST_PAUSE):
        raise ValidationError(_("Choose the last day of the pause, within half a year."))
    measure = _created(person, kind, by, reason.strip(), until if kind == Kind.PAUSE else None)
    record("proposed a measure", measure, by=by, via=via, after=measure.status)
    others = User.objects.support_team().exclude(pk=by.pk).values_list("pk", flat=True)
    outbox.post_many("measure_proposed", others, key=f"measure-proposed:{measure.pk}", measure=measure.pk)
    return measure


def _created(person: User, kind: str, by: User, reason: str, until: date | None) -> Measure:
    try:
        with transaction.atomic():
            return Measure.objects.create(person=person, kind=kind, reason=reason, until=until, proposed_by=by)
    except IntegrityError as error:  # a colleague proposed one at the same moment
        raise ValidationError(_("Something is proposed about this person already. Look at that first.")) from error


@transaction.atomic
def agree(measure: Measure, *, by: User, via: Via = Via.WEB) -> None:
    """Agree as the second one. It is in force from now on, and the person is told why and how to appeal."""
    apply(AGREE, measure, by=by, via=via, about=measure.person, agreed_by=by, agreed_at=timezone.now())
    if measure.kind == Kind.REMOVAL:
        standing.remove(measure.person.ambassador, by=by, agreed=measure.proposed_by, reason=measure.reason, via=via)
    elif measure.kind == Kind.PAUSE:
        standing.close_account(measure.person)
    link = tokens.issue(APPEAL_LINK, subject=measure, person=measure.person, by=by)
    outbox.post("measure_taken", measure.person, key=f"measure-taken:{measure.pk}", measure=measure.pk, token=link.pk)


def drop(measure: Measure, *, by: User, via: Via = Via.WEB) -> None:
    """Let it be. The person never hears of it."""
    apply(DROP, measure, by=by, via=via)


@transaction.atomic
def appeal(measure: Measure, words: str, *, via: Via = Via.WEB) -> None:
    """Say, as the person it is about, why it is wrong. Others of the support team than the two are asked to decide."""
    if not words.strip():
        raise ValidationError(_("Say in your own words what we should know."))
    # Of two appeals at once, by the page and by mail, the first one counts.
    fresh = Measure.objects.filter(pk=measure.pk, status=S.IN_FORCE, appealed_at=None)
    if not fresh.update(appeal=words.strip()[:5000], appealed_at=timezone.now()):
        raise TransitionRefused(f"{measure} takes no appeal now")
    measure.refresh_from_db()
    record("appealed against a measure", measure, by=measure.person, via=via, about=measure.person)
    team = User.objects.support_team()
    third = [one.pk for one in team if may_answer(one, measure)] or [one.pk for one in team]
    outbox.post_many("measure_appealed", third, key=f"measure-appealed:{measure.pk}", measure=measure.pk)


@transaction.atomic
def answer(measure: Measure, *, by: User, lifts: bool, words: str, via: Via = Via.WEB) -> None:
    """Decide about the appeal as somebody who had no part in it, and tell the person in words of one's own."""
    if not may_answer(by, measure):
        raise PermissionDenied(_("Somebody decides about this who had no part in it."))
    if not words.strip():
        raise ValidationError(_("Write to the person how you decided, and why."))
    fields = {"answer": words.strip(), "answered_by": by, "answered_at": timezone.now()}
    if not Measure.objects.appealed().filter(pk=measure.pk, status=S.IN_FORCE).update(**fields):
        raise TransitionRefused(f"{measure} waits for no answer")
    if lifts:
        apply(LIFT, measure, by=by, via=via, about=measure.person)
        _undo(measure, by=by, via=via)
    else:
        record("kept a measure after an appeal", measure, by=by, via=via, about=measure.person)
    outbox.post("measure_answered", measure.person, key=f"measure-answered:{measure.pk}", measure=measure.pk)


def _undo(measure: Measure, *, by: User, via: Via) -> None:
    if measure.kind == Kind.REMOVAL:
        standing.reinstate(measure.person.ambassador, by=by, via=via)
    elif measure.kind == Kind.PAUSE:
        standing.open_account(measure.person)


def end_pauses() -> int:
    """Open the house again to those whose pause is over, and say so. Two clocks do no harm."""
    return sum(_end(measure) for measure in Measure.objects.over_on(timezone.localdate()).select_related("person")[:500])


@transaction.atomic
def _end(measure: Measure) -> int:
    try:
        apply(END, measure, by=None, via=Via.CLOCK, about=measure.person)
    except TransitionRefused:  # lifted, or ended by another clock, a moment ago
        return 0
    if not _is_still_shut_out(measure):
        standing.open_account(measure.person)
        outbox.post("measure_over", measure.person, key=f"measure-over:{measure.pk}", measure=measure.pk)
    return 1


def _is_still_shut_out(measure: Measure) -> bool:
    """By another pause, or because they have been removed, or have left for good, in the meantime."""
    others = Measure.objects.filter(person=measure.person_id, kind=Kind.PAUSE, status=S.IN_FORCE).exclude(pk=measure.pk)
    ambassador = getattr(measure.person, "ambassador", None)
    return others.exists() or ambassador is None or ambassador.status == "removed"
