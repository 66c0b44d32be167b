"""The words around a list of threads: which of them one can choose, and what is said where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.threads.listing import ALL, FOLLOWING, MINE, UNREAD, Asked
from foundation.reading import remembers

if TYPE_CHECKING:
    from ambassadors.models import User


class Nothing(NamedTuple):
    """What an empty list says, and where one can go from there."""

    title: str
    text: str
    url: str
    action: str


class Segment(NamedTuple):
    """One choice above the list."""

    label: str
    url: str
    is_current: bool


def segments_of(reader: User, asked: Asked) -> tuple[Segment, ...]:
    """The choices above the list. What is unread is known of those alone who let their reading be remembered."""
    named = {ALL: _("All"), FOLLOWING: _("Followed"), UNREAD: _("Unread"), MINE: _("Mine")}
    if not remembers(reader):
        del named[UNREAD]
    return tuple(Segment(label, _address(asked._replace(show=show)), show == asked.show) for show, label in named.items())


def nothing_for(asked: Asked) -> Nothing:
    """Say why there is nothing, as far as one can know it."""
    start = reverse("discussions:thread-start") + (f"?{urlencode({'space': asked.space})}" if asked.space else "")
    everything = _address(Asked())
    if asked.show == UNREAD:
        return Nothing(_("Nothing new"), _("You have read all there is here."), everything, _("All conversations"))
    if asked.show != ALL and (asked.kind or asked.space):
        text = _("There may be something elsewhere, or of another kind.")
        return Nothing(_("Nothing here that fits"), text, _address(Asked(show=asked.show)), _("Look everywhere"))
    if asked.show == FOLLOWING:
        text = _("Follow a conversation or a space on its page, and it stands here.")
        return Nothing(_("You follow nothing here yet"), text, everything, _("All conversations"))
    if asked.show == MINE:
        text = _("What you begin, and where you answer, stands here.")
        return Nothing(_("You have not said anything here yet"), text, start, _("Begin a conversation"))
    if asked.kind:
        return Nothing(_("Nothing of this kind yet"), _("Look at the others, or begin one."), everything, _("All conversations"))
    return Nothing(_("Nothing has been said yet"), _("The first conversation is yours to begin."), start, _("Begin a conversation"))


def _address(asked: Asked) -> str:
    query = urlencode(asked.query)
    return reverse("discussions:thread-list") + (f"?{query}" if query else "")
