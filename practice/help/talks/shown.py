"""What the two see of each other before and around a talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.privacy import card_seen_by
from foundation.audiences import Audience
from practice.models import LearningSession, Talk, TalkVolunteer
from practice.results.reading import PointResult, results_of
from products.pages.finding import VISITOR

AGREED_TO = ("role_labels", "place", "topics")


@dataclass(frozen=True)
class VolunteerCard:
    """A volunteer, as somebody who is no member gets to know them."""

    pk: int
    name: str
    role_labels: Sequence[str] = ()
    place: str = ""
    topics: Sequence[str] = ()
    words: str = ""


@dataclass(frozen=True)
class Shared:
    """What an organisation ticked. What it did not tick is empty here: there is nothing to leak."""

    organization: str = ""
    person: str = ""
    address: str = ""
    figures: Sequence[dict[str, Any]] = ()
    words: str = ""


def cards_of(volunteers: Iterable[TalkVolunteer]) -> list[VolunteerCard]:
    """Name and words of each; labels, place and topics where everybody may read them, or where volunteering was said to show them."""
    volunteers = list(volunteers)
    people = [one.person_id for one in volunteers]
    rows = Ambassador.objects.filter(user__in=people).with_card()  # unscoped: what is shown of them is said below
    profiles = {row.user_id: row for row in rows}
    public = set(Ambassador.objects.visible_to(VISITOR).filter(user__in=people).values_list("user", flat=True))
    return [_card(one, profiles.get(one.person_id), one.person_id in public) for one in volunteers]


def shared_by(talk: Talk) -> Shared:
    """What the volunteer reads of it, while there is a talk to prepare or to remember."""
    if talk.status in {Talk.Status.DECLINED, Talk.Status.WITHDRAWN, Talk.Status.CANCELLED}:
        return Shared()
    person = talk.asked_by if talk.shares_person else None
    return Shared(
        organization=talk.organization.name if talk.shares_organization else "",
        person=person.name if person else "",
        address=person.email if person else "",
        figures=talk.figures,
        words=talk.words,
    )


def organization_as(talk: Talk) -> str:
    """As what the volunteer knows the organisation."""
    named = shared_by(talk).organization
    return named or _("An organisation that uses %(title)s") % {"title": talk.instrument_title}


def figures_of(session: LearningSession, modules: Sequence[str]) -> list[dict[str, Any]]:
    """The chosen modules of a closed round as they are today, to be kept: of what too few have answered there is nothing."""
    if not modules:
        return []
    found = results_of(session, modules=modules)
    scale = found.asks.practice.answers
    return [
        {
            "title": f"{one.module.code} {one.module.title}",
            "places": len(scale),
            "ends": [scale[0], scale[-1]],
            "points": [_line(point) for point in one.points if point.is_shown and point.spread and point.spread.people],
        }
        for one in found.modules
    ]


def _line(point: PointResult) -> dict[str, Any]:
    spread = point.spread
    assert spread is not None  # noqa: S101  asked by the caller
    apart = "apart" if spread.is_apart else "of one mind" if spread.is_of_one_mind else "mixed"
    return {
        "text": f"{point.point.code} {point.point.text}",
        "middle": spread.median,
        "agreement": apart,
        "unknown": point.is_unknown,
    }


def _card(volunteer: TalkVolunteer, profile: Ambassador | None, is_public: bool) -> VolunteerCard:
    said = VolunteerCard(volunteer.pk, volunteer.person.name, words=volunteer.words)
    if profile is None or not (is_public or volunteer.shows_profile):
        return said
    reach = {str(Audience.PUBLIC), str(Audience.MEMBERS)} if volunteer.shows_profile else {str(Audience.PUBLIC)}
    card = card_seen_by(reach, profile)
    topics = [str(topic) for topic in card.topics]
    return VolunteerCard(volunteer.pk, card.name, card.role_labels, card.place, topics, volunteer.words)
