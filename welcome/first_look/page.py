"""What the pages of a first look show: the answers by question, and the pairs with what could be mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import SpaceRole
from welcome.first_look import pairing
from welcome.first_look.pairing import Looker, Pairing, Suggestion
from welcome.first_look.people import apart, looker_of
from welcome.models import FirstLook, LookAnswer, LookPair, LookSeat

if TYPE_CHECKING:
    from ambassadors.models import User

NEW_FOR = timedelta(days=90)
AT_MOST = 40
REASONS = {
    pairing.COMPLEMENTS: gettext_lazy("one is at home on websites, one would like a hand"),
    pairing.LENDS_A_HAND: gettext_lazy("one would like a hand, one gets along"),
    pairing.ONE_TEAM: gettext_lazy("same organisation"),
    pairing.TWO_TEAMS: gettext_lazy("different organisations"),
    pairing.ONE_PLACE: gettext_lazy("same place"),
    pairing.AS_IT_COMES: gettext_lazy("nothing speaks against it"),
}


@dataclass
class Found:
    """What one pair answered to one question."""

    names: str
    is_own: bool
    answers: list[Any] = field(default_factory=list)


@dataclass
class Mending:
    """A pair that is not two people any more, and who could come: `partner` is one who waits, `into` a pair that takes the one left."""

    partner: Suggestion | None = None
    into: LookPair | None = None
    reasons: list[str] = field(default_factory=list)


def by_question(look: FirstLook, reader: User) -> list[tuple[Any, list[Found]]]:
    """All that was sent, question by question, the pairs in the order in which they were made."""
    people = Prefetch(
        "pair__seats", queryset=LookSeat.objects.select_related("person").order_by("added_at", "pk"), to_attr="people"
    )
    rows = LookAnswer.objects.visible_to(reader).filter(pair__look=look, pair__status="sent")
    rows = (
        rows.select_related("pair", "question", "improvement")
        .prefetch_related(people)
        .order_by("question__position", "pair__number", "part")
    )
    found: dict[int, dict[int, Found]] = {}
    for answer in rows:
        of_pairs = found.setdefault(answer.question_id, {})
        of_pairs.setdefault(answer.pair_id, _found(answer.pair, reader)).answers.append(answer)
    return [(question, list(found.get(question.pk, {}).values())) for question in look.questions.all()]


def _found(pair: Any, reader: User) -> Found:
    return Found(names_in(pair), any(seat.person_id == reader.pk for seat in pair.people))


def names_in(pair: Any) -> str:
    """Who stands under the answers of a pair."""
    return str(_(" and ")).join(seat.person.shown_name for seat in pair.people) or _("former members")


def pairs_of(look: FirstLook) -> list[Any]:
    """The pairs, each with `people`, those of them who are `here`, and what could mend it where they are not two: `mending`."""
    pairs: list[Any] = list(LookPair.objects.filter(look=look).with_people())
    waiting = waiting_lookers(look)
    kept_apart = apart([seat.person_id for pair in pairs for seat in pair.people] + [one.pk for one in waiting])
    for pair in pairs:
        pair.look, pair.here = look, [seat for seat in pair.people if seat.person.is_member]
    for pair in pairs:
        pair.needs_hand = pairing.both_like_a_hand(_lookers(pair)) and not pair.why_together
        pair.mending = _mending(pair, pairs, waiting, kept_apart, look.teams) if len(pair.here) < 2 else None
    return pairs


def _mending(pair: Any, pairs: list[Any], waiting: list[Looker], kept_apart: pairing.Apart, teams: str) -> Mending:
    if not pair.here:
        return Mending()
    (lone,) = _lookers(pair)
    if (found := pairing.partner(lone, waiting, teams, kept_apart)) is not None:
        return Mending(partner=found, reasons=reasons_of(found))
    whole = {_lookers(other): other for other in pairs if len(other.here) == 2}
    third = pairing.join(lone, whole, teams, kept_apart)
    return Mending(into=whole[third.people[:-1]], reasons=reasons_of(third)) if third else Mending()


def _lookers(pair: Any) -> tuple[Looker, ...]:
    return tuple(looker_of(seat.person) for seat in pair.here)


def waiting_lookers(look: FirstLook) -> list[Looker]:
    """What the suggestions know of those who wait for a partner."""
    seats = LookSeat.objects.waiting().filter(look=look).select_related("person__ambassador__place")
    return [looker_of(seat.person) for seat in seats]


def suggested(look: FirstLook) -> Pairing:
    """Pairs of those who wait: the same suggestion whoever asks, and whenever."""
    people = waiting_lookers(look)
    return pairing.suggest(people, look.teams, apart([one.pk for one in people]))


def reasons_of(suggestion: Suggestion) -> list[str]:
    """The reasons in words."""
    return [str(REASONS[name]) for name in suggestion.reasons]


def people_waiting(look: FirstLook) -> QuerySet[Any]:
    """The accounts of those who wait."""
    people: QuerySet[Any] = get_user_model().objects.filter(pk__in=LookSeat.objects.waiting().filter(look=look).values("person"))
    return people.order_by("sort_name", "pk")


def newcomers_for(look: FirstLook) -> QuerySet[Any]:
    """People who joined lately, read the space, and are in no first look."""
    taken = LookSeat.objects.filter(person=OuterRef("pk")).filter(Q(pair__isnull=False) | Q(look=look.pk))
    people: QuerySet[Any] = get_user_model().objects.filter(
        ~Exists(taken), is_active=True, ambassador__status="active", ambassador__joined_at__gte=timezone.now() - NEW_FOR
    )
    if look.space.openness != "open":
        people = people.filter(Exists(SpaceRole.objects.filter(space=look.space_id, person=OuterRef("pk"))))
    latest = list(people.order_by("-ambassador__joined_at", "pk").values_list("pk", flat=True)[:AT_MOST])
    return people.filter(pk__in=latest).order_by("sort_name", "pk")
