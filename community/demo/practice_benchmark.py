"""Other organisations of the demo that share a number a principle, so that the quartiles of one module stand beside the kitchen's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from ambassadors.models import User
from community.demo.products.told import called
from practice.answering import saving
from practice.answering.forms import Given
from practice.benchmark import workflow as benchmark
from practice.benchmark.forms import terms
from practice.files import workflow as files
from practice.files.answers import Filled
from practice.models import BenchmarkConsent, InstrumentItem, LearningSession, PracticeOrganization
from practice.sessions import workflow as sessions
from practice.sessions.pasted import Named
from practice.starting import workflow as starting

MODULE, ANSWERING = "finance", ("Treasurer", "Chair", "Cook", "Driver")
DAYS_AGO = 150


@transaction.atomic
def share_with_others(kitchen: LearningSession, by: User, neighbours: Sequence[dict[str, Any]]) -> None:
    """Seven look at one module and agree; the kitchen agrees; a day passes."""
    items = kitchen.instrument_edition.items
    module = items.get(key=MODULE)
    points = list(items.filter(parent__parent=module).select_related("parent"))
    for said in neighbours:
        _look_and_agree(said, module, points)
    _agree(kitchen, by)
    benchmark.refresh_all()


def _look_and_agree(said: dict[str, Any], module: InstrumentItem, points: Sequence[InstrumentItem]) -> None:
    by, dice = called(said["by"]), Random(said["name"])  # noqa: S311  the same answers each time, no secret
    held = starting.begin_organization(said["name"], module.edition.instrument, by=by)
    due_on = timezone.localdate() + timedelta(days=6)
    sessions.prepare(held, by=by, purpose=said["purpose"], openness="anonymous", modules=[module], due_on=due_on)
    people = [Named(f"{role} of {said['name']}", f"{role.lower()}@{said['host']}.example") for role in ANSWERING]
    named = sessions.name_respondents(held, people, by=by)
    sessions.open_session(held, by=by)
    for respondent in named:
        files.put_in_own(respondent, Filled({point.key: _given(point, said["money"], dice) for point in points}))
        saving.finish(respondent)
    sessions.close_session(held, by=by)
    _agree(held, by)


def _given(point: InstrumentItem, money: float, dice: Random) -> Given:
    """How far it is so there, and how far this principle is so with everybody."""
    with_all = Random(point.parent.key if point.parent else "").random() - 0.5  # noqa: S311  likewise
    return Given(min(5, max(1, round(dice.gauss(money + with_all, 0.5)))))


def _agree(held: LearningSession, by: User) -> None:
    """Agree today, as somebody who has been here for months."""
    then = timezone.now() - timedelta(days=DAYS_AGO)
    if held.number == 1:
        LearningSession.objects.filter(pk=held.pk).update(created_at=then, opened_at=then, closed_at=then + timedelta(days=12))
    PracticeOrganization.objects.filter(pk=held.organization_id).update(created_at=then)
    consent = benchmark.agree(held.organization, held.instrument_edition.instrument, by=by, words="\n".join(terms()))
    BenchmarkConsent.objects.filter(pk=consent.pk).update(agreed_at=timezone.now() - timedelta(days=15))
