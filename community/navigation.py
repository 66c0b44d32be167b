"""Where one can go from every page: the entries of the header and of one's own menu, in order.

An entry names a URL. One that this installation does not have (yet) is left out, so an app can be added here before its pages exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.place import place_of

if TYPE_CHECKING:
    from ambassadors.models import User

EVERYBODY, MEMBERS, STAFF, SIGNED_IN, GROWCOM = "everybody", "members", "staff", "signed in", "those who vet nominations"
AMBASSADORS = "ambassadors"  # members with a profile: somebody of the support team may have none


@dataclass(frozen=True)
class Entry:
    """One place. It is the current one on every page below it; an `exact` entry only on its own; `also` are other places of it."""

    label: Any
    url_name: str
    icon: str
    shown_to: str = EVERYBODY
    exact: bool = False
    also: tuple[str, ...] = ()


class Link(NamedTuple):
    """An entry as one reader gets it on one page."""

    label: str
    url: str
    icon: str
    is_current: bool


OF_PEOPLE = ("/welcome/people/", "/welcome/buddies/", "/welcome/introductions/")
OF_PRODUCTS = ("/reviews/", "/desk/community-reviews/", "/desk/resources/")

# What everybody finds. Whoever is here has these one step away, behind their own places.
PUBLIC = [
    Entry(_("The Community"), "community:the-community", "heart-handshake", also=("/norms/", "/reading/")),
    Entry(_("Ambassadors"), "ambassadors:ambassador-list", "users"),
    Entry(_("Products"), "products:product-list", "book-open", also=("/pillars/",)),
    Entry(_("Practice"), "community:practice", "clipboard-list"),
    Entry(_("Campaign"), "community:campaign", "megaphone"),
    Entry(_("News"), "community:news-list", "newspaper"),
    Entry(_("About"), "community:about", "info"),
]
HERE = [
    Entry(_("Desk"), "community:desk", "inbox", MEMBERS, exact=True),
    Entry(_("Discussions"), "discussions:thread-list", "messages-square", MEMBERS, also=("/spaces/", "/circles/", "/bookmarks/")),
    Entry(_("Messages"), "discussions:private-thread-list", "mail", MEMBERS),
    Entry(_("Ambassadors"), "ambassadors:ambassador-list", "users", MEMBERS, also=OF_PEOPLE),
    Entry(_("Products"), "products:product-own-list", "book-open", MEMBERS, also=OF_PRODUCTS),
    Entry(_("Nominations"), "ambassadors:nomination-list", "user-plus", MEMBERS),
    Entry(_("Vetting"), "ambassadors:vetting-list", "clipboard-check", GROWCOM),
]
OWN = [
    Entry(
        _("Your organisations"),
        "practice:session-list",
        "building-2",
        SIGNED_IN,
        also=("/practice/respondents/", "/practice/actions/"),
    ),
    Entry(_("Settings"), "settings:home", "settings", SIGNED_IN),
    Entry(_("Admin"), "admin:index", "sliders-horizontal", STAFF),
]
# Within The Community.
COMMUNITY = [
    Entry(_("Overview"), "community:the-community", "heart-handshake", exact=True),
    Entry(_("Taking part"), "ambassadors:engagement", "hand"),
    Entry(_("Outreach"), "ambassadors:slot-list", "megaphone", MEMBERS, also=("/outreach/",)),
    Entry(_("Commitments"), "ambassadors:commitments", "scale"),
    Entry(_("Growth"), "ambassadors:growth", "sprout"),
    Entry(_("How people come in"), "ambassadors:joining", "door-open"),
    Entry(_("How we work"), "community:how-we-work-list", "handshake"),
    Entry(_("Norms"), "community:norms", "scroll-text"),
    Entry(_("Reading"), "discussions:recommendation-list", "book-open"),
    Entry(_("For nominees"), "ambassadors:nominee-privacy", "shield-check"),
]
# Within Outreach.
OUTREACH = [
    Entry(_("Speaking"), "ambassadors:slot-list", "mic", MEMBERS),
    Entry(_("What you shared"), "ambassadors:outreach-list", "megaphone", AMBASSADORS, exact=True),
]
# Within Ambassadors, for those who are here.
PEOPLE = [
    Entry(_("Directory"), "ambassadors:ambassador-list", "users", MEMBERS, exact=True),
    Entry(_("People to meet"), "welcome:people-list", "users-round", MEMBERS),
    Entry(_("Introductions"), "welcome:introduction-list", "handshake", MEMBERS),
    Entry(_("Newcomers"), "welcome:buddy-list", "heart-handshake", MEMBERS),
]
# Within Products, for those who make and read them before they are public.
MAKING = [
    Entry(_("What you write"), "products:product-own-list", "pen-line", MEMBERS, exact=True),
    Entry(_("Reviews"), "products:review-list", "messages-square", MEMBERS),
    Entry(_("Before it is public"), "products:community-review-list", "hand", MEMBERS),
    Entry(_("Hand in a resource"), "products:resource-contribute", "link", MEMBERS),
    Entry(_("What is out"), "products:product-list", "book-open", MEMBERS, exact=True),
]
# Within Discussions.
DISCUSSIONS = [
    Entry(_("Conversations"), "discussions:thread-list", "messages-square", MEMBERS, exact=True),
    Entry(_("Spaces"), "discussions:space-list", "layout-grid", MEMBERS, also=("/spaces/",)),
    Entry(_("Circles"), "discussions:circle-list", "circle-dot", MEMBERS, also=("/circles/",)),
    Entry(_("Ask Me About"), "discussions:ask-me-about-list", "mic", MEMBERS),
    Entry(_("Working out loud"), "discussions:prompt-list", "megaphone", MEMBERS),
    Entry(_("First looks"), "welcome:first-look-list", "binoculars", MEMBERS, also=("/welcome/improvements/",)),
    Entry(_("Kept"), "discussions:bookmark-list", "bookmark", MEMBERS),
    Entry(_("This morning"), "discussions:morning-detail", "sunrise", STAFF),
]
FOOT = [
    Entry(_("Norms"), "community:norms", "scroll-text"),
    Entry(_("Privacy"), "community:privacy", "shield"),
    Entry(_("Accessibility"), "community:accessibility", "accessibility"),
    Entry(_("Contact"), "community:contact", "mail"),
    Entry(_("The Update"), "community:update-list", "mail-open"),
    Entry(_("News feed"), "community:news-feed", "rss"),
    Entry(_("Style guide"), "community:styleguide", "palette"),
    Entry(_("Mailbox"), "community:mailbox", "mail"),
]


PLACES = {
    "public": PUBLIC,
    "here": HERE,
    "own": OWN,
    "community": COMMUNITY,
    "discussions": DISCUSSIONS,
    "people": PEOPLE,
    "making": MAKING,
    "outreach": OUTREACH,
    "foot": FOOT,
}


def links(where: str, request: HttpRequest) -> tuple[Link, ...]:
    """Return those of the entries of `PLACES[where]` that exist and that the reader may open."""
    person = getattr(request, "user", None)
    rights = frozenset({EVERYBODY}) if person is None or not person.is_authenticated else _rights(person)
    return _links(where, rights, place_of(request), get_language(), get_urlconf(), get_script_prefix())


def _rights(person: User) -> frozenset[str]:
    has_profile = person.is_member and getattr(person, "ambassador", None) is not None
    rights = (
        {EVERYBODY, SIGNED_IN}
        | ({AMBASSADORS} if has_profile else set())
        | ({MEMBERS} if person.is_member else set())
        | ({STAFF} if person.is_staff else set())
    )
    # The duty is read with the reader (ambassadors/accounts/backends.py): no page asks for it again.
    has_duty = person.is_member and getattr(person, "vetting_duty", None) is not None
    return frozenset(rights | ({GROWCOM} if has_duty else set()))


@lru_cache(maxsize=1024)
def _links(where: str, rights: frozenset[str], path: str, *_address_and_language: str | None) -> tuple[Link, ...]:
    """Remembered by all that decides about them: every page has two dozen."""
    entries = [(entry, _url(entry)) for entry in PLACES[where] if entry.shown_to in rights]
    return tuple(Link(str(entry.label), url, entry.icon, _is_current(entry, url, path)) for entry, url in entries if url)


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _is_current(entry: Entry, url: str, path: str) -> bool:
    return path == url if entry.exact else path.startswith((url, *entry.also))
