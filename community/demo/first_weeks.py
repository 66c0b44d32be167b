"""How people of the demo arrived: those of the last year have their first weeks behind them, the newcomers are in the middle of theirs."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import Ambassador, User
from community.demo.newcomers import WEEK_FOUR, WEEK_TWO
from correspondence.models import OutgoingMail
from foundation.models import Via
from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding import workflow
from welcome.onboarding.due import remind_one
from welcome.onboarding.standing import standing_of

A_YEAR = timedelta(days=400)
PUT_ASIDE = (("prompt",), ("profile",), (), (), ("prompt", "affirm"))


def arrive() -> None:
    """Each by the real workflow, and then it is as long ago as they say."""
    now = timezone.now()
    people = Ambassador.objects.active().filter(joined_at__gt=now - A_YEAR, joined_at__lt=now - workflow.LASTS)
    for number, own in enumerate(people.exclude(slug__regex=r"^person-[0-9]+$").select_related("user").order_by("pk")):
        _arrived(own, PUT_ASIDE[number % len(PUT_ASIDE)])
    for one in (WEEK_TWO, WEEK_FOUR):
        _under_way(User.objects.get(name=one.name))


def _arrived(own: Ambassador, put_aside: tuple[str, ...]) -> None:
    """Somebody who settled in long ago."""
    began = own.joined_at or timezone.now()
    row = workflow.begin(own.user, via=Via.COMMAND)
    Onboarding.objects.filter(pk=row.pk).update(began_at=began)
    row.refresh_from_db()
    workflow.skip(row, put_aside, by=own.user)
    workflow.settle(row, standing_of(row))
    OnboardingStep.objects.filter(onboarding=row).update(at=began + timedelta(days=9))
    Onboarding.objects.filter(pk=row.pk, ended_at__isnull=False).update(ended_at=began + timedelta(days=20))


def _under_way(person: User) -> None:
    """Somebody who has been reminded once, has done what they could, and left the prompts for later."""
    row = Onboarding.objects.get(person=person)
    remind_one(row.pk)
    then = row.began_at + timedelta(days=4)
    Onboarding.objects.filter(pk=row.pk).update(reminded_at=then)
    OutgoingMail.objects.filter(person=person, kind="first_weeks").update(state="sent", created_at=then, sent_at=then)
    workflow.skip(row, ["prompt"], by=person)
    workflow.settle(row, standing_of(row))
