"""Builders for prompts: the least that is valid, through the workflow functions, and a clock that one can set."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time

import time_machine
from django.utils import timezone

from ambassadors.models import User
from correspondence.due import steps
from discussions.models import Prompt, PromptRound, Responder, Space
from discussions.prompts import lineup, planning

STEPS = ("prompts to give early", "prompts to open", "prompts that were opened", "prompts to plan")
MONDAY = datetime.fromisoformat("2027-01-04T08:00:00+00:00")


def series(space: Space, by: User, **fields) -> Prompt:
    """A weekly series, on Thursdays at nine in London, from the first Thursday of 2027."""
    said = {
        "title": "On the bench",
        "text": "<p>One to three things you are working on.</p>",
        "starts_on": date(2027, 1, 7),
        "at": time(9),
        "time_zone": "Europe/London",
        "minimum": 1,
    }
    return planning.start_prompt(space, by=by, **{**said, **fields})


def next_round(prompt: Prompt) -> PromptRound:
    return PromptRound.objects.select_related("prompt__space").filter(prompt=prompt, status="planned").earliest("opens_at")


def willing(one: PromptRound, person: User, by: User) -> Responder:
    """Somebody who was asked to answer first, and agreed."""
    responder = lineup.ask(one, person, by=by)
    lineup.accept(responder, by=person)
    return responder


def tick(moment: str | datetime) -> None:
    """Let the clock look once, at a moment."""
    with at(moment):
        for name in STEPS:
            steps[name]()


@contextmanager
def at(moment: str | datetime):
    """Stand at a moment of time."""
    with time_machine.travel(datetime.fromisoformat(moment) if isinstance(moment, str) else moment, tick=False):
        yield timezone.now()
