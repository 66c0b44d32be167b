"""One page over everything that can be found."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from foundation.access import public
from foundation.audiences import Audience, reached_by
from foundation.search import Found, search, searchables
from foundation.search.finding import MOST_RANKED

HITS_A_PAGE = 20
LONGEST = 200


@public
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """What the reader may find of people, pages, news and whatever else is registered: all of it, or one kind."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    kinds = _kinds_for(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    page = _number(request.GET.get("page", ""))
    found = search(request.user, words, kind=kind, page=page, size=HITS_A_PAGE)
    context = {
        "words": words,
        "kind": kind,
        "hits": [(hit, kinds.get(hit.kind, "")) for hit in found.hits],
        "found": _how_many(found) if words and (found.hits or page == 1) else "",
        "tabs": [_tab(words, name, label, is_current=name == kind) for name, label in {"": _("Everything"), **kinds}.items()],
        "previous_url": _address(words, kind, page - 1) if page > 1 else "",
        "next_url": _address(words, kind, page + 1) if found.hits and page * HITS_A_PAGE < found.total else "",
    }
    return render(request, "community/search_page.html", context)


def _kinds_for(request: HttpRequest) -> dict[str, str]:
    """The kinds of which this reader may find something, by name."""
    is_inside = Audience.MEMBERS in reached_by(request.user)
    return {kind: str(one.label) for kind, one in searchables.items() if one.for_visitors or is_inside}


def _number(text: str) -> int:
    """The number of a page in an address; whatever is none is the first. More than a thousand hits are not ranked."""
    return min(max(int(text), 1), 50) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _tab(words: str, kind: str, label: str, *, is_current: bool) -> dict[str, object]:
    return {"url": _address(words, kind), "label": label, "is_current": is_current}


def _address(words: str, kind: str, page: int = 1) -> str:
    query = {"q": words, "kind": kind, "page": page if page > 1 else ""}
    asked = urlencode({name: value for name, value in query.items() if value})
    return reverse("community:search-page") + (f"?{asked}" if asked else "")


def _how_many(found: Found) -> str:
    if found.is_more:
        return _("More than %s found. Another word would help; the newest of them are here, the best first.") % f"{MOST_RANKED:,}"
    return ngettext("%s found", "%s found", found.total) % found.total if found.total else _("Nothing found")
