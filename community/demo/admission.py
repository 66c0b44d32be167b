"""How people come into the demo community: who is put forward by whom, and how far each has come."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from ambassadors.models import Ambassador, CriteriaEdition, Criterion, Nomination, User
from ambassadors.nominations import workflow

NOMINATIONS = Path(__file__).parent / "data" / "admission" / "nominations.toml"
WORDS = ("name", "email", "organization", "job_title", "place", "reason", "relation", "conflict", "conflict_text", "slate_text")


def let_people_in() -> None:
    """Fill all of it. Each part of the road has its own function below."""
    nominate()


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
