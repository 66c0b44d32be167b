"""Where an edition stands on its road, and what it waits for: pure functions of what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from products.models import Edition

Status = Edition.Status
LONG = timedelta(days=28)  # in one state for longer, it may be stuck

ROAD = [Status.DRAFT, Status.IN_REVIEW, Status.COMMUNITY_REVIEW, Status.APPROVED, Status.PUBLISHED]
LABELS = {
    Status.DRAFT: gettext_lazy("Draft"),
    Status.IN_REVIEW: gettext_lazy("Peer review"),
    Status.COMMUNITY_REVIEW: gettext_lazy("Community review"),
    Status.APPROVED: gettext_lazy("Approved"),
    Status.PUBLISHED: gettext_lazy("Published"),
}


@dataclass(frozen=True)
class Milestone:
    """One step of the road: whether it lies behind, is where the edition stands, or lies ahead; since when."""

    label: str
    place: str  # behind | here | ahead
    day: date | None = None


def milestones(status: str, days: Mapping[str, date], *, has_window: bool = True) -> list[Milestone]:
    """Return the steps of the road. `days` says when each state was last reached. An edition in revision stands at its peer review."""
    here = {Status.IN_REVISION: Status.IN_REVIEW, Status.RETIRED: Status.PUBLISHED}.get(Status(status), Status(status))
    road = [one for one in ROAD if has_window or one != Status.COMMUNITY_REVIEW]
    at = road.index(here) if here in road else road.index(Status.IN_REVIEW)
    return [_milestone(state, place, at, status, days) for place, state in enumerate(road)]


def _milestone(state: Status, place: int, at: int, status: str, days: Mapping[str, date]) -> Milestone:
    label = LABELS[state]
    if place == at and status in {Status.IN_REVISION, Status.RETIRED}:
        label = gettext_lazy("In revision") if status == Status.IN_REVISION else gettext_lazy("Retired")
        return Milestone(str(label), "here", days.get(status))
    word = "here" if place == at else "behind" if place < at else "ahead"
    return Milestone(str(label), word, None if word == "ahead" else days.get(state))


@dataclass(frozen=True)
class Facts:
    """What is known of an edition on the road. `closes_at` is the end of a community review that has not been closed."""

    status: str
    since: datetime
    was_submitted: bool = False
    needed: int = 0  # reviews that its round, or its kind, needs
    has_round: bool = False
    waiting: int = 0  # reviews that people still write
    submitted: int = 0
    due_on: date | None = None  # the first of those that are waited for
    closes_at: datetime | None = None
    objections: int = 0


@dataclass(frozen=True)
class Wait:
    """What an edition waits for, in words; for whom: `authors`, `editors`, `reviewers`, `community`; whether that is late.

    `then` is what an editor can do about it now, and `page` where: `progress`, `round` or `window`. Nothing where others have their time.
    """

    words: str
    whom: str
    is_late: bool = False
    then: str = ""
    page: str = "progress"


def waits_for(facts: Facts, now: datetime, today: date) -> Wait:
    """Return what it waits for."""
    if facts.status in {Status.DRAFT, Status.IN_REVISION}:
        came_back = facts.status == Status.IN_REVISION or facts.was_submitted
        return Wait(_("a new version from its authors") if came_back else _("its authors, who write it"), "authors")
    if facts.status == Status.IN_REVIEW:
        return _in_review(facts, today)
    if facts.status == Status.COMMUNITY_REVIEW:
        return _in_community(facts, now)
    if facts.status == Status.APPROVED:
        return Wait(_("an editor to publish it"), "editors", then=_("Publish it"))
    return Wait("", "")


def _in_review(facts: Facts, today: date) -> Wait:
    missing = facts.needed - facts.submitted
    if missing <= 0:
        read = _("Read what was said, and decide") if facts.submitted else _("Look at it, and decide")
        return Wait(_("an editor's decision"), "editors", then=read)
    if not facts.has_round:
        return Wait(_("an editor to ask reviewers"), "editors", then=_("Open a round, and ask reviewers"), page="round")
    if facts.waiting < missing:
        return Wait(_("an editor to ask more reviewers"), "editors", then=_("Ask more reviewers"), page="round")
    said = ngettext("one review", "%(number)d reviews", missing) % {"number": missing}
    if facts.due_on is None:
        return Wait(said, "reviewers")
    until = _("%(what)s, wanted by %(day)s") % {"what": said, "day": date_format(facts.due_on, "j F")}
    if facts.due_on >= today:
        return Wait(until, "reviewers")
    return Wait(until, "reviewers", is_late=True, then=_("Remind whoever is late, or ask somebody else"), page="round")


def _in_community(facts: Facts, now: datetime) -> Wait:
    if facts.objections:
        said = ngettext("an answer to an objection", "answers to %(number)d objections", facts.objections)
        answer = _("See that it is answered, or override it with a reason")
        return Wait(said % {"number": facts.objections}, "authors", then=answer, page="window")
    if facts.closes_at is not None and facts.closes_at > now:
        return Wait(_("the community, until %(day)s") % {"day": date_format(facts.closes_at, "j F")}, "community")
    return Wait(_("an editor's decision"), "editors", then=_("Read what was said, and decide"), page="window")


def is_stuck(facts: Facts, now: datetime) -> bool:
    """Whether it has been where it is for long, with nobody to blame for it."""
    return facts.status != Status.DRAFT and now - facts.since > LONG
