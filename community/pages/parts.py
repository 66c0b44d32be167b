"""What stands on a page of the site beside its text: lists and figures, the same for everybody who may read the page."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from ambassadors import counting
from ambassadors.models import Ambassador
from ambassadors.privacy import ProfileCard, card_for
from community.models import Belief, PageEdition, WayOfTakingPart

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


def composition() -> list[counting.Share]:
    """From which sectors the people come, in shares; small groups are not counted out."""
    rows = Ambassador.objects.active().order_by().values_list("sector__name").annotate(people=Count("pk"))
    return counting.composition(label or "" for label, people in rows for _one in range(people))


def how_we_work(reader: User | AnonymousUser) -> list[PageEdition]:
    """The published agreements that `reader` may see."""
    editions = PageEdition.objects.visible_to(reader).published().about_how_we_work().select_related("page")
    return list(editions.order_by("page__position", "page__pk")[:MOST_AGREEMENTS])


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
