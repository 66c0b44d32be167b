"""The road of a talk: asked for with times, accepted, moved or declined; withdrawn or called off by either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from practice.help.talks.shown import figures_of
from practice.models import LearningSession, PracticeAdministrator, PracticeOrganization, Talk, TalkVolunteer

if TYPE_CHECKING:
    from ambassadors.models import User

S = Talk.Status
MOST_ALIVE = 3  # of one organisation

# Each function has asked who they are: the history of what an organisation does names nobody of it.
ACCEPT = Transition("agreed on", frozenset({S.ASKED, S.OFFERED}), S.AGREED, anybody)
OFFER = Transition("offered other times for", frozenset({S.ASKED}), S.OFFERED, anybody)
ASK_AGAIN = Transition("offered other times for", frozenset({S.OFFERED}), S.ASKED, anybody)
DECLINE = Transition("declined", frozenset({S.ASKED, S.OFFERED}), S.DECLINED, anybody)
WITHDRAW = Transition("withdrew", frozenset({S.ASKED, S.OFFERED}), S.WITHDRAWN, anybody)
CANCEL = Transition("called off", frozenset({S.AGREED}), S.CANCELLED, anybody)


@dataclass(frozen=True)
class Ticked:
    """What an administrator shares with the volunteer."""

    organization: bool = False
    person: bool = False
    modules: Sequence[str] = ()
    words: str = ""


def asks(person: User, talk: Talk) -> bool:
    """Whether `person` runs the sessions of the organisation."""
    return PracticeAdministrator.objects.filter(organization=talk.organization_id, person=person).exists()


@transaction.atomic
def volunteer(person: User, **fields: Any) -> TalkVolunteer:
    """Give half an hour to organisations, or change how. Raises PermissionDenied for whoever is no ambassador."""
    profile = getattr(person, "ambassador", None)
    if profile is None or profile.status not in {"active", "paused"}:
        raise PermissionDenied("for ambassadors")
    kept, is_new = TalkVolunteer.objects.update_or_create(person=person, defaults=fields)
    record("volunteered for talks" if is_new else "changed an offer of talks", kept, by=person, about=person)
    return kept


@transaction.atomic
def stop(person: User) -> bool:
    """Give none any more. What is agreed stays agreed."""
    found = TalkVolunteer.objects.filter(person=person).first()
    if found is None:
        return False
    record("volunteers for talks no more", found, by=person, about=person)
    found.delete()
    return True


@transaction.atomic
def ask(session: LearningSession, chosen: TalkVolunteer, ticked: Ticked, *, by: User, times: Sequence[datetime], zone: str) -> Talk:
    """Ask a volunteer for half an hour. Raises PermissionDenied, and ValidationError where they or the organisation have enough of it."""
    # Under the rows of both: an organisation's talks and a volunteer's month are counted one by one.
    held = PracticeOrganization.objects.select_for_update(no_key=True).visible_to(by).filter(pk=session.organization_id).first()
    if held is None or session.status != LearningSession.Status.CLOSED:
        raise PermissionDenied("not theirs to ask for")
    TalkVolunteer.objects.select_for_update(no_key=True).filter(pk=chosen.pk).first()
    if not TalkVolunteer.objects.available().filter(pk=chosen.pk).exclude(person=by).exists():
        raise ValidationError(_("They cannot be asked any more this month: choose somebody else."))
    if Talk.objects.filter(organization=held).alive().exclude(starts__lt=timezone.now()).count() >= MOST_ALIVE:
        raise ValidationError(_("Your organisation has asked for three talks already: let one of them take place first."))
    said: dict[str, Any] = {
        "instrument_title": session.instrument_edition.content.title,
        "shares_organization": ticked.organization,
        "shares_person": ticked.person,
        "figures": figures_of(session, ticked.modules),
        "words": ticked.words.strip(),
    }
    try:
        with transaction.atomic():
            talk = Talk.objects.create(
                organization=held, volunteer=chosen.person, asked_by=by, time_zone=zone, offered=_times(times), **said
            )
    except IntegrityError:
        raise ValidationError(_("You have asked them already: wait for their answer.")) from None
    record("asked for", talk, by=None)
    outbox.post("practice_talk_asked", talk.volunteer, key=f"practice-talk:{talk.pk}:asked", talk=talk.pk)
    return talk


@transaction.atomic
def accept(talk: Talk, *, by: User, starts: datetime, where: str = "") -> None:
    """Agree on one of the times that the other side has put forward. Raises PermissionDenied, TransitionRefused, ValidationError."""
    held = _held(talk)
    is_volunteer = _side(by, held)
    if is_volunteer == (held.status == S.OFFERED):
        raise TransitionRefused(f"{held} waits for the other side")
    if starts not in held.offered or starts <= timezone.now():
        raise ValidationError(_("This time is over, or not offered any more."))
    if is_volunteer and not where.strip():
        raise ValidationError({"where": _("Say how you meet: a link, or a number to call.")})
    said = {"where": where.strip()} if is_volunteer else {}
    _move(ACCEPT, held, by=by if is_volunteer else None, starts=starts, **said)
    _tell(held, held.volunteer)
    for person in _askers(held):
        _tell(held, person)


@transaction.atomic
def offer_times(talk: Talk, *, by: User, times: Sequence[datetime], zone: str, where: str = "") -> None:
    """Put other times forward, where it is one's turn. Raises PermissionDenied, TransitionRefused, ValidationError."""
    held = _held(talk)
    is_volunteer = _side(by, held)
    if is_volunteer and not where.strip():
        raise ValidationError({"where": _("Say how you meet: a link, or a number to call.")})
    said = {"where": where.strip()} if is_volunteer else {}
    _move(
        OFFER if is_volunteer else ASK_AGAIN, held, by=by if is_volunteer else None, offered=_times(times), time_zone=zone, **said
    )
    for person in _askers(held) if is_volunteer else [held.volunteer]:
        _tell(held, person)


