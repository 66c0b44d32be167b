"""What helps with a principle: what is out about its topics and its pillar, and for members who can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow, ProfileCard, cards_for
from discussions.querysets.spaces import is_let_in
from foundation.audiences import reached_by
from foundation.models import Topic
from practice.instruments.content import Module, Principle, ProofPoint
from practice.models import InstrumentItem, LearningSession
from products.models import Edition, EditionPart, Product
from products.pages.finding import VISITOR
from products.pages.lists import Line, lines_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

MOST, MOST_READ, MOST_PEOPLE = 4, 200, 6
K = Product.Kind
GROUPS: tuple[tuple[StrPromise, Sequence[str]], ...] = (
    (_("Put it to use: kickstarters"), (K.KICKSTARTER,)),
    (_("What others found out: insights"), (K.INSIGHT,)),
    (_("Videos and other resources"), (K.RESOURCE,)),
    (_("To read on"), (K.ARTICLE, K.WHITE_PAPER)),
)


@dataclass(frozen=True)
class Place:
    """A principle of an instrument, as one edition asks it."""

    item: InstrumentItem
    module: Module
    principle: Principle
    title: str

    @property
    def key(self) -> str:
        return str(self.item.edition.instrument.key)


@dataclass(frozen=True)
class Point:
    """A proof point of a principle."""

    item: InstrumentItem
    asked: ProofPoint
    place: Place


@dataclass(frozen=True)
class Group:
    """A few products of one kind; `all_url` leads to the list of all where there are more."""

    title: StrPromise
    lines: list[Line]
    all_url: str


@dataclass(frozen=True)
class Part:
    """The part of a strategic product that is about the pillar."""

    title: str
    of: str
    url: str


def place_of(key: str, principle: str) -> Place | None:
    """The principle of that key in the newest edition that everybody may read and that has it: older results lead here, too."""
    asked = InstrumentItem.objects.visible_to(VISITOR).filter(level=InstrumentItem.Level.PRINCIPLE, key=principle)
    found = asked.filter(edition__instrument__key=key).select_related("edition__instrument__product", "edition__edition")
    item = found.order_by("-edition__edition__number").first()
    return _place(item) if item else None


def point_of(session: LearningSession, key: str) -> Point | None:
    """The proof point of that key in what a session asks of its chosen modules, and the principle it belongs to."""
    items = InstrumentItem.objects.filter(edition=session.instrument_edition_id, key=key, level=InstrumentItem.Level.PROOF_POINT)
    chosen = items.filter(parent__parent__in=session.modules.values("pk"))
    item = chosen.select_related("parent__edition__instrument__product", "parent__edition__edition").first()
    place = _place(item.parent) if item and item.parent else None
    if item is None or place is None:
        return None
    return Point(item, next(one for one in place.principle.proof_points if one.key == key), place)


def products_for(place: Place, reader: User | AnonymousUser) -> list[Group]:
    """What is out about its topics, then what is about its pillar, by kind and the newest first."""
    rows = Product.topics.through.objects.filter(product=OuterRef("product"))  # unscoped: vocabulary
    of_topic = Exists(rows.filter(topic__slug__in=place.principle.topics))
    of_pillar = Exists(
        Product.pillars.through.objects.filter(  # unscoped: likewise
            product=OuterRef("product"), pillar__slug=place.module.pillar
        )
    )
    out = Edition.objects.visible_to(reader).current().filter(of_topic | of_pillar).annotate(is_of_topic=of_topic)
    editions = list(out.with_line().order_by("-is_of_topic", "-published_at", "-pk")[:MOST_READ])
    found = {title: [one for one in editions if one.product.kind in kinds] for title, kinds in GROUPS}
    lines = {line.pk: line for line in lines_of([one for rows in found.values() for one in rows[:MOST]], reader)}
    return [
        Group(title, [lines[one.pk] for one in found[title][:MOST]], _all(place, kinds) if len(found[title]) > MOST else "")
        for title, kinds in GROUPS
        if found[title]
    ]


def parts_for(place: Place, reader: User | AnonymousUser) -> list[Part]:
    """Of the strategic products that are out, what they say of the pillar."""
    if not place.module.pillar:
        return []
    out = Edition.objects.visible_to(reader).current().filter(product__kind=K.STRATEGIC)
    rows = EditionPart.objects.visible_to(reader).filter(edition__in=out.values("pk"), pillar__slug=place.module.pillar)
    rows = rows.select_related("edition__product").order_by("-edition__published_at", "position")[:MOST]
    return [
        Part(row.title, row.edition.title, reverse("products:product-part", args=[row.edition.product.slug, row.slug]))
        for row in rows
    ]


def people_for(place: Place, reader: User | AnonymousUser) -> list[ProfileCard]:
    """Ambassadors who show the reader that a topic of it is theirs, or that one may ask them about it, and who are there today.

    Nobody for whoever is no member.
    """
    topics = list(Topic.objects.filter(slug__in=place.principle.topics))  # unscoped: vocabulary
    if not topics or not is_let_in(reader):
        return []
    reach = reached_by(reader)
    own = Ambassador.topics.through.objects.filter(ambassador=OuterRef("pk"), topic__in=topics)  # unscoped: asked by its audience
    offered = Q(Exists(own), topics_audience__in=reach)
    said = reduce(or_, (Q(ask_me_about__unaccent__icontains=topic.name) for topic in topics)) & Q(ask_me_about_audience__in=reach)
    there = Ambassador.objects.listed_to(reader).available_on(timezone.now()).filter(user__is_active=True)
    people = there.filter(offered | said).exclude(user=reader.pk).by_name()
    return cards_for(reader, [PersonRow.of(row) for row in people.as_rows()[:MOST_PEOPLE]])


def _place(item: InstrumentItem) -> Place | None:
    asks = item.edition.content
    for module in asks.modules:
        for principle in module.principles:
            if principle.key == item.key:
                return Place(item, module, principle, asks.title)
    return None


def _all(place: Place, kinds: Sequence[str]) -> str:
    said = {"kind": kinds[0], "pillar": place.module.pillar} if len(kinds) == 1 else {"pillar": place.module.pillar}
    return f"{reverse('products:product-list')}?{urlencode({name: value for name, value in said.items() if value})}"
