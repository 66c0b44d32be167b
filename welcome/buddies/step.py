"""The step of one's first weeks that is a word to one's buddy."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discussions.models import Post
from welcome.models import BuddyMatch
from welcome.onboarding.registry import Step, steps

if TYPE_CHECKING:
    from ambassadors.models import User


def _wrote(people: Collection[int]) -> set[int]:
    """Those who wrote in a conversation with a buddy of theirs, today's or one before."""
    own = Post.objects.filter(thread=OuterRef("thread"), author=OuterRef("newcomer"))  # unscoped: one's own posts
    rows = BuddyMatch.objects.filter(Exists(own), newcomer__in=people)  # unscoped: one's own buddies
    return set(rows.values_list("newcomer", flat=True))


def _were_welcomed(people: Collection[int]) -> set[int]:
    rows = BuddyMatch.objects.filter(newcomer__in=people, status__in=["welcomed", "together"])  # unscoped: one's own buddies
    return set(rows.values_list("newcomer", flat=True))


def _url(person: User) -> str:
    match = BuddyMatch.objects.visible_to(person).filter(newcomer=person).live().select_related("thread").first()
    return match.thread.get_absolute_url() if match and match.thread else reverse("welcome:buddy-list")


steps.add(
    "buddy",
    Step(
        name="buddy",
        title=_("Say hello to your buddy"),
        sentence=_("Somebody has offered to be there for you. A line is plenty, and it stays between the two of you."),
        url=_url,
        minutes=2,
        done_among=_wrote,
        offered_among=_were_welcomed,
        by_mail=_("Answer the mail in which your buddy welcomed you."),
        weight=30,
    ),
)
