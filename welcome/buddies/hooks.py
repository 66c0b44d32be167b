"""Three ways into a conversation with somebody new, each with its reason: from what their profile shows to members, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.privacy import ProfileCard, card_seen_by
from foundation.audiences import Audience

if TYPE_CHECKING:
    from ambassadors.models import Ambassador
    from welcome.models import BuddyMatch

NUMBER = 3
AS_MEMBERS = frozenset({str(Audience.PUBLIC), str(Audience.MEMBERS)})


@dataclass(frozen=True)
class Hook:
    """One thing to begin from: what one could say, and why just that."""

    text: str
    reason: str


def for_buddy(match: BuddyMatch) -> tuple[ProfileCard, list[Hook]]:
    """The newcomer as members see them, and three hooks for their buddy. Both are seen as any member would, staff or not."""
    assert match.buddy is not None  # noqa: S101  callers have asked
    newcomer, buddy = match.newcomer.ambassador, match.buddy.person.ambassador
    return card_seen_by(AS_MEMBERS, newcomer), between(newcomer, buddy)


def between(newcomer: Ambassador, buddy: Ambassador) -> list[Hook]:
    """Three hooks for the buddy, from both profiles as members see them."""
    return hooks(card_seen_by(AS_MEMBERS, newcomer), card_seen_by(AS_MEMBERS, buddy))


def hooks(newcomer: ProfileCard, buddy: ProfileCard) -> list[Hook]:
    """Return three of them: what the two have in common first; where the profile says little, honest questions that suit everybody."""
    return list(islice(chain(_of_both(newcomer, buddy), _of_newcomer(newcomer), _of_anybody(newcomer)), NUMBER))


def _of_both(newcomer: ProfileCard, buddy: ProfileCard) -> Iterator[Hook]:
    theirs = {topic.name for topic in buddy.topics}
    if shared := [topic.name for topic in newcomer.topics if topic.name in theirs][:2]:
        yield Hook(
            _("Ask what they are working on just now in: %(topics)s.") % {"topics": ", ".join(shared)},
            _("It is a topic of both of you."),
        )
    if newcomer.place and newcomer.place == buddy.place:
        yield Hook(_("Propose to meet for half an hour."), _("You both live in %(place)s.") % {"place": newcomer.place})
    if roles := [label for label in newcomer.role_labels if label in buddy.role_labels][:1]:
        yield Hook(
            _("Tell them what surprised you most in that role, and ask what surprises them."),
            _("You are both here as: %(label)s.") % {"label": roles[0]},
        )


def _of_newcomer(newcomer: ProfileCard) -> Iterator[Hook]:
    if newcomer.ask_me_about:
        yield Hook(
            _("Ask about one thing they offer to talk about: “%(words)s”.") % {"words": _short(newcomer.ask_me_about)},
            _("They say so under “Ask me about”."),
        )
    if topics := [topic.name for topic in newcomer.topics][:2]:
        yield Hook(
            _("Point them to a conversation here about %(topics)s.") % {"topics": ", ".join(topics)},
            _("It is a topic that they chose for their profile."),
        )
    if newcomer.line:
        yield Hook(_("Ask what a good week looks like there."), _("They work as: %(line)s.") % {"line": newcomer.line})
    if newcomer.place:
        yield Hook(
            _("Ask what people who care about this work do in %(place)s.") % {"place": newcomer.place},
            _("Their profile says that they live there."),
        )


def _of_anybody(newcomer: ProfileCard) -> Iterator[Hook]:
    if not newcomer.ask_me_about:
        yield Hook(
            _("Ask what people could ask them about; it may help them to fill in their profile."),
            _("Their profile does not say so yet."),
        )
    yield Hook(_("Tell them about the first conversation here that was worth your time."), _("It helps anybody who is new."))
    yield Hook(_("Ask what made them say yes to the invitation."), _("Everybody has an answer to it."))
    yield Hook(_("Ask what would make the next month here worth it for them."), _("It suits everybody in their first weeks."))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 120 else f"{words[:119].rstrip()}…"


def sample() -> list[Hook]:
    """Invented ones."""
    return [
        Hook(
            _("Ask what they are working on just now in: %(topics)s.") % {"topics": "Budgets"}, _("It is a topic of both of you.")
        ),
        Hook(
            _("Ask what a good week looks like there."),
            _("They work as: %(line)s.") % {"line": "Programme lead, Lakeside Kitchens"},
        ),
        Hook(_("Ask what made them say yes to the invitation."), _("Everybody has an answer to it.")),
    ]
