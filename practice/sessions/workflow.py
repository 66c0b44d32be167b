"""The road of a learning session: in preparation, open, closed. What it declares is said before the first invitation and stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, apply, record
from practice.models import Answer, InstrumentItem, LearningSession, Respondent, Sheet
from practice.results import counting
from practice.sessions.moves import ASK, CLOSE, NAME_AGAIN, OPEN, WITHDRAW, runs
from practice.sessions.pasted import Named

if TYPE_CHECKING:
    from ambassadors.models import User

S, R = LearningSession.Status, Respondent.Status
MOST_RESPONDENTS = 500
REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=3)


@transaction.atomic
def prepare(
    session: LearningSession, *, by: User, purpose: str, openness: str, modules: Iterable[InstrumentItem], due_on: date | None
) -> None:
    """Say why, what and until when. Once it is open only the day can move. Raises TransitionRefused, ValidationError."""
    held = _held(session, by)
    if held.status == S.CLOSED:
        raise TransitionRefused(f"{held} is closed")
    _refuse_past(due_on)
    if held.status == S.OPEN:
        LearningSession.objects.filter(pk=held.pk).update(due_on=due_on)
        record("moved the day of", held, by=by)
        return
    LearningSession.objects.filter(pk=held.pk).update(purpose=purpose, openness=openness, due_on=due_on)
    held.modules.set(modules)
    for one in held.respondents.all():
        one.modules.set([module for module in modules if module in set(one.modules.all())] or modules)


@transaction.atomic
def name_respondents(
    session: LearningSession, people: Sequence[Named], *, by: User, modules: Sequence[InstrumentItem] = (), note: str = ""
) -> list[Respondent]:
    """Name people who are to answer `modules` (all of the session's without). Those who are named already get these modules beside theirs.

    In a session that is open they are asked at once. Raises TransitionRefused once it is closed, ValidationError with too many.
    """
    held = _held(session, by)
    if held.status == S.CLOSED:
        raise TransitionRefused(f"{held} is closed")
    others = held.respondents.counted().exclude(address__in=[one.address for one in people])
    if others.count() + len(people) > MOST_RESPONDENTS:
        raise ValidationError(_("A session has %(most)s respondents at most.") % {"most": MOST_RESPONDENTS})
    chosen = list(modules) or list(held.modules.all())
    found = []
    for one in people:
        said = {"name": one.name, "group": one.group, "note": note}
        row, is_new = Respondent.objects.get_or_create(session=held, address=one.address, defaults=said)
        if not is_new and row.status == R.WITHDRAWN:
            apply(NAME_AGAIN, row, by=by, name=one.name, group=one.group, note=note)
        row.modules.add(*chosen)
        found.append(row)
        if held.status == S.OPEN and row.status == R.NAMED:
            _ask(row, by)
    record("named respondents of", held, by=by, note=str(len(found)))
    return found


@transaction.atomic
def withdraw_respondent(respondent: Respondent, *, by: User) -> None:
    """Ask somebody no more: their link ends. What they have answered in an anonymous session stays; in an open one it goes."""
    held = _held(respondent.session, by)
    if held.status == S.CLOSED:
        raise TransitionRefused(f"{held} is closed")
    apply(WITHDRAW, respondent, by=by)
    Sheet.objects.filter(respondent=respondent).delete()


@transaction.atomic
def replace_respondent(respondent: Respondent, other: Named, *, by: User) -> Respondent:
    """Somebody else answers instead, with the same modules and note. Raises TransitionRefused for who has begun already."""
    _held(respondent.session, by)
    # Under their own lock besides: an answer that is kept in this moment shares the session, and would begin between this look and the end.
    respondent.refresh_from_db(from_queryset=Respondent.objects.select_for_update(no_key=True))
    if respondent.status in {R.BEGUN, R.FINISHED}:
        raise TransitionRefused(f"{respondent} has begun")
    withdraw_respondent(respondent, by=by)
    modules = list(respondent.modules.all())
    return name_respondents(respondent.session, [other], by=by, modules=modules, note=respondent.note)[0]


def open_session(session: LearningSession, *, by: User) -> int:
    """Invite everybody who is named; return how many. Raises ValidationError with what is missing."""
    with transaction.atomic():
        held = _held(session, by)
        reasons = list(lacks(held))
        if reasons and held.status == S.DRAFT:
            raise ValidationError(reasons)
        apply(OPEN, held, by=by, opened_at=timezone.now())
        named = list(held.respondents.filter(status=R.NAMED))
        for respondent in named:
            _ask(respondent, by)
    session.refresh_from_db()
    return len(named)


def close_session(session: LearningSession, *, by: User | None, via: Via = Via.WEB) -> None:
    """Take no more answers: from now on the results can be read. It is not opened again: another round looks anew."""
    with transaction.atomic():
        held = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
        apply(CLOSE, held, by=by, via=via, closed_at=timezone.now())
        counting.keep(held)
    session.refresh_from_db()


def lacks(session: LearningSession) -> Iterable[str]:
    """What is missing before it can be opened."""
    if not session.purpose.strip():
        yield _("Say why you do this: respondents read it first.")
    if not session.modules.exists():
        yield _("Choose at least one module.")
    if session.due_on is None:
        yield _("Say until when you would like the answers.")
    people = session.respondents.counted().count()
    if not people:
        yield _("Name those who are to answer.")
    elif session.is_anonymous and people < session.minimum:
        said = {"people": people, "minimum": session.minimum}
        yield (
            _(
                "In an anonymous session figures are shown from %(minimum)s answers on, and you have named %(people)s: name more, or make it open."
            )
            % said
        )


@transaction.atomic
def remind(session: LearningSession, *, by: User | None) -> int:
    """Remind everybody from whom an answer is still missing and who may be reminded now; return how many."""
    held = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if held.status != S.OPEN or (by is not None and not runs(by, held)):
        raise TransitionRefused(f"{held} is not open, or not theirs")
    people = list(may_be_reminded(held))
    for one in people:
        one.reminded, one.reminded_at = one.reminded + 1, timezone.now()
        one.save(update_fields=["reminded", "reminded_at"])
        outbox.post(
            "practice_reminder", None, key=f"practice-reminder:{one.pk}:{one.reminded}", address=one.address, respondent=one.pk
        )
    return len(people)


def may_be_reminded(session: LearningSession) -> list[Respondent]:
    """Those who have not answered and had fewer than two reminders, the last one some days ago."""
    before = timezone.now() - BETWEEN_REMINDERS
    rows = Respondent.objects.waited_for().filter(session=session, reminded__lt=REMINDERS)
    return [one for one in rows if (one.reminded_at or session.opened_at or before) <= before]


def answered_by_module(session: LearningSession) -> dict[int | None, int]:
    """How many sheets hold an answer to each module: keys are those of the modules. What of it is shown, the page decides."""
    rows = Answer.objects.filter(sheet__session=session).values_list("item__parent__parent", "sheet").distinct()
    counted: dict[int | None, int] = {}
    for module, _sheet in rows:
        counted[module] = counted.get(module, 0) + 1
    return counted


def _ask(respondent: Respondent, by: User) -> None:
    apply(ASK, respondent, by=by)
    outbox.post(
        "practice_invitation",
        None,
        key=f"practice-invitation:{respondent.pk}:{timezone.now():%Y%m%d%H%M%S%f}",  # whoever is named again is asked again
        address=respondent.address,
        respondent=respondent.pk,
    )


def _held(session: LearningSession, by: User) -> LearningSession:
    """The session under its lock: naming, opening, reminding and closing pass one by one."""
    held = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not runs(by, held):
        raise PermissionDenied("not theirs to run")
    return held


def _refuse_past(due_on: date | None) -> None:
    if due_on is not None and due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day is over: choose one to come.")})
