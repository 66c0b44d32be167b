"""Who could take a case: those with the fewest open ones first, and those who are away said to be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import AdmissionRules, Ambassador, Nomination, Recusal, User, VettingAssignment, VettingDuty

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """One vetter who may be given a case: how much they have in hand, and whether they are there."""

    person: User
    open_cases: int
    is_here: bool
    away_until: date | None = None

    @property
    def reason(self) -> str:
        """Why they are suggested, or not, in words."""
        in_hand = ngettext("%d open case", "%d open cases", self.open_cases) % self.open_cases
        if self.is_here:
            return in_hand if self.open_cases else _("no open case")
        if self.away_until:
            return _("away until %(day)s, %(cases)s") % {"day": date_format(self.away_until, "j F"), "cases": in_hand}
        return _("pausing, %(cases)s") % {"cases": in_hand}


def candidates(nomination: Nomination, now: datetime | None = None) -> list[Candidate]:
    """Return those who may be given the case, the best choice first. Whoever nominated, is nominated or stepped back is not among them."""
    rows = _vetters(now or timezone.now()).exclude(person__in=_kept_out(nomination))
    return sorted((_candidate(row) for row in rows), key=_order)


def is_here(person: User, now: datetime | None = None) -> bool:
    """Whether one may expect an answer of them: not away, not pausing. Of staff without a profile nothing else is known."""
    own = Ambassador.objects.filter(user=person)
    return not own.exists() or own.available_on(now or timezone.now()).exists()


def proposals(nominations: Iterable[Nomination]) -> list[tuple[Nomination, list[Candidate], set[int]]]:
    """For several cases at once: the candidates of each and the keys of those proposed, so that the load is spread evenly."""
    given: Counter[int] = Counter()
    most = AdmissionRules.current().vetters_a_case
    found = []
    for nomination in nominations:
        has = nomination.assignments.counted().count()
        able = sorted(candidates(nomination), key=lambda one: (not one.is_here, one.open_cases + given[one.person.pk]))
        chosen = {one.person.pk for one in [one for one in able if one.is_here][: max(0, most - has)]}
        given.update(chosen)
        found.append((nomination, able, chosen))
    return found


def _order(one: Candidate) -> tuple[bool, int, str]:
    return (not one.is_here, one.open_cases, one.person.sort_name)


def _candidate(row: VettingDuty) -> Candidate:
    known: dict[str, object] = row.__dict__
    is_here = bool(known["is_here"]) or not known["has_profile"]
    away_until = known["away_until"]
    return Candidate(row.person, int(str(known["open_cases"])), is_here, away_until if isinstance(away_until, date) else None)


def _vetters(now: datetime) -> QuerySet[VettingDuty]:
    """Those of GrowCom who assess cases and for whom the house is open."""
    own = Ambassador.objects.filter(user=OuterRef("person"))
    rows: QuerySet[VettingDuty] = VettingDuty.objects.vetters()
    return (
        rows.filter(Q(person__is_staff=True) | Exists(own.active()))
        .select_related("person")
        .annotate(
            open_cases=Count("person__vetting_assignments", filter=Q(person__vetting_assignments__status="assigned")),
            has_profile=Exists(own),
            is_here=Exists(own.available_on(now)),
            away_until=Subquery(own.filter(away_until__gt=now).values("away_until")[:1]),
        )
    )


def _kept_out(nomination: Nomination) -> set[int]:
    """Those who nominated or are nominated, who stepped back, and who have it already."""
    keys = {nomination.nominator_id, nomination.nominee_id}
    keys |= set(Nomination.objects.filter(joined_to=nomination).values_list("nominator", flat=True))
    keys |= set(Recusal.objects.filter(nomination=nomination).values_list("person", flat=True))
    keys |= set(VettingAssignment.objects.filter(nomination=nomination).counted().values_list("vetter", flat=True))
    return {key for key in keys if key is not None}
