"""The reasons of a match as sentences: kept as data, said in the words of whoever reads them, and only what that reader may know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User
    from welcome.buddies.suggesting import Suggestion
    from welcome.models import BuddyMatch

Of = list[str]
# Fields of both profiles that a reason tells of. What is not here is nobody's business but the support team's.
TELLS_OF: Mapping[str, tuple[str, ...]] = {
    "topics": ("topics",),
    "languages": ("languages",),
    "roles": ("role_labels",),
    "sector": ("sector",),
    "place": ("place",),
    "country": ("place",),
    "hours": (),
}


def sentences(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return all of them, for the support team. A reason that this version no longer knows is left out."""
    return [_SAY[str(one["name"])](list(one["of"])) for one in reasons if one["name"] in _SAY]


def sentences_of(suggestion: Suggestion) -> list[str]:
    """Return those of a suggestion that no match keeps yet."""
    return sentences(reason.as_data() for reason in suggestion.reasons)


def sentences_for(viewer: User, match: BuddyMatch) -> list[str]:
    """Return those that `viewer` may know today: what both of the two let their like see on their profiles."""
    if Audience.STAFF in reached_by(viewer):
        return sentences(match.reasons)
    profiles = [person.ambassador for person in _the_two(match) if hasattr(person, "ambassador")]
    return sentences(one for one in match.reasons if _is_open(str(one["name"]), profiles, reached_by(viewer)))


def _the_two(match: BuddyMatch) -> list[User]:
    return [match.newcomer, *([match.buddy.person] if match.buddy else [])]


def _is_open(name: str, profiles: list[Ambassador], reach: set[str]) -> bool:
    fields = TELLS_OF.get(name)
    return fields is not None and all(getattr(one, f"{field}_audience") in reach for one in profiles for field in fields)


def _listed(of: Of) -> str:
    return str(get_text_list(of, _("and")))


def _comfort(of: Of) -> str:
    if of == ["at home"]:
        return _("Would like a hand with websites, and the buddy is at home there.")
    return _("Would like a hand with websites, and the buddy gets along with them.")


def _room(of: Of) -> str:
    if of == ["0"]:
        return _("The buddy has no other newcomer at the moment.")
    return ngettext(
        "The buddy has %(number)s other newcomer at the moment.",
        "The buddy has %(number)s other newcomers at the moment.",
        int(of[0]),
    ) % {"number": of[0]}


def _not_lately(of: Of) -> str:
    return _("The buddy was last given a newcomer on %(day)s.") % {"day": date_format(date.fromisoformat(of[0]), "j F Y")}


_SAY: dict[str, Callable[[Of], str]] = {
    "topics": lambda of: _("Both know about %(topics)s.") % {"topics": _listed(of)},
    "languages": lambda of: _("Both speak %(languages)s.") % {"languages": _listed(of)},
    "roles": lambda of: _("Both speak from the seat of: %(roles)s.") % {"roles": _listed(of)},
    "sector": lambda of: _("Both work in: %(sector)s.") % {"sector": of[0]},
    "place": lambda of: _("Both live in %(place)s.") % {"place": of[0]},
    "country": lambda of: _("Both live in the same country: %(country)s.") % {"country": of[0]},
    "comfort": _comfort,
    "hours": lambda of: _("Their days have %(hours)s hours in common.") % {"hours": of[0]},
    "room": _room,
    "never asked": lambda of: _("The buddy has not been given a newcomer yet."),
    "not lately": _not_lately,
}
