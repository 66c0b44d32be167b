"""What can be found of people, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, Organization
from ambassadors.privacy import ProfileCard, card_seen_by
from ambassadors.querysets import AmbassadorQuerySet
from foundation.audiences import WIDEST_FIRST
from foundation.models import Place, RoleLabel, Sector, Synonym, Topic
from foundation.richtext import to_plain
from foundation.search import Searchable, SearchRow, mark_stale, searchables

KIND = "person"


def rows(ambassador: Any) -> Iterator[SearchRow]:
    """One row for each audience that finds the person, with what a card tells that audience; none that repeats a wider one."""
    told = None
    for number, audience in enumerate(WIDEST_FIRST):
        if getattr(ambassador, f"found_by_{audience}"):
            card = card_seen_by({str(wider) for wider in WIDEST_FIRST[: number + 1]}, ambassador)
            row = _row(audience, card, ambassador)
            if (row.names, row.lead, row.text) != told:
                yield row
            told = (row.names, row.lead, row.text)


def _row(audience: str, card: ProfileCard, ambassador: Ambassador) -> SearchRow:
    topics = [topic.name for topic in card.topics]
    synonyms = getattr(ambassador, "other_words") if topics else []  # noqa: B009  read with the row by `with_finders`
    known_for = [card.name, card.organization, *card.role_labels, card.sector, card.place, *topics, *synonyms]
    said = [card.ask_me_about, to_plain(card.bio), to_plain(card.walk_the_talk), *(link.label for link in card.evidence)]
    said += [", ".join(card.role_labels), ", ".join(topics), ", ".join(synonyms), card.sector, card.languages]
    return SearchRow(
        audience,
        card.name,
        names=", ".join(filter(None, known_for)),
        lead=" · ".join(filter(None, [card.line, card.place])),
        text="\n".join(filter(None, said)),
        url=card.url,
        at=ambassador.joined_at,
        as_you_type=True,
        author=ambassador.user_id,
    )


def people() -> AmbassadorQuerySet:
    """Everybody, with what a row is made of."""
    return Ambassador.objects.with_card().with_finders()  # unscoped: `rows` asks for each audience what it finds


searchables.add(KIND, Searchable(_("People"), Ambassador, rows, people))


BEARERS: dict[type[models.Model], str] = {
    Organization: "organization",
    Place: "place",
    RoleLabel: "role_labels",
    Sector: "sector",
    Topic: "topics",
    Synonym: "topics__synonyms",
}


def _let_bearers_be_found_anew(sender: type[models.Model], instance: models.Model, **signal: Any) -> None:
    """A word that people carry is spelt differently now, has come, or goes. Of new words, only a synonym has bearers already."""
    if not signal.get("created") or sender is Synonym:
        mark_stale(KIND, Ambassador.objects.filter(**{BEARERS[sender]: instance}))  # unscoped: see `rows`


for model in BEARERS:
    post_save.connect(_let_bearers_be_found_anew, sender=model, dispatch_uid=f"search of {model.__name__}")
    pre_delete.connect(_let_bearers_be_found_anew, sender=model, dispatch_uid=f"search without {model.__name__}")
