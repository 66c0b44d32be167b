"""The lists of what is out: by kind, pillar and audience, the newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from foundation.models import Pillar
from products.models import Edition, Product, Readership
from products.pages.cards import authors_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from products.querysets.editions import EditionQuerySet

A_PAGE = 24
MANY = {
    Product.Kind.STRATEGIC: _("Strategic products"),
    Product.Kind.KICKSTARTER: _("Kickstarters"),
    Product.Kind.INSIGHT: _("Insights"),
    Product.Kind.ARTICLE: _("Articles"),
    Product.Kind.WHITE_PAPER: _("White papers"),
    Product.Kind.RESOURCE: _("Resources"),
    Product.Kind.ASSESSMENT: _("Assessments"),
}


@dataclass(frozen=True)
class Line:
    """One product in a list."""

    pk: int
    url: str
    kind: str
    title: str
    subtitle: str
    summary: str
    label: str
    published_at: datetime
    authors: list[str]
    readership: str
    medium: str


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list: its address with this chosen, or without it where it is."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The ways to narrow the list by one thing."""

    label: Any
    choices: list[Choice]


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; whatever is no kind, pillar or audience of ours narrows nothing."""

    kind: str = ""
    pillar: str = ""
    audience: str = ""

    @classmethod
    def by(cls, query: QueryDict) -> Asked:
        kind, pillar, audience = (query.get(name, "")[:90].replace("\0", "") for name in ("kind", "pillar", "audience"))
        return cls(kind if kind in Product.Kind.values else "", pillar, audience)

    def __bool__(self) -> bool:
        return bool(self.kind or self.pillar or self.audience)

    def address(self, **other: str) -> str:
        """The query of the list with some of it chosen otherwise."""
        said = {name: value for name, value in (vars(self) | other).items() if value}
        return f"?{urlencode(said)}" if said else "."


@dataclass(frozen=True)
class ListPage:
    """One page of the list; `older` is the address of the next one."""

    lines: list[Line]
    older: str
    is_first: bool


def page_of(asked: Asked, before: str, reader: User | AnonymousUser) -> ListPage:
    """Return the page that begins after the place `before`; whatever is no place begins at the top."""
    out = _narrowed(Edition.objects.visible_to(reader).current(), asked)
    place = _place(before)
    rows = list((out.before(*place) if place else out).newest_first().with_line()[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    older = asked.address() if len(rows) > A_PAGE else ""
    if older:
        last = shown[-1]
        older = f"{older.removesuffix('.') or '?'}{'&' if asked else ''}{urlencode({'before': f'{last.published_at.isoformat()}~{last.pk}'})}"
    return ListPage(lines_of(shown, reader), older, is_first=place is None)


def lines_of(editions: Iterable[Edition], reader: User | AnonymousUser) -> list[Line]:
    """Return what a list says of editions that were read `with_line`: one query more, for the names of the authors."""
    editions = list(editions)
    authors = authors_of([edition.product_id for edition in editions], reader) if editions else {}
    return [_line(edition, authors.get(edition.product_id, [])) for edition in editions]


def narrowing(asked: Asked) -> list[Choices]:
    """Return what one may narrow the list to: what something is out for, by kind, pillar and audience."""
    out = Product.objects.published()  # unscoped: only what everybody finds is counted
    kinds = set(out.values_list("kind", flat=True).order_by().distinct())
    pillars = Pillar.objects.filter(products__current__isnull=False)  # unscoped: vocabulary
    audiences = Readership.objects.filter(products__current__isnull=False)  # unscoped: likewise
    return [
        Choices(_("Kind"), _choices(asked, "kind", [(kind.value, str(MANY[kind])) for kind in Product.Kind if kind in kinds])),
        Choices(_("Pillar"), _choices(asked, "pillar", list(pillars.distinct().values_list("slug", "name")))),
        Choices(_("Written for"), _choices(asked, "audience", list(audiences.distinct().values_list("slug", "name")))),
    ]


def _choices(asked: Asked, name: str, options: list[tuple[str, str]]) -> list[Choice]:
    chosen = getattr(asked, name)
    return [
        Choice(str(label), asked.address(**{name: "" if value == chosen else value}), value == chosen) for value, label in options
    ]


def _narrowed(out: EditionQuerySet, asked: Asked) -> EditionQuerySet:
    said: dict[str, Any] = {"product__kind": asked.kind, "product__readership__slug": asked.audience}
    out = out.filter(**{name: value for name, value in said.items() if value})
    if not asked.pillar:
        return out
    of_pillar = Product.objects.filter(pillars__slug=asked.pillar)  # unscoped: narrows what is read through `visible_to`
    return out.filter(product__in=of_pillar.values("pk"))


def _line(edition: Edition, authors: list[str]) -> Line:
    product = edition.product
    assert edition.published_at is not None  # noqa: S101  what is out has its date
    return Line(
        edition.pk,
        product.get_absolute_url(),
        product.get_kind_display(),
        edition.title,
        edition.subtitle,
        edition.summary,
        edition.label,
        edition.published_at,
        authors,
        product.readership.name if product.readership else "",
        edition.get_medium_display(),
    )


def _place(before: str) -> tuple[datetime, int] | None:
    moment, _tilde, pk = before[:60].rpartition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    is_place = at is not None and at.tzinfo is not None and pk.isascii() and pk.isdigit() and len(pk) < 19
    return (at, int(pk)) if at and is_place else None
