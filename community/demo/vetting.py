"""How GrowCom of the demo works: five who look at cases, and cases wherever they can stand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from ambassadors.models import Ambassador, CriteriaEdition, Criterion, Nomination, User, VettingAssignment
from ambassadors.nominations import workflow as nominations
from ambassadors.vetting import workflow
from ambassadors.vetting.workflow import Assessment
from ambassadors.workflow import take_into_support
from foundation.models import Sector

CASES = Path(__file__).parent / "data" / "admission" / "cases.toml"
TODAY = timezone.localdate
WORDS = ("name", "email", "organization", "job_title", "place", "reason", "relation", "slate_text")
VIEWS = {
    "decline": ("decline", "decline"),
    "not now": ("not now", "unsure"),
    "concern": ("invite", "unsure"),
    "ready": ("invite", "unsure"),
}
MARKS = ("clearly", "clearly", "partly", "cannot tell")


def vet(*, by: User) -> None:
    """Give five people a duty, then let them do their work on each case."""
    people = _here(7)
    if len(people) < 7 or Nomination.objects.filter(name="Ragnhild Solberg-Achterberg").exists():
        return
    second, *vetters = people[:4]
    nominators = people[4:]
    take_into_support(second, by=by)
    second.refresh_from_db()
    workflow.give_duty(second, is_vetter=True, is_lead=True, decides=True, by=by)
    for person in vetters:
        workflow.give_duty(person, is_vetter=True, is_lead=False, decides=False, by=by)
    for number, row in enumerate(tomllib.loads(CASES.read_text(encoding="utf-8"))["cases"]):
        case = _put_forward(row, by=nominators[number % len(nominators)], days=70 - 6 * number)
        STORIES[row["story"]](case, row, vetters, by)


def _here(number: int) -> list[User]:
    """People who have signed in, are there today, and were not made up in bulk; none of the support team."""
    there = Ambassador.objects.available_on(timezone.now()).exclude(slug__regex=r"^person-[0-9]+$").exclude(user__last_login=None)
    return [one.user for one in there.filter(user__is_staff=False).select_related("user").order_by("-pk")[:number]]


def _put_forward(row: dict[str, Any], *, by: User, days: int) -> Nomination:
    fields: dict[str, Any] = {name: row[name] for name in WORDS} | {"conflict": "none", "nominee_knows": "no"}
    fields["sector"] = Sector.objects.filter(name__iexact=row["sector"]).first()
    edition = CriteriaEdition.objects.in_force()
    musts = edition.criteria.filter(kind=Criterion.Kind.MUST) if edition else []
    seen = {criterion.pk: words for criterion, words in zip(musts, row["musts"], strict=False)}
    case = nominations.save_draft(None, fields, seen, by=by)
    nominations.submit(case, revision=case.revision, by=by)
    begun = timezone.now() - timedelta(days=days)
    Nomination.objects.filter(pk=case.pk).update(created_at=begun, submitted_at=begun + timedelta(hours=5))
    case.refresh_from_db()
    return case


def _assess(one: VettingAssignment, view: str, comment: str) -> None:
    edition = one.nomination.criteria
    criteria = list(edition.criteria.all()) if edition else []
    marks = {criterion.pk: (MARKS[(place + one.pk) % 4], "") for place, criterion in enumerate(criteria)}
    said = Assessment(view, "not at all" if one.pk % 2 else "slightly", comment, marks)
    vetter = one.vetter
    if vetter is not None:
        workflow.give(one, said, revision=one.revision, by=vetter)


def _given_by_all(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> list[VettingAssignment]:
    """Two have it, and both have given theirs."""
    given = workflow.assign(case, vetters[:2], by=by)
    for one, view, words in zip(given, VIEWS.get(row["story"], ("invite", "invite")), row["said"], strict=True):
        _assess(one, view, words)
    case.refresh_from_db()
    return given


def half(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
    """One has given theirs, the other has time."""
    first, _second = workflow.assign(case, [vetters[0], vetters[1]], by=by)
    _assess(first, "invite", row["said"][0])


def late(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
    """The other is late."""
    first, _second = workflow.assign(case, [vetters[2], vetters[0]], by=by, due_on=TODAY() - timedelta(days=5))
    _assess(first, "unsure", row["said"][0])


def stepped_back(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
    """One stepped back, and somebody else has taken it over."""
    first, _second = workflow.assign(case, vetters[1:3], by=by)
    _assess(first, "invite", row["said"][0])
    workflow.step_back(case, by=vetters[2])
    workflow.assign(case, [vetters[0]], by=by)


def concern(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
    """One of them told the leads of something."""
    _given_by_all(case, row, vetters, by)
    workflow.raise_concern(case, row["concern"], by=vetters[1])


def ready(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
    """One added something, having read the other; it waits for the decision."""
    _first, second = _given_by_all(case, row, vetters, by)
    second.refresh_from_db()
    workflow.amend(second, row["amendment"], "invite", revision=second.revision, by=vetters[1])


def _decided(outcome: str, days: int = 0) -> Callable[[Nomination, dict[str, Any], list[User], User], None]:
    def decide(case: Nomination, row: dict[str, Any], vetters: list[User], by: User) -> None:
        _given_by_all(case, row, vetters, by)
        day = TODAY() + timedelta(days=days) if days else None
        words = {"reasons": row["reasons"], "told": row["told"]}
        workflow.decide(case, outcome, revisit_on=day, revision=case.revision, by=by, **words)

    return decide


STORIES: dict[str, Callable[[Nomination, dict[str, Any], list[User], User], None]] = {
    "half": half,
    "late": late,
    "stepped back": stepped_back,
    "concern": concern,
    "ready": ready,
    "invite": _decided("invite"),
    "not now": _decided("not now", days=160),
    "comes back": _decided("not now", days=3),
    "decline": _decided("decline"),
}
