"""What the Update may pick: news, slides, people and pages, as any visitor reads them at this moment. And the members, who get it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, User
from ambassadors.privacy import card_for
from community.models import Deck, NewsItem, PageEdition
from correspondence.update.registry import Item, Source, readers, sources
from foundation.richtext import to_plain

if TYPE_CHECKING:
    from ambassadors.querysets import UserQuerySet

NEWEST, MOST_PEOPLE = 30, 200
AN_EXCERPT = 280
VISITOR = AnonymousUser()


def news(rows: Iterable[NewsItem]) -> Iterator[Item]:
    """Each with its lead, or the beginning of its text."""
    for one in rows:
        yield Item(str(one.pk), one.title, one.get_absolute_url(), one.lead or shortened(to_plain(one.body)))


def newest_news() -> Iterator[Item]:
    """What is out, the newest first."""
    return news(NewsItem.objects.visible_to(VISITOR).out().newest_first()[:NEWEST])


def news_by_key(keys: Collection[str]) -> Iterator[Item]:
    """Those that are out."""
    return news(NewsItem.objects.visible_to(VISITOR).out().filter(pk__in=numbers(keys)))


def slides(rows: Iterable[Deck]) -> Iterator[Item]:
    """Each with what it is about."""
    for one in rows:
        yield Item(str(one.pk), one.title, one.get_absolute_url(), shortened(to_plain(one.text_alternative)))


def newest_slides() -> Iterator[Item]:
    """What is published, the newest first."""
    return slides(Deck.objects.visible_to(VISITOR).order_by("-pk")[:NEWEST])


def slides_by_key(keys: Collection[str]) -> Iterator[Item]:
    """Those that are published."""
    return slides(Deck.objects.visible_to(VISITOR).filter(pk__in=numbers(keys)))


def people(rows: Iterable[Ambassador]) -> Iterator[Item]:
    """Each as their profile shows them to a visitor."""
    for one in rows:
        card = card_for(VISITOR, one)
        what = ", ".join(filter(None, [card.job_title, card.organization]))
        yield Item(str(card.pk), card.name, card.url, what, ", ".join(card.role_labels))


def newest_people() -> Iterator[Item]:
    """Those whom visitors find in the directory, the newest first."""
    return people(Ambassador.objects.listed_to(VISITOR).with_card().order_by("-joined_at", "-pk")[:MOST_PEOPLE])


def people_by_key(keys: Collection[str]) -> Iterator[Item]:
    """Those whom visitors find there."""
    return people(Ambassador.objects.listed_to(VISITOR).with_card().filter(pk__in=numbers(keys)))


def pages(rows: Iterable[PageEdition]) -> Iterator[Item]:
    """Each with its lead; its key is the page's, whichever edition is shown."""
    for one in rows:
        yield Item(str(one.page_id), one.title, one.page.get_absolute_url(), one.lead)


def all_pages() -> Iterator[Item]:
    """The public pages, by title."""
    return pages(PageEdition.objects.visible_to(VISITOR).published().select_related("page").order_by("title", "pk"))


def pages_by_key(keys: Collection[str]) -> Iterator[Item]:
    """Those that visitors may read."""
    found = PageEdition.objects.visible_to(VISITOR).published().select_related("page")
    return pages(found.filter(page__in=numbers(keys)))


def members() -> UserQuerySet:
    """Everybody for whom the house is open."""
    found: UserQuerySet = User.objects.members()
    return found


def numbers(keys: Collection[str]) -> list[int]:
    """The keys that could be of a row."""
    return [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]


def shortened(text: str) -> str:
    """The beginning of a text, to the end of a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= AN_EXCERPT else f"{flat[:AN_EXCERPT].rsplit(' ', 1)[0]} …"


sources.add("news", Source(_("News"), newest_news, news_by_key))
sources.add("slides", Source(_("Slides"), newest_slides, slides_by_key))
sources.add("people", Source(_("People"), newest_people, people_by_key))
sources.add("pages", Source(_("Pages"), all_pages, pages_by_key))
readers.add("members", members)
