"""How an Ask Me About is prepared, announced, opened, kept open longer, closed and over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions import signals, workflow
from discussions.asking import late
from discussions.asking.rules import hosts, may_prepare, runs
from discussions.asking.windows import end_of, start_of
from discussions.models import AskMeAbout, Participant, Post, Space, Thread
from discussions.moments import in_words
from foundation.models import Via
from foundation.richtext import clean
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = AskMeAbout.Status
BOOK = Transition("announced an Ask Me About", frozenset({S.PREPARING}), S.BOOKED, hosts, gettext_lazy("Announce it"))
OPEN = Transition("opened an Ask Me About", frozenset({S.PREPARING, S.BOOKED}), S.OPEN, hosts, gettext_lazy("Open it now"))
OPEN_BY_CLOCK = Transition("opened an Ask Me About at its hour", frozenset({S.BOOKED}), S.OPEN, anybody)
MISS_BY_CLOCK = Transition("did not open an Ask Me About: its days passed", frozenset({S.BOOKED}), S.PREPARING, anybody)
EXTEND = Transition("kept an Ask Me About open longer", frozenset({S.OPEN, S.CLOSED, S.OVER}), S.OPEN, runs)
CLOSE_BY_CLOCK = Transition("closed an Ask Me About: its days are over", frozenset({S.OPEN}), S.CLOSED, anybody)
END_BY_CLOCK = Transition("ended an Ask Me About: its days of grace are over", frozenset({S.CLOSED}), S.OVER, anybody)
OPEN_THREAD = Transition("opened a conversation", frozenset({Thread.Status.PREPARING}), Thread.Status.OPEN, anybody)
LONGEST = timedelta(days=60)


@dataclass(frozen=True)
class Plan:
    """What a host says of a session: what it is about, in which words it begins, and when."""

    subject: str
    about: str
    introduction: str
    opening: str
    zone: str
    opens_on: date
    opens_time: time
    closes_on: date
    grace_days: int = 7
    follow_up_weeks: int = 6

    def fields(self) -> dict[str, Any]:
        """The columns of a session; raises ValidationError for a window that is none, is over or has no end."""
        zone = ZoneInfo(self.zone)
        opens, closes = start_of(self.opens_on, self.opens_time, zone), end_of(self.closes_on, zone)
        if closes <= opens or closes <= timezone.now():
            raise ValidationError({"closes_on": _("The last day comes after the opening, and is still to come.")})
        if closes - opens > LONGEST:
            raise ValidationError({"closes_on": _("At most two months: people ask when they know that it will end.")})
        names = ("about", "introduction", "opening", "zone", "closes_on", "grace_days", "follow_up_weeks")
        own = {name: getattr(self, name) for name in names}
        return own | {"opens_at": opens, "closes_at": closes, "answers_until": closes + timedelta(days=self.grace_days)}


@transaction.atomic
def prepare(space: Space, plan: Plan, *, host: User, by: User, via: Via = Via.WEB) -> AskMeAbout:
    """Begin to prepare a session, in a thread that its host and `by` see, and nobody else. For somebody else, leaders of the space do.

    Raises PermissionDenied when `by` may not, ValidationError when the host could not begin a thread there or the window is none.
    """
    fields = plan.fields()
    body = first_post(plan.introduction, plan.opening)
    try:
        thread = workflow.start_thread(
            space,
            by=host,
            subject=plan.subject,
            body=body,
            is_rich=True,
            kind=Thread.Kind.ASK_ME_ABOUT,
            status=Thread.Status.PREPARING,
            via=via,
        )
    except PermissionDenied as error:
        if by == host:
            raise
        raise ValidationError({"host": _("They cannot begin a conversation in this space.")}) from error
    session = AskMeAbout(thread=thread, host=host, **fields)
    if by != host and not runs(by, session):
        raise PermissionDenied(_("An Ask Me About is prepared by its host, or by whoever leads the space."))
    session.save()
    if by != host:
        Participant.objects.create(thread=thread, person=by, seat=2)
    record("began to prepare an Ask Me About", session, by=by, via=via, about=host)
    return session


def first_post(introduction: str, opening: str) -> str:
    """Return what the thread begins with: the introduction, and the questions to begin with below it."""
    lines = [line.strip() for line in opening.splitlines() if line.strip()]
    asked = format_html("<ul>{}</ul>", format_html_join("", "<li><p>{}</p></li>", ((line,) for line in lines))) if lines else ""
    return clean(introduction) + asked


@transaction.atomic
def rewrite(session: AskMeAbout, plan: Plan, *, by: User, via: Via = Via.WEB) -> None:
    """Word a session that has not been opened yet, or give it other days. Raises TransitionRefused when it is open by now."""
    held = _held(session)
    if not may_prepare(by, held):
        raise PermissionDenied(_("An Ask Me About that was announced is worded by its host."))
    if held.status not in {S.PREPARING, S.BOOKED}:
        raise TransitionRefused(f"{held} has been opened")
    for name, value in plan.fields().items():
        setattr(held, name, value)
    held.revision += 1
    held.save()
    Thread.objects.filter(pk=held.thread_id).update(subject=plan.subject)
    Post.objects.filter(thread=held.thread_id, number=1).update(body=first_post(plan.introduction, plan.opening))
    record("worded an Ask Me About", held, by=by, via=via)
    session.refresh_from_db()


def _held(session: AskMeAbout) -> AskMeAbout:
    found = AskMeAbout.objects.select_for_update(no_key=True, of=("self",)).select_related("thread__space")
    held: AskMeAbout = found.get(pk=session.pk)
    return held


@transaction.atomic
def book(session: AskMeAbout, *, revision: int, by: User, via: Via = Via.WEB) -> None:
    """Announce it, as the host has read it: all who read the space see that it comes, and the clock opens it."""
    if session.closes_at <= timezone.now():
        raise ValidationError(_("Its days have passed: give it others first."))
    apply(BOOK, session, by=by, via=via, revision=revision)


@transaction.atomic
def open_session(session: AskMeAbout, *, by: User, via: Via = Via.WEB) -> None:
    """Open it within its window; before and after, it is refused with a ValidationError."""
    _within_its_window(session)
    _open(OPEN, session, by=by, via=via)


def _within_its_window(session: AskMeAbout) -> None:
    now = timezone.now()
    if now < session.opens_at:
        raise ValidationError(
            _("It is booked from %(moment)s. Until then it cannot be opened.") % {"moment": in_words(session.opens_at)}
        )
    if now >= session.closes_at:
        raise ValidationError(_("Its days have passed: give it others first."))


def _open(move: Transition, session: AskMeAbout, *, by: User | None, via: Via) -> None:
    """The thread is there for its space from now on, with its first post of this moment."""
    now = timezone.now()
    apply(move, session, by=by, via=via, introduction="", opening="")
    apply(OPEN_THREAD, session.thread, by=by, via=via, started_at=now, last_post_at=now)
    Post.objects.filter(thread=session.thread, number=1).update(posted_at=now)
    signals.thread_opened.send(Thread, thread=session.thread)


@transaction.atomic
def extend(session: AskMeAbout, closes_on: date, *, by: User, via: Via = Via.WEB) -> None:
    """Keep it open for everybody until the end of a later day. What came after the close is posted now."""
    closes = end_of(closes_on, session.own_zone)
    if closes <= max(timezone.now(), session.closes_at):
        raise ValidationError({"closes_on": _("Choose a later day than the one on which it closes now.")})
    if closes - timezone.now() > LONGEST:
        raise ValidationError({"closes_on": _("At most two months: people ask when they know that it will end.")})
    until = closes + timedelta(days=session.grace_days)
    fields: dict[str, Any] = {"closes_on": closes_on, "closes_at": closes, "answers_until": until, "reminded_at": None}
    apply(EXTEND, session, by=by, via=via, history_note=closes_on.isoformat(), **fields)
    late.post_all(session)


@transaction.atomic
def discard(session: AskMeAbout, *, by: User, via: Via = Via.WEB) -> None:
    """Throw one away that was never opened, with its thread."""
    held = _held(session)
    if not runs(by, held):
        raise PermissionDenied(_("Its host takes it back, or whoever leads the space."))
    if held.status not in {S.PREPARING, S.BOOKED}:
        raise TransitionRefused(f"{held} has been opened")
    record("threw an Ask Me About away", held, by=by, via=via, before=held.status)
    held.thread.delete()


def move_by_the_clock(now: datetime | None = None) -> int:
    """Open, close and end those whose moment has come. It posts no mail itself: opening tells as any new thread does."""
    now = now or timezone.now()
    found = AskMeAbout.objects.select_related("thread__space")
    for session in found.filter(status=S.BOOKED, opens_at__lte=now, closes_at__gt=now):
        _once(OPEN_BY_CLOCK, session)
    for session in found.filter(status=S.BOOKED, closes_at__lte=now):  # the clock stood still for all of its days
        _once(MISS_BY_CLOCK, session)
    for session in found.filter(status=S.OPEN, closes_at__lte=now):
        _once(CLOSE_BY_CLOCK, session)
    for session in found.filter(status=S.CLOSED, answers_until__lte=now):
        _once(END_BY_CLOCK, session)
    return 0


def _once(move: Transition, session: AskMeAbout) -> None:
    """Of two clocks one makes the move; the other finds it made."""
    try:
        with transaction.atomic():
            if move is OPEN_BY_CLOCK:
                _open(move, session, by=None, via=Via.CLOCK)
            else:
                apply(move, session, by=None, via=Via.CLOCK)
    except TransitionRefused:
        return
