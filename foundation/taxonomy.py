"""What changes in the vocabulary: finding or adding a topic by any of its names, and joining two that mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower

from foundation.models import Place, Synonym, Topic, Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


COUNTRY_ROOM = Place._meta.get_field("country").max_length or 0


def topics_called(words: Iterable[str]) -> tuple[list[Topic], list[str]]:
    """Return the topics that the words name, by name or synonym and each once, and the words that name none."""
    found: dict[int, Topic] = {}
    unknown: list[str] = []
    for word in words:
        topic = Topic.objects.called(word).first()
        if topic is not None:
            found[topic.pk] = topic
        elif word.strip():
            unknown.append(word.strip())
    return list(found.values()), unknown


def place_called(name: str, country: str = "") -> Place:
    """Return the place of that name, making it when it is new."""
    name, country = " ".join(name.split()), " ".join(country.split())
    known = Place.objects.filter(name__iexact=name, country__iexact=country).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Place.objects.create(name=name, country=country)
    except IntegrityError:  # two imports met the same new place at once
        return Place.objects.get(name__iexact=name, country__iexact=country)


def place_named(text: str) -> Place | None:
    """Return the place that somebody typed on one line ("Porto, Portugal"), making it when it is new; None for an empty line."""
    name, country = _town_and_country(text)
    return place_called(name, country) if name else None


def places_named(texts: Iterable[str]) -> dict[str, Place]:
    """The same for many lines, in a few queries however many they are; each place by the line that names it."""
    pairs = {text: pair for text in set(texts) if (pair := _town_and_country(text))[0]}
    unlike = {(name.lower(), country.lower()): (name, country) for name, country in pairs.values()}
    Place.objects.bulk_create([Place(name=name, country=country) for name, country in unlike.values()], ignore_conflicts=True)
    lower = Place.objects.annotate(low=Lower("name")).filter(low__in=[name for name, _country in unlike])
    known = {(place.name.lower(), place.country.lower()): place for place in lower}
    return {text: known.get((pair[0].lower(), pair[1].lower())) or place_called(*pair) for text, pair in pairs.items()}


def _town_and_country(text: str) -> tuple[str, str]:
    """Take apart "Town, Region, Country" at its last comma."""
    name, comma, country = (" ".join(part.split()) for part in text.rpartition(","))
    if not comma or not name or len(country) > COUNTRY_ROOM:
        return " ".join(text.split()).strip(" ,"), ""
    return name, country


@transaction.atomic
def topic_join(topic: Topic, into: Topic, *, by: User | None, via: Via = Via.WEB) -> None:
    """Make `topic` a synonym of `into`: whatever pointed to the one points to the other, and the old name still finds it."""
    if topic.pk == into.pk:
        return
    for relation in topic._meta.related_objects:
        _repoint(relation, topic, into)
    name = topic.name
    topic.delete()
    Synonym.objects.get_or_create(name=name, defaults={"topic": into})
    record("joined two topics", into, by=by, via=via, note=f"{name} became another word for {into.name}")


def _repoint(relation: Any, topic: Topic, into: Topic) -> None:
    """Move the rows of one relation, leaving out those that `into` has already."""
    if not isinstance(relation, models.ManyToManyRel):
        relation.related_model._base_manager.filter(**{relation.field.name: topic}).update(**{relation.field.name: into})
        return
    holders = relation.related_model._base_manager.filter(**{relation.field.name: topic})
    for holder in holders:
        getattr(holder, relation.field.name).add(into)
        getattr(holder, relation.field.name).remove(topic)
