"""What an archive holds of somebody's first weeks, and what erasing them leaves: nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, sections
from welcome.models import Onboarding

if TYPE_CHECKING:
    from ambassadors.models import User


def first_weeks_of(person: User) -> Iterable[Record]:
    """When they began and ended, what they were reminded of, and what became of each step."""
    for row in Onboarding.objects.filter(person=person).prefetch_related("steps"):
        yield {"began_at": row.began_at, "ended_at": row.ended_at, "state": row.status, "reminded": row.reminded}
        for step in row.steps.all():
            yield {"step": step.name, "state": step.state, "at": step.at, "via": step.via}


def forget_first_weeks(person: User) -> None:
    """All of it goes."""
    Onboarding.objects.filter(person=person).delete()


sections.add(
    "first weeks",
    Section(
        _("Your first weeks"),
        first_weeks_of,
        forget_first_weeks,
        weight=13,
        models=("welcome.Onboarding", "welcome.OnboardingStep"),
        text=_("Which first steps you did or skipped, and how often you were reminded. Nobody but you sees this."),
    ),
)
