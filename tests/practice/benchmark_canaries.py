"""A canary in what an organisation agreed to share."""

from __future__ import annotations

from django.urls import reverse

from practice.models import BenchmarkConsent
from tests.leaks import Garden
from tests.practice import benchmarking


def plant(garden: Garden, edition) -> None:
    ada = garden.cast.ambassador
    held = benchmarking.own(ada, name="Harbour Kitchen", edition=edition)
    words = garden.canary("practice.BenchmarkConsent.words", "ambassador")
    BenchmarkConsent.objects.filter(organization=held.organization).update(words=words)
    garden.pages.append(reverse("practice:benchmark-detail", args=[held.pk]))
