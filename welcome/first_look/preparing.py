"""Beginning a first look and making its pairs. Whatever happens to one look queues at its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions import rules as talk
from discussions.models import Space
from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from welcome.first_look import rules, telling
from welcome.first_look.pairing import both_like_a_hand
from welcome.first_look.people import hold_profiles, lookers
from welcome.models import FirstLook, LookPair, LookQuestion, LookSeat

if TYPE_CHECKING:
    from ambassadors.models import User

S = FirstLook.Status
LARGEST = 3


class Asked(NamedTuple):
    """One question as a form has it."""

    text: str
    parts: int = 1
    makes_improvements: bool = False


def usual_questions() -> list[Asked]:
    """Three, two, one: what a first look asks unless somebody words it differently."""
    return [
        Asked(_("Three ways in which this place could help what you are working for"), 3),
        Asked(_("Two things that you would improve"), 2, makes_improvements=True),
        Asked(_("One thing that surprised you"), 1),
    ]


@transaction.atomic
def start_look(*, by: User, space: Space, questions: Sequence[Asked] = (), via: Via = Via.WEB, **said: Any) -> FirstLook:
    """Begin to prepare a first look. `said` are its title, words, due_on and teams."""
    if not rules.may_prepare(by) or not talk.may_start(by, space) or not Space.objects.read_by(by).filter(pk=space.pk).exists():
        raise PermissionDenied(_("You cannot begin a first look in this space."))
    look = FirstLook.objects.create(space=space, facilitator=by, **said)
    _ask(look, questions or usual_questions())
    record("began to prepare a first look", look, by=by, via=via)
    return look


@transaction.atomic
def edit_look(look: FirstLook, *, by: User, questions: Sequence[Asked] | None = None, **said: Any) -> None:
    """Word it differently, or give it more time. What it asks changes only before it opens."""
    locked = held(look, by)
    if locked.status == S.CLOSED:
        raise TransitionRefused(_("This first look is closed."))
    FirstLook.objects.filter(pk=look.pk).update(**said)
    if questions is not None and locked.status == S.PREPARING:
        locked.questions.all().delete()
        _ask(locked, questions)
    record("changed a first look", locked, by=by)


@transaction.atomic
def add_people(look: FirstLook, people: Iterable[User], *, by: User) -> int:
    """Let people take part; they wait until they have a pair. Returns how many are new or back."""
    locked = held(look, by)
    _not_closed(locked)
    number = 0
    for person in people:
        if not person.is_member or not Space.objects.read_by(person).filter(pk=locked.space_id).exists():
            raise ValidationError(_("%(name)s does not read the space in which it is discussed.") % {"name": person})
        seat, is_new = LookSeat.objects.get_or_create(look=locked, person=person)
        if is_new or seat.stepped_back_at is not None:
            LookSeat.objects.filter(pk=seat.pk).update(stepped_back_at=None)
            number += 1
    if number:
        record("let people take part in a first look", locked, by=by)
    return number


@transaction.atomic
def make_pair(look: FirstLook, people: Sequence[int], *, by: User, why: str = "") -> LookPair:
    """Let two or three people who wait look together, given by their keys. Two who would both like a hand only with a reason, which is kept."""
    locked = held(look, by)
    _not_closed(locked)
    seats = list(LookSeat.objects.waiting().filter(look=locked, person__in=people))
    if len(seats) != len(set(people)) or len(seats) not in {2, LARGEST}:
        raise ValidationError(_("Choose two or three people who have no pair yet."))
    why = checked([seat.person_id for seat in seats], why)
    number = (locked.pairs.aggregate(last=Max("number"))["last"] or 0) + 1
    pair = LookPair.objects.create(look=locked, number=number, why_together=why)
    LookSeat.objects.filter(pk__in=[seat.pk for seat in seats]).update(pair=pair)
    record("made a pair", pair, by=by, note=why)
    telling.tell_pair(pair)
    return pair


@transaction.atomic
def join_pair(pair: LookPair, person: int, *, by: User, why: str = "") -> None:
    """Let somebody who waits come to a pair that has room."""
    locked = held(pair.look, by)
    _not_closed(locked)
    seat = LookSeat.objects.waiting().filter(look=locked, person=person).first()
    there = list(pair.seats.here().values_list("person", flat=True))
    if seat is None or not 0 < len(there) < LARGEST:
        raise ValidationError(_("This pair has no room, or they have one by now."))
    why = checked([*there, person], why)
    LookSeat.objects.filter(pk=seat.pk).update(pair=pair)
    LookPair.objects.filter(pk=pair.pk).update(why_together=why or pair.why_together)
    record("let somebody join a pair", pair, by=by, note=why)
    telling.tell_pair(pair)


@transaction.atomic
def move(seat: LookSeat, pair: LookPair, *, by: User, why: str = "") -> None:
    """Let somebody come to a pair, from another one in which nobody is left but they. Where they cannot come, they stay where they are."""
    held(pair.look, by)
    if seat.pair_id not in {None, pair.pk}:
        seat.refresh_from_db()
        if seat.pair is not None and seat.pair.seats.here().exclude(pk=seat.pk).exists():
            raise ValidationError(_("They have a partner by now."))
        _leave(seat)
    join_pair(pair, seat.person_id, by=by, why=why)


@transaction.atomic
def take_out(seat: LookSeat, *, by: User) -> None:
    """Take somebody out of a pair, who waits for another then. A pair that nobody is left in, and that wrote nothing, is gone."""
    locked = held(seat.look, by)
    _not_closed(locked)
    _leave(seat)
    record("took somebody out of a pair", locked, by=by)


@transaction.atomic
def step_back(pair: LookPair, *, by: User, via: Via = Via.WEB) -> None:
    """Somebody would rather not, this time. No reason is asked; whoever looks after it mends the pair."""
    FirstLook.objects.select_for_update(no_key=True).get(pk=pair.look_id)
    seat = LookSeat.objects.filter(pair=pair, person=by).select_related("pair", "look").first()
    if seat is None or seat.look.status == S.CLOSED:
        raise TransitionRefused(_("This first look is closed, or you are not in this pair any more."))
    _leave(seat)
    LookSeat.objects.filter(pk=seat.pk).update(stepped_back_at=timezone.now())
    record("stepped back from a first look", seat.look, by=by, via=via, about=by)


def checked(people: Sequence[int], why: str) -> str:
    """Return the reason that is kept; raises ValidationError where two of them would like a hand and there is none."""
    hold_profiles(people)
    if not both_like_a_hand(lookers(people).values()):
        return ""
    if not why.strip():
        raise ValidationError(_("Two of them would both like a hand with websites. Choose somebody else, or say why all the same."))
    return why.strip()[:240]


def held(look: FirstLook, by: User) -> FirstLook:
    """Lock the look: pairs, answers and its closing come one after the other. Raises PermissionDenied for whoever does not run it."""
    if not rules.runs_look(by, look):
        raise PermissionDenied(_("The support team makes the pairs."))
    found: FirstLook = FirstLook.objects.select_for_update(no_key=True, of=("self",)).select_related("space").get(pk=look.pk)
    return found


def _ask(look: FirstLook, questions: Sequence[Asked]) -> None:
    rows = [LookQuestion(look=look, position=number, **one._asdict()) for number, one in enumerate(questions, start=1)]
    LookQuestion.objects.bulk_create(rows)


def _not_closed(look: FirstLook) -> None:
    if look.status == S.CLOSED:
        raise ValidationError(_("This first look is closed."))


def _leave(seat: LookSeat) -> None:
    pair, seat.pair = seat.pair, None
    seat.save(update_fields=["pair"])
    if pair is not None and not pair.seats.exists() and not pair.answers.exists():
        pair.delete()
