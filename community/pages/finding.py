"""One page over everything that can be found."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from foundation.access import public
from foundation.audiences import Audience, reached_by
from foundation.search import Found, Narrow, search, searchables
from foundation.search.finding import MOST_RANKED

HITS_A_PAGE = 20
LONGEST = 200


class Asked(NamedTuple):
    """What stands in the address, as far as it says anything."""

    words: str = ""
    kind: str = ""
    place: str = ""
    author: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the kind is left out."""
        return any((self.place, self.author, self.since, self.until))

    @property
    def is_asked(self) -> bool:
        """Whether there is something to look for."""
        return bool(self.words) or self.is_narrowed

    def narrow(self) -> Narrow:
        """The same for the search, the days as the reader's own."""
        return Narrow(self.kind, self.place, self.author, _start_of(self.since), _start_of(self.until, days=1))

    def address(self, page: int = 1) -> str:
        """Where this stands, page by page."""
        return _address(self, page)


@lru_cache(maxsize=2048)
def _address(asked: Asked, page: int) -> str:
    given = [("q", asked.words), *zip(asked._fields[1:], asked[1:], strict=True), ("page", page if page > 1 else "")]
    query = urlencode([(name, value) for name, value in given if value])
    return reverse("community:search-page") + (f"?{query}" if query else "")


class Tab(NamedTuple):
    """One kind to choose."""

    url: str
    label: str
    is_current: bool


@public
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """What the reader may find of people, conversations, pages and whatever else is registered: all of it, or less of it."""
    is_member = Audience.MEMBERS in reached_by(request.user)
    kinds = {kind: str(one.label) for kind, one in searchables.items() if one.for_visitors or is_member}
    asked = _asked(request.GET, kinds, is_member=is_member)
    page = _number(request.GET.get("page", ""))
    found = search(request.user, asked.words, narrow=asked.narrow(), page=page, size=HITS_A_PAGE)
    context = {
        "asked": asked,
        "is_member": is_member,
        "places": tuple((key, name) for key, name in found.places.items() if name),
        "zone": timezone.get_current_timezone_name(),
        "hits": tuple((hit, kinds.get(hit.kind, "")) for hit in found.hits),
        "found": _how_many(found) if asked.is_asked and (found.hits or page == 1) else "",
        "instead": _listed(found.instead),
        "tabs_label": _("Kinds of things"),
        "tabs": tuple(Tab(asked._replace(kind=kind).address(), label, kind == asked.kind) for kind, label in _tabs(kinds)),
        "previous_url": asked.address(page - 1) if page > 1 else "",
        "next_url": asked.address(page + 1) if found.hits and page * HITS_A_PAGE < found.total else "",
        "everywhere_url": Asked(asked.words).address() if asked.kind or asked.is_narrowed else "",
    }
    return render(request, "community/search_page.html", context)


def _asked(query: QueryDict, kinds: dict[str, str], *, is_member: bool) -> Asked:
    """What the reader asks; visitors have no places and no authors to choose from."""
    given = {name: query.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("kind", *Asked._fields[2:])}
    words = query.get("q", "").replace("\0", "").strip()[:LONGEST]
    kind = given["kind"] if given["kind"] in kinds else ""
    if not is_member:
        return Asked(words, kind)
    author = given["author"] if any(letter.isalnum() for letter in given["author"]) else ""
    return Asked(words, kind, given["place"], author, _day(given["since"]), _day(given["until"]))


def _day(text: str) -> str:
    """A day as a browser sends it; whatever is none is nothing."""
    try:
        return date.fromisoformat(text).isoformat() if "1900" < text < "9999" else ""
    except ValueError:
        return ""


def _start_of(day: str, days: int = 0) -> datetime | None:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day) + timedelta(days), time.min)) if day else None


def _number(text: str) -> int:
    """The number of a page in an address; whatever is none is the first. More than a thousand hits are not ranked."""
    return min(max(int(text), 1), 50) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _tabs(kinds: dict[str, str]) -> list[tuple[str, str]]:
    return [("", _("Everything")), *kinds.items()]


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(_("“%s”") % word for word in words)


def _how_many(found: Found) -> str:
    if found.is_more:
        return _("More than %s found. Another word would help; the newest of them are here, the best first.") % f"{MOST_RANKED:,}"
    return ngettext("%s found", "%s found", found.total) % found.total if found.total else _("Nothing found")
