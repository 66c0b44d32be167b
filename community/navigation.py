"""Where one can go from every page: the entries of the header and of one's own menu, in order.

An entry names a URL. One that this installation does not have (yet) is left out, so an app can be added here before its pages exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

EVERYBODY, MEMBERS, STAFF, SIGNED_IN = "everybody", "members", "staff", "signed in"


@dataclass(frozen=True)
class Entry:
    """One place. It is the current one on every page below it; an `exact` entry only on its own."""

    label: Any
    url_name: str
    icon: str
    shown_to: str = EVERYBODY
    exact: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as one reader gets it on one page."""

    label: Any
    url: str
    icon: str
    is_current: bool


SITE = [
    Entry(_("Home"), "community:home", "house", exact=True),
    Entry(_("Desk"), "community:desk", "inbox", MEMBERS),
    Entry(_("Ambassadors"), "ambassadors:ambassador-list", "users"),
    Entry(_("Messages"), "discussions:thread-list", "messages-square", MEMBERS),
    Entry(_("Admin"), "admin:index", "sliders-horizontal", STAFF),
]
OWN = [
    Entry(_("Settings"), "settings:home", "settings", SIGNED_IN),
]
FOOT = [
    Entry(_("Style guide"), "community:styleguide", "palette"),
    Entry(_("Mailbox"), "community:mailbox", "mail"),
]


def links(entries: list[Entry], request: HttpRequest) -> list[Link]:
    """Return those of the entries that exist and that the reader may open."""
    found = []
    for entry in entries:
        url = _url(entry)
        if url and _is_shown(entry, request):
            found.append(Link(entry.label, url, entry.icon, _is_current(entry, url, request.path)))
    return found


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _is_shown(entry: Entry, request: HttpRequest) -> bool:
    person = getattr(request, "user", None)
    if entry.shown_to == EVERYBODY:
        return True
    if person is None or not person.is_authenticated:
        return False
    if entry.shown_to == MEMBERS:
        return bool(person.is_member)
    return entry.shown_to == SIGNED_IN or bool(person.is_staff)


def _is_current(entry: Entry, url: str, path: str) -> bool:
    return path == url if entry.exact else path.startswith(url)