@transaction.atomic
def decline(talk: Talk, *, by: User) -> None:
    """The volunteer cannot, and says no reason. Raises PermissionDenied, TransitionRefused."""
    held = _held(talk)
    if not _side(by, held):
        raise PermissionDenied("for the volunteer")
    _move(DECLINE, held, by=by)
    for person in _askers(held):
        _tell(held, person)


@transaction.atomic
def withdraw(talk: Talk, *, by: User) -> None:
    """The organisation takes back what it asked: the volunteer reads nothing of it any more. Raises PermissionDenied, TransitionRefused."""
    held = _held(talk)
    if _side(by, held):
        raise PermissionDenied("for whoever asked")
    _move(WITHDRAW, held, by=None)
    _tell(held, held.volunteer)


@transaction.atomic
def cancel(talk: Talk, *, by: User) -> None:
    """Either side calls it off, before it has begun. Both are told, for both calendars."""
    held = _held(talk)
    is_volunteer = _side(by, held)
    if held.starts is not None and held.starts <= timezone.now():
        raise TransitionRefused(f"{held} has begun")
    _move(CANCEL, held, by=by if is_volunteer else None)
    _tell(held, held.volunteer)
    for person in _askers(held):
        _tell(held, person)


def _held(talk: Talk) -> Talk:
    """The talk under its lock: both sides may press at once, and each sees what the other has done."""
    Talk.objects.select_for_update(of=("self",), no_key=True).get(pk=talk.pk)
    held: Talk = Talk.objects.select_related("volunteer", "organization", "asked_by").get(pk=talk.pk)
    return held


def _side(by: User, talk: Talk) -> bool:
    """Whether it is the volunteer; raises PermissionDenied for whoever is neither side."""
    if by.pk == talk.volunteer_id:
        return True
    if not asks(by, talk):
        raise PermissionDenied("not theirs")
    return False


def _move(move: Transition, talk: Talk, *, by: User | None, **fields: Any) -> None:
    apply(move, talk, by=by, sequence=talk.sequence + 1, changed_at=timezone.now(), **fields)


def _times(times: Sequence[datetime]) -> list[datetime]:
    coming = sorted({time for time in times if time > timezone.now()})
    if not coming:
        raise ValidationError({"times": _("Put forward at least one time that is still to come.")})
    return coming


def _tell(talk: Talk, person: User) -> None:
    key = f"practice-talk:{talk.pk}:{talk.sequence}:{person.pk}"
    outbox.post("practice_talk_news", person, key=key, talk=talk.pk, sequence=talk.sequence)


def _askers(talk: Talk) -> list[User]:
    """Whoever asked, while they run the organisation's sessions; then all who do."""
    seats = PracticeAdministrator.objects.filter(organization=talk.organization_id).select_related("person")
    people = [seat.person for seat in seats]
    return [person for person in people if person.pk == talk.asked_by_id] or people
