"""Words of the community's own that an instrument names and the community does not have: help would look for them in vain."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from foundation.models import Pillar, Topic
from practice.instruments.content import Instrument


@dataclass(frozen=True)
class Missing:
    """A topic or a pillar that is not there: as what it would be added, where, and how many principles or modules name it."""

    name: str
    url: str
    times: int


def missing_topics(asks: Instrument) -> list[Missing]:
    """Topics by which help is looked for, and which are not in the vocabulary."""
    named = [slug for module in asks.modules for principle in module.principles for slug in principle.topics]
    return _missing(named, Topic)


def missing_pillars(asks: Instrument) -> list[Missing]:
    """Pillars of modules which the framework does not have."""
    return _missing([module.pillar for module in asks.modules if module.pillar], Pillar)


def _missing(named: list[str], model: type[Topic | Pillar]) -> list[Missing]:
    known = set(model._default_manager.filter(slug__in=named).values_list("slug", flat=True))
    there = reverse(f"admin:foundation_{model._meta.model_name}_add")
    return [_one(slug, there, named.count(slug)) for slug in dict.fromkeys(named) if slug not in known]


def _one(slug: str, there: str, times: int) -> Missing:
    name = slug.replace("-", " ").capitalize()
    return Missing(name, f"{there}?{urlencode({'name': name, 'slug': slug})}", times)
