"""How people come into the demo community: who is put forward by whom, and how far each has come."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from ambassadors.models import Ambassador, CriteriaEdition, Criterion, Nomination, NominationMatch, User, VettingDuty
from ambassadors.nominations import workflow

NOMINATIONS = Path(__file__).parent / "data" / "admission" / "nominations.toml"
# Somebody whom two ambassadors put forward, the second in words of their own; and somebody whose nominator thought better of it.
ALSO = {
    "status": "submitted",
    "days": 3,
    "reason": "I came to argue with her about targets, and left with a different set of them.",
    "relation": "We served on one advisory board for two years, on opposite sides of most votes.",
    "slate_text": "Tells a town whom its advice centre turns away, and why, until somebody does something about it.",
    "conflict": "none",
    "conflict_text": "",
    "knows": "no",
    "musts": [
        "Her column on targets is read aloud in our staff meetings, by people who disagree with it.",
        "She gave a grant back when the first year's figures came in.",
        "She took her trustees through the framework, part by part, and skipped none that hurt.",
        "Debt advice for two decades, and the patience to explain it to a finance committee.",
    ],
}
TAKEN_BACK = {
    **ALSO,
    "name": "Lorcan Whitfeather",
    "email": "lorcan.whitfeather@tidemark.example",
    "organization": "Lower Road Kitchens",
    "job_title": "Manager",
    "place": "Cork, Ireland",
    "days": 12,
    "reason": "He feeds two hundred people a day and knows which of them have stopped coming.",
    "relation": "He is my brother-in-law's employer; I have cooked there at Christmas.",
    "conflict": "some",
    "conflict_text": "My brother-in-law works for him. On second thoughts that is too close: somebody else should do this.",
    "slate_text": "Runs a chain of community kitchens, and rings those who have stopped coming.",
    "musts": [
        "He talked the council out of counting meals.",
        "He closed a kitchen on the day he learned that its guests felt watched there.",
        "He has read it, and argues with the part on reserves.",
        "Fifteen years of kitchens on very little money.",
    ],
}
WORDS = ("name", "email", "organization", "job_title", "place", "reason", "relation", "conflict", "conflict_text", "slate_text")


def let_people_in() -> None:
    """Fill all of it. Each part of the road has its own function below."""
    nominate()
    nominate_twice_and_take_back()


def nominate_twice_and_take_back() -> None:
    """A second nomination that a vetting lead joins to the first, and one that its nominator takes back."""
    people, lead = nominators(), VettingDuty.objects.leads().select_related("person").first()
    first = Nomination.objects.filter(status="submitted").order_by("pk").first()
    if len(people) < 2 or lead is None or first is None:
        return
    second_nominator = next(one for one in people if one.pk not in {first.nominator_id, lead.person_id})
    second = put_forward(
        {**ALSO, "name": first.name, "email": first.email, "organization": first.organization}, by=second_nominator
    )
    workflow.join(NominationMatch.objects.get(nomination=second, other=first), by=lead.person)
    workflow.withdraw(put_forward(TAKEN_BACK, by=people[0]), by=people[0])


def nominate() -> None:
    """Prospects, drafts (one of them left lying for weeks) and nominations that wait to be taken up, by several people."""
    rows = tomllib.loads(NOMINATIONS.read_text(encoding="utf-8"))["nominations"]
    people = nominators()
    for number, row in enumerate(rows):
        if people and not Nomination.objects.filter(name=row["name"]).exists():
            put_forward(row, by=people[number * 3 % len(people)])


def nominators() -> list[User]:
    """Those who are here, have signed in, and were not made up in bulk."""
    here = Ambassador.objects.active().exclude(slug__regex=r"^person-[0-9]+$").exclude(user__last_login=None)
    return [one.user for one in here.select_related("user").order_by("pk")]


def put_forward(row: dict[str, Any], *, by: User) -> Nomination:
    """One row, as far as it has come; its dates count back from now."""
    if row["status"] == "prospect":
        words = {name: row[name] for name in ("reason", "email", "organization")}
        made = workflow.drop_prospect(row["name"], by=by, **words)
    else:
        fields = {name: row.get(name, "") for name in WORDS} | {"nominee_knows": row["knows"]}
        made = workflow.save_draft(None, fields, _evidence(row["musts"]), by=by)
        if row["status"] == "submitted":
            workflow.submit(made, revision=made.revision, by=by)
    return _some_days_ago(made, row["days"])


def _evidence(musts: list[str]) -> dict[int, str]:
    edition = CriteriaEdition.objects.in_force()
    asked = edition.criteria.filter(kind=Criterion.Kind.MUST) if edition else []
    return {criterion.pk: words for criterion, words in zip(asked, musts, strict=False)}


def _some_days_ago(made: Nomination, days: int) -> Nomination:
    moment = timezone.now() - timedelta(days=days, hours=days % 7)
    submitted = moment + timedelta(hours=3) if made.submitted_at else None
    Nomination.objects.filter(pk=made.pk).update(created_at=moment, submitted_at=submitted)
    made.refresh_from_db()
    return made
