"""What stands on a page of the site beside its text: lists and figures, the same for everybody who may read the page."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from ambassadors import counting
from ambassadors.growth import telling
from ambassadors.models import Ambassador, CommitmentsEdition, EngagementOption, GrowthStage, Milestone
from ambassadors.privacy import ProfileCard, card_for
from community.models import (
    Belief,
    CallToAction,
    Campaign,
    CampaignFigure,
    CampaignGoal,
    PageEdition,
    ShareKit,
    WayOfTakingPart,
)
from foundation.models import Community
from foundation.publication import kept_until_it_changes

if TYPE_CHECKING:
    from ambassadors.models import User

VISITOR = AnonymousUser()
MOST_AGREEMENTS = 50


def member_count() -> str:
    """How many ambassadors there are, as the community tells it; nothing while there is nobody."""
    count = counting.member_count()
    return counting.shown_count(count) if count else ""


def beliefs() -> list[Belief]:
    """What everybody here shares, in order."""
    return list(Belief.objects.visible_to(VISITOR))


def ways_of_taking_part() -> list[WayOfTakingPart]:
    """The rule of thumb about who does what."""
    return list(WayOfTakingPart.objects.visible_to(VISITOR))


def commitments() -> CommitmentsEdition | None:
    """What everybody here engages to do, as it holds today."""
    edition: CommitmentsEdition | None = CommitmentsEdition.objects.visible_to(VISITOR).published().newest_first().first()
    return edition


def menu() -> list[EngagementOption]:
    """The ways of taking part that are on offer."""
    return list(EngagementOption.objects.visible_to(VISITOR).offered())


def growth() -> dict[str, Any] | None:
    """The figure of growth against goals and milestones, in numbers as the community tells them."""
    step = Community.current().rounds_counts_to
    joined = telling.joined_by_month()
    steps = telling.steps_of(joined, telling.today(), step)
    stages = list(GrowthStage.objects.visible_to(VISITOR).order_by("target"))
    if not telling.is_worth_drawing(steps, stages):
        return None
    milestones = list(Milestone.objects.visible_to(VISITOR).published())
    return telling.growth_figure(steps, stages, milestones, total=sum(count for _month, count in joined), step=step)


def sectors() -> dict[str, Any] | None:
    """From which fields of work the people come."""
    shares = telling.sector_shares()
    return telling.sector_figure(shares, Community.current().rounds_counts_to) if shares else None


def the_community() -> dict[str, Any]:
    """What the page about the community tells everybody alike: read once until any of it changes."""
    return kept_until_it_changes("the-community", _the_community)


def _the_community() -> dict[str, Any]:
    return {
        "beliefs": beliefs(),
        "ways": ways_of_taking_part(),
        "member_count": member_count(),
        "commitments": commitments(),
        "menu": menu(),
        "growth": growth(),
        "sectors": sectors(),
    }


def how_we_work(reader: User | AnonymousUser) -> list[PageEdition]:
    """The published agreements that `reader` may see."""
    editions = PageEdition.objects.visible_to(reader).published().about_how_we_work().select_related("page")
    return list(editions.order_by("page__position", "page__pk")[:MOST_AGREEMENTS])


def campaign() -> dict[str, Any]:
    """What stands on the page of the campaign; `empty` while nothing does."""
    lists: dict[str, Any] = {
        "goals": list(CampaignGoal.objects.visible_to(VISITOR)),
        "calls": list(CallToAction.objects.visible_to(VISITOR)),
        "figures": list(CampaignFigure.objects.visible_to(VISITOR)),
        "kits": list(ShareKit.objects.visible_to(VISITOR).select_related("picture")),
    }
    one = Campaign.objects.visible_to(VISITOR).first()
    return {**lists, "hashtag": one.hashtag if one else "", "empty": not any(lists.values())}


def faces(most: int) -> list[ProfileCard]:
    """Some of those who show themselves to everybody, others each time the page is made; visitors keep theirs until something changes."""
    shown = Ambassador.objects.listed_to(VISITOR).filter(status=Ambassador.Status.ACTIVE).with_card()
    # Read off the index of keys from a place by chance, so that it costs the same among thousands.
    highest = Ambassador.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    start = secrets.randbelow(highest + 1)
    found = list(shown.filter(pk__gte=start).order_by("pk")[:most])
    if len(found) < most:
        found += shown.filter(pk__lt=start).order_by("pk")[: most - len(found)]
    return [card_for(VISITOR, ambassador) for ambassador in found]
