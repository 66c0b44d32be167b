"""How a product was made, in what everybody may know: people who agreed to be named, numbers of all the others, days and editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import CommunityReview, Edition, Opinion, Review, ReviewRound
from products.pages.cards import profiles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


@dataclass(frozen=True)
class Step:
    """A day on the way of an edition, and what it brought."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Reviewer:
    """Somebody who reviewed it and said that they may be named."""

    name: str
    url: str


@dataclass(frozen=True)
class Story:
    """What is told of the making of an edition."""

    steps: list[Step]
    reviewers: list[Reviewer]
    reviews: int
    rounds: int
    days: int

    @property
    def unnamed(self) -> int:
        """How many reviews are of people who are not named here."""
        return self.reviews - len(self.reviewers)


def story_of(edition: Edition, reader: User | AnonymousUser) -> Story:
    """Tell how an edition that is out came to be. Rounds and reviews are read without regard to the reader: of them only numbers go out,
    and the names of those who chose to be named in a round that hides nobody."""
    rounds = list(_rounds(edition))
    windows = list(_windows(edition))
    reviewers = _reviewers(edition, reader)
    published = edition.published_at or edition.created_at
    steps = [
        Step(edition.created_at, _("The first words are written.") if edition.number == 1 else _("Work on this edition begins."))
    ]
    steps += [Step(one.last_in or one.opened_at, _told_round(one)) for one in rounds if one.reviews_in]
    steps += [Step(window.closed_at or window.closes_at, _told_window(window)) for window in windows]
    steps.append(Step(published, _("Edition %(label)s is published.") % {"label": edition.label}))
    if edition.retired_at:
        steps.append(Step(edition.retired_at, _("It is retired.")))
    days = (published - edition.created_at).days
    return Story(
        sorted(steps, key=lambda step: step.at),
        reviewers,
        sum(one.reviews_in for one in rounds),
        sum(1 for one in rounds if one.reviews_in),
        days,
    )


def _rounds(edition: Edition) -> Any:
    is_in = Q(reviews__status="submitted")
    rounds = ReviewRound.objects.filter(edition=edition)  # unscoped: only numbers of it go out
    return rounds.annotate(reviews_in=Count("reviews", filter=is_in), last_in=Max("reviews__submitted_at", filter=is_in)).order_by(
        "number"
    )


def _windows(edition: Edition) -> Any:
    windows = CommunityReview.objects.filter(
        edition=edition, opened_at__lte=edition.published_at or edition.created_at
    )  # unscoped: same
    said = ~Q(opinions__status=Opinion.Status.WITHDRAWN)
    return windows.annotate(voices=Count("opinions", filter=said)).order_by("opened_at")


def _reviewers(edition: Edition, reader: User | AnonymousUser) -> list[Reviewer]:
    agreed = Review.objects.submitted().filter(  # unscoped: they chose that everybody may know
        round__edition=edition, round__is_anonymous=False, openness=Review.Openness.PUBLIC, reviewer__isnull=False
    )
    people = {review.reviewer_id: str(review.reviewer) for review in agreed.select_related("reviewer").order_by("pk")}
    profiles = profiles_of(people, reader)
    return [Reviewer(name, profiles.get(pk, "")) for pk, name in people.items()]


def _told_round(one: Any) -> str:
    told = ngettext(
        "Round %(number)s of review: one review is in.", "Round %(number)s of review: %(count)s reviews are in.", one.reviews_in
    )
    return told % {"number": one.number, "count": one.reviews_in}


def _told_window(window: Any) -> str:
    days = max(1, (window.closes_at - window.opened_at).days)
    read = ngettext("The whole community had a day to speak", "The whole community had %(days)s days to speak", days) % {
        "days": days
    }
    if not window.voices:
        return _("%(read)s; nobody spoke against it.") % {"read": read}
    said = ngettext("one of its members said something", "%(count)s of its members said something", window.voices)
    return _("%(read)s: %(said)s.") % {"read": read, "said": said % {"count": window.voices}}
