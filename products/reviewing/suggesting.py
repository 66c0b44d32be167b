"""Whom an editor could ask for a review, with the reasons. `suggest` is pure; what it needs to know of people is gathered below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.asks import times_asked
from ambassadors.models import Ambassador, EngagementOffer
from discussions.models import Block
from foundation.audiences import reached_by
from foundation.models import Community
from products.models import Review, ReviewRound
from products.reviewing.conflicts import authors_of, co_authors_of, colleagues_of, same_organisation, wrote_together

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User

SHOWN = 8
MOST = 300  # of those who fit at all: they are looked at one by one
OFFER = "review"
BEFORE, OFFERED, LABEL, TOPIC, MOST_TOPICS = 6, 4, 4, 2, 3


@dataclass(frozen=True)
class Wanted:
    """What an edition is about: its topics and, where it is for one audience, the role labels of that audience, by name."""

    topics: Mapping[int, str]
    labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """What is known of somebody who could be asked, as far as they let the editor know it."""

    person: int
    name: str
    slug: str = ""
    topics: frozenset[int] = frozenset()
    labels: frozenset[int] = frozenset()
    offers: bool = False
    asked: int = 0
    reviewed_before: bool = False
    is_colleague: bool = False
    is_co_author: bool = False


@dataclass(frozen=True)
class Suggestion:
    """Somebody who could be asked: why, and what speaks against it."""

    person: int
    name: str
    slug: str
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    belongs: bool = False  # to the audience that it is written for


def suggest(wanted: Wanted, candidates: Iterable[Candidate], *, asks_a_month: int, most: int = SHOWN) -> list[Suggestion]:
    """Return whom to ask, the best fit first: those with a conflict last, nobody who was asked for enough this month or fits in nothing."""
    scored = []
    for one in candidates:
        score, reasons = _fit(wanted, one)
        if not score or one.asked >= asks_a_month:
            continue
        against = _against(one)
        made = Suggestion(one.person, one.name, one.slug, tuple(reasons), tuple(against), bool(one.labels & set(wanted.labels)))
        scored.append(((bool(against), -score, one.asked, one.name), made))
    return [made for _key, made in sorted(scored, key=lambda pair: pair[0])[:most]]


def _fit(wanted: Wanted, one: Candidate) -> tuple[int, list[str]]:
    score, reasons = 0, []
    if one.reviewed_before:
        score, reasons = score + BEFORE, [_("reviewed it before")]
    shared = [name for key, name in wanted.topics.items() if key in one.topics]
    if shared:
        score += TOPIC * min(len(shared), MOST_TOPICS)
        reasons.append(_("knows about %(topics)s") % {"topics": ", ".join(shared[:MOST_TOPICS])})
    labels = [name for key, name in wanted.labels.items() if key in one.labels]
    if labels:
        score += LABEL
        reasons.append(_("belongs to its audience: %(label)s") % {"label": labels[0]})
    if one.offers:
        score += OFFERED
        reasons.append(_("offers to review"))
    if reasons and one.asked:
        number = ngettext("asked for something once this month", "asked for something %(number)d times this month", one.asked)
        reasons.append(number % {"number": one.asked})
    return score, reasons


def _against(one: Candidate) -> list[str]:
    said = [same_organisation()] if one.is_colleague else []
    return [*said, wrote_together()] if one.is_co_author else said


def suggestions_for(opened: ReviewRound, *, by: User) -> list[Suggestion]:
    """Whom to ask in a round. The number of queries is the same however many people there are."""
    product = opened.edition.product
    labels = {label.pk: label.name for label in product.readership.role_labels.all()} if product.readership else {}
    wanted = Wanted({topic.pk: topic.name for topic in product.topics.all()}, labels)
    return suggest(wanted, _candidates(opened, wanted, by), asks_a_month=Community.seen().asks_a_month)


def _candidates(opened: ReviewRound, wanted: Wanted, by: User) -> list[Candidate]:
    now = timezone.now()
    authors = authors_of(opened)
    before = set(
        Review.objects.submitted().filter(round__edition__product=opened.edition.product_id).values_list("reviewer", flat=True)
    )
    offers = _offering(by, now)
    reach = reached_by(by)
    fits = Q(user__in=before) | Q(pk__in=offers) | Q(topics__in=list(wanted.topics), topics_audience__in=reach)
    fits |= Q(role_labels__in=list(wanted.labels), role_labels_audience__in=reach)
    people = _free_people(opened, authors, by, now).filter(pk__in=Ambassador.objects.filter(fits).values("pk"))  # unscoped: narrows
    rows = list(people.select_related("user").prefetch_related("topics", "role_labels").order_by("user__sort_name")[:MOST])
    asked = times_asked([row.user_id for row in rows])
    near, together = colleagues_of(authors, by), co_authors_of(authors)
    offering = set(offers.values_list("ambassador", flat=True))
    return [
        Candidate(
            person=row.user_id,
            name=str(row.user),
            slug=row.slug,
            topics=frozenset(topic.pk for topic in row.topics.all()) if row.topics_audience in reach else frozenset(),
            labels=frozenset(label.pk for label in row.role_labels.all()) if row.role_labels_audience in reach else frozenset(),
            offers=row.pk in offering,
            asked=asked.get(row.user_id, 0),
            reviewed_before=row.user_id in before,
            is_colleague=row.user_id in near,
            is_co_author=row.user_id in together,
        )
        for row in rows
    ]


def _offering(by: User, now: datetime) -> QuerySet[EngagementOffer]:
    """Offers to review that can be taken up now, as `by` may know of them; their ambassadors."""
    rows: QuerySet[EngagementOffer] = EngagementOffer.objects.visible_to(by).available_on(now).filter(option__slug=OFFER)
    return rows.values_list("ambassador", flat=True)  # type: ignore[return-value]


def _free_people(opened: ReviewRound, authors: set[int], by: User, now: datetime) -> QuerySet[Ambassador]:
    """Members who are there, who neither write it nor review it in this round, and whom nobody keeps apart from its authors."""
    asked = set(opened.reviews.values_list("reviewer", flat=True))
    pairs = Block.objects.filter(Q(person__in=authors) | Q(blocked__in=authors))  # unscoped: they are left out without a word
    apart = {key for pair in pairs.values_list("person", "blocked") for key in pair}
    people: QuerySet[Ambassador] = Ambassador.objects.visible_to(by).available_on(now).filter(user__is_active=True)
    return people.exclude(user__in=[key for key in {*authors, *asked, *apart, by.pk} if key is not None])
