"""The road of a vote: open, then over or taken back; and the hands that were counted in the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from practice.models import InstrumentItem, LearningSession, PriorityVote, Respondent, VoteCandidate, Voter
from practice.models.vote import MOST_CANDIDATES
from practice.sessions.moves import runs
from practice.voting.link import without_ballot

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

V, R = PriorityVote.Status, Respondent.Status
LONGEST = timedelta(days=120)
BEFORE_REMINDER = timedelta(days=1)
END = Transition("ended", frozenset({V.OPEN}), V.ENDED, anybody)
CANCEL = Transition("taken back", frozenset({V.OPEN}), V.CANCELLED, anybody)


@dataclass(frozen=True)
class Terms:
    """How it is voted: dots a person, the last day, by link and by hands."""

    dots: int
    ends_on: date
    by_link: bool
    by_hands: bool


@transaction.atomic
def open_vote(
    session: LearningSession, terms: Terms, *, by: User, items: Sequence[InstrumentItem] = (), words: Sequence[str] = ()
) -> PriorityVote:
    """Let people choose among `items` and `words`; by link those who were asked in the round get a mail.

    Raises TransitionRefused before the round is closed and while it has a vote that counts, ValidationError with what is wrong.
    """
    # Under the lock of the round: two administrators who press at once open one vote.
    held = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not runs(by, held):
        raise PermissionDenied("not theirs to run")
    if held.status != LearningSession.Status.CLOSED or PriorityVote.objects.counting().filter(session=held).exists():
        raise TransitionRefused(f"{held} is not closed, or has a vote")
    _refuse(held, terms, len(items) + len(words))
    vote = PriorityVote.objects.create(
        session=held, dots=terms.dots, by_link=terms.by_link, by_hands=terms.by_hands, ends_at=_end_of(terms.ends_on)
    )
    chosen = [{"item": item} for item in sorted(items, key=lambda item: item.position)] + [{"words": one} for one in words]
    VoteCandidate.objects.bulk_create(VoteCandidate(vote=vote, position=place, **one) for place, one in enumerate(chosen))
    record("opened", vote, by=by)
    if vote.by_link:
        voters = Voter.objects.bulk_create(Voter(vote=vote, respondent=one) for one in askable(held))
        _mail(voters, "asked")
    return vote


def end_vote(vote: PriorityVote, *, by: User) -> None:
    """Take no more ballots: from now on everybody who runs it reads what came of it. Raises TransitionRefused when it is not open."""
    # Waits for the ballots that are being kept at this moment (`practice.voting.casting`).
    with transaction.atomic():
        apply(END, _held(vote, by), by=by, ended_at=timezone.now())
    vote.refresh_from_db()


def cancel_vote(vote: PriorityVote, *, by: User, because: str = "") -> None:
    """Take it back before it is over: nothing of it is ever shown, and another vote may follow. No mail goes out: whoever opens
    their link reads that it was taken back, and why. Raises TransitionRefused once it is over."""
    with transaction.atomic():
        held = _held(vote, by)
        if not held.is_running:
            raise TransitionRefused(f"{held} is over")
        apply(CANCEL, held, by=by, ended_at=timezone.now(), because=because)
    vote.refresh_from_db()


@transaction.atomic
def move(vote: PriorityVote, ends_on: date, *, by: User) -> None:
    """Let an open vote last to the end of another day; links go on working, and nobody is mailed.

    Raises ValidationError for a day that is over or too far, TransitionRefused once the vote is over: its dots may have been seen.
    """
    # Under the lock that a ballot waits for: none is refused for a day that was moved at this moment.
    held = _held(vote, by)
    if not held.is_running:
        raise TransitionRefused(f"{held} is over")
    _refuse_day(ends_on, opened_on=timezone.localdate(held.opened_at))
    held.ends_at = _end_of(ends_on)
    held.save(update_fields=["ends_at"])
    record("moved the day of", held, by=by)


@transaction.atomic
def remind(vote: PriorityVote, *, by: User) -> None:
    """Remind, once, those who have not voted. How many they are is told to nobody. Raises TransitionRefused when it cannot be done now."""
    held = _held(vote, by)  # two presses at once: the second finds the day of the first
    if not may_remind(held):
        raise TransitionRefused(f"{held} was reminded of, or not open long enough")
    held.reminded_at = timezone.now()
    held.save(update_fields=["reminded_at"])
    record("reminded of", held, by=by)
    _mail(without_ballot(held.voters.select_related("respondent")), "reminded")


@transaction.atomic
def count_hands(vote: PriorityVote, hands: Mapping[int, int | None], *, by: User) -> None:
    """Write down how many dots or hands each candidate got in the room, by their keys; it can be put right at any time."""
    held = _held(vote, by)
    if held.is_cancelled:
        raise TransitionRefused(f"{held} was taken back")
    candidates = list(held.candidates.all())
    for candidate in candidates:
        candidate.hands = hands.get(candidate.pk)
    VoteCandidate.objects.bulk_update(candidates, ["hands"])
    record("counted hands in", held, by=by)


def may_remind(vote: PriorityVote) -> bool:
    """Whether the one reminder can go out now."""
    return vote.by_link and vote.is_running and vote.reminded_at is None and vote.opened_at + BEFORE_REMINDER <= timezone.now()


def askable(session: LearningSession) -> QuerySet[Respondent]:
    """Those who get a link: who were asked in the round, and neither declined nor were withdrawn; nobody who came out of a file."""
    if session.is_from_file:
        return Respondent.objects.none()
    return Respondent.objects.filter(session=session, status__in=[R.ASKED, R.BEGUN, R.FINISHED])


def _refuse(session: LearningSession, terms: Terms, candidates: int) -> None:
    if not 2 <= candidates <= MOST_CANDIDATES:
        said = {"most": MOST_CANDIDATES, "count": candidates}
        raise ValidationError(_("Choose two to %(most)s in all; these are %(count)s.") % said)
    _refuse_day(terms.ends_on, opened_on=timezone.localdate())
    if terms.by_link and (people := askable(session).count()) < session.minimum:
        said = {"minimum": session.minimum, "people": people}
        sentence = _("By link nothing is shown before %(minimum)s have voted, and %(people)s were asked. Count hands in the room.")
        raise ValidationError({"how": sentence % said})


def _refuse_day(ends_on: date, *, opened_on: date) -> None:
    if ends_on < timezone.localdate():
        raise ValidationError({"ends_on": _("This day is over: choose one to come.")})
    if ends_on > opened_on + LONGEST:
        raise ValidationError({"ends_on": _("A vote lasts four months at most.")})


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _mail(voters: Sequence[Voter], step: str) -> None:
    for voter in voters:
        key = f"practice-vote:{voter.pk}:{step}"
        outbox.post("practice_vote", None, key=key, address=voter.respondent.address, voter=voter.pk, again=step == "reminded")


def _held(vote: PriorityVote, by: User) -> PriorityVote:
    """The vote under its lock: reminding, counting, ending and taking back pass one by one."""
    held = PriorityVote.objects.select_for_update(no_key=True, of=("self",)).select_related("session").get(pk=vote.pk)
    if not runs(by, held.session):
        raise PermissionDenied("not theirs to run")
    return held
