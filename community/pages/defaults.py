"""What the pages of a new community say until it says otherwise: short, true of this software, and good enough to go out with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.models import Belief, Page, PageEdition, PageKey, WayOfTakingPart
from foundation.publication import publication_changed
from foundation.richtext import from_plain
from foundation.search import index

if TYPE_CHECKING:
    from ambassadors.models import User

TEXTS = Path(__file__).parent / "texts"
HOW_WE_WORK = {"roles": "who-does-what", "protocols": "how-we-talk", "motivations": "why-we-are-here"}
NEXT_LOOK = timedelta(days=182)

BELIEFS = [
    "We care about how people think, because that is where lasting change begins.",
    "We believe that meaning well is not enough: what counts is whether lives get better.",
    "We stand by a shared description of what a good organisation does, and hold ourselves to it first.",
    "We bring what we have learned by doing, including what went wrong.",
]
WAYS_OF_TAKING_PART = [
    ("Observing", 70, "Read, listen, and take something back to the work. That is learning, and it is taking part."),
    ("Commenting", 20, "Add an experience, a doubt or a question when there is one."),
    ("Creating", 10, "Begin a conversation, write, review, host, bring somebody in."),
]


@dataclass(frozen=True)
class Text:
    """One of the texts in `texts/`: a line for the title, one for the lead, an empty one, and the body as one would type it."""

    title: str
    lead: str
    body: str

    @classmethod
    def read(cls, name: str, folder: Path = TEXTS) -> Text:
        """Read the text of that name."""
        title, lead, _empty, body = [*(folder / f"{name}.txt").read_text(encoding="utf-8").split("\n", 3), "", "", ""][:4]
        return cls(title, lead, from_plain(body))


def missing_pages() -> list[str]:
    """Return the keys of the fixed pages that have no text at all, neither published nor in the making."""
    there = set(PageEdition.objects.values_list("page__key", flat=True))  # unscoped: which pages exist is no secret
    return [key for key in PageKey if key not in there]


@transaction.atomic
def fill_pages(*, by: User | None) -> list[str]:
    """Publish a first text on each page that has none, and fill the lists that are empty; return what was added."""
    keys = missing_pages()
    for key in keys:
        page = Page.objects.get_or_create(key=key)[0]
        _first_edition(page, Text.read(key), by=by)
    added = [str(PageKey(key).label) for key in keys]
    if not Page.objects.about_how_we_work().exists():
        for position, (subject, slug) in enumerate(HOW_WE_WORK.items(), start=1):
            page = Page.objects.create(subject=subject, slug=slug, position=position)
            _first_edition(page, Text.read(f"how_we_work/{subject}"), by=by)
            added.append(slug)
    publication_changed()
    return added + _fill_lists()


def _fill_lists() -> list[str]:
    added = []
    if not Belief.objects.exists():
        Belief.objects.bulk_create(Belief(text=text, position=number) for number, text in enumerate(BELIEFS, start=1))
        added.append(str(Belief._meta.verbose_name_plural))
    if not WayOfTakingPart.objects.exists():
        WayOfTakingPart.objects.bulk_create(
            WayOfTakingPart(name=name, share=share, text=text, position=number)
            for number, (name, share, text) in enumerate(WAYS_OF_TAKING_PART, start=1)
        )
        added.append(str(WayOfTakingPart._meta.verbose_name_plural))
    return added


def _first_edition(page: Page, text: Text, *, by: User | None) -> None:
    now = timezone.now()
    PageEdition.objects.create(
        page=page,
        number=1,
        status=PageEdition.Status.PUBLISHED,
        title=text.title,
        lead=text.lead,
        body=text.body,
        review_on=now.date() + NEXT_LOOK if not page.key else None,
        written_at=now,
        published_at=now,
        published_by=by,
    )
    index(page)
