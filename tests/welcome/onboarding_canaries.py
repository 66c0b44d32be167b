"""Somebody's first weeks, of which nobody else knows."""

from __future__ import annotations

from tests.leaks import Garden
from welcome.models import OnboardingStep
from welcome.onboarding import workflow


def plant(garden: Garden) -> None:
    own = workflow.begin(garden.cast.ambassador)
    name = garden.canary("welcome.OnboardingStep.name")  # a name that no step has any more: kept, and shown to nobody
    OnboardingStep.objects.create(onboarding=own, name=name, state="skipped")
    garden.pages.append(own.get_absolute_url())
