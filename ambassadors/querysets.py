"""Which people a viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, Func, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.utils import timezone

from foundation.audiences import WIDEST_FIRST, Audience, reached_by
from foundation.models import RoleLabel, Synonym, Topic
from foundation.prepared import Late
from foundation.search import entries_like, entries_of, entries_typed, of_target, targets, with_likeness, words_within

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import Organization, User


class AmbassadorQuerySet(models.QuerySet):
    """Ambassadors, by state and by who is looking."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Profiles that `viewer` may open.

        The support team sees everybody, for it looks after the roster. Members see those who belong and have not hidden from them.
        Visitors see who has signed in at least once and chose to be public. Everybody who is signed in sees their own.
        """
        reach = reached_by(viewer)
        if Audience.STAFF in reach:
            return self
        return self.filter(_listed_in(reach) | Q(user_id=viewer.pk))

    def listed_to(self, viewer: User | AnonymousUser) -> Self:
        """Who stands in the directory that `viewer` sees: nobody who has left, whoever is looking."""
        return self.filter(_listed_in(reached_by(viewer)))

    def available_on(self, when: date | datetime | Late) -> Self:
        """Those whom one may ask for something on that day: active, and not away.

        Who is away until 1 May is not there on 30 April, and is there on 1 May. Of a moment it is asked which day it is where they are.
        """
        day: Any = when
        if isinstance(when, datetime | Late):
            moment = when if isinstance(when, Late) else Value(when)
            day = Cast(Func(F("user__time_zone"), moment, function="timezone"), models.DateField())
        return self.filter(Q(away_until=None) | Q(away_until__lte=day), status="active")

    def without_question_since(self, moment: datetime) -> Self:
        """Those whom nobody has asked about their profile since then."""
        return self.exclude(user__profile_questions__asked_at__gte=moment)

    def with_fewer_unanswered_than(self, most: int) -> Self:
        """Those who have not left so many questions about their profile without an answer."""
        unanswered = Count("user__profile_questions", filter=Q(user__profile_questions__status="asked"))
        return self.annotate(unanswered=unanswered).filter(unanswered__lt=most)

    def lacking(self, fields: Iterable[str]) -> Self:
        """Those who have said nothing in one of these fields."""
        return self.filter(reduce(or_, (Q(**{field: ""}) for field in fields)))

    def active(self) -> Self:
        """Those for whom the house is open: active, or pausing but still a member."""
        return self.filter(status__in=["active", "paused"])

    def belonging(self) -> Self:
        """Those who are of the community today, invited to sign in or not yet."""
        return self.filter(status__in=["listed", "active", "paused"])

    def on_roster(self) -> Self:
        """Those who wait to be invited to sign in."""
        return self.filter(status="listed")

    def matching(self, words: list[str] | Late, viewer: User | AnonymousUser) -> Self:
        """Those in whom `viewer` may find all `words`, the last one perhaps only begun; `nearness` says where they were found.

        0 in the name, 1 in what one is known for, 2 in what one says. A field for a narrower audience is not searched: finding somebody
        by it would tell what it says.
        """
        found = entries_typed(viewer, "person", words)
        # Where it was found is asked of those alone who were: the words of all the others are not read for it.
        own = of_target(found, "person", OuterRef("pk"))
        places = (When(vector=words_within(words, within), then=place) for place, within in enumerate(("A", "AB")))
        nearest = Min(Case(*places, default=2, output_field=models.IntegerField()))
        nearness = own.order_by().values("target_id").annotate(nearest=nearest).values("nearest")  # of a person's several entries
        return self.filter(pk__in=targets(found)).annotate(nearness=Subquery(nearness))

    def nearly_called(self, text: str, viewer: User | AnonymousUser) -> Self:
        """Those of whom a name, an organisation or a topic is nearly so spelt, as far as `viewer` may read it; the likest first."""
        near = entries_like(viewer, "person", text)
        likeness = with_likeness(entries_of(viewer, "person", OuterRef("pk")), text).order_by("-likeness").values("likeness")[:1]
        return self.filter(pk__in=targets(near)).order_by(Subquery(likeness).desc(), "user__sort_name", "pk")

    def by_name(self) -> Self:
        """In the order of the directory."""
        return self.order_by("user__sort_name", "pk")

    def by_nearness(self) -> Self:
        """In the order of a search: who is called so, who is known for it, who speaks of it; by name within each."""
        return self.order_by("nearness", "user__sort_name", "pk")

    def after(self, sort_name: str | Late, pk: int | Late, nearness: int | Late | None = None) -> Self:
        """Those who come later in the order of the directory, or of a search, than the given place."""
        later = Q(user__sort_name__gt=sort_name) | Q(user__sort_name=sort_name, pk__gt=pk)
        if nearness is not None:
            return self.filter(Q(nearness__gt=nearness) | (Q(nearness=nearness) & later))
        # Said twice: the index of names begins at a bound, and can do nothing with an "or".
        return self.filter(later, user__sort_name__gte=sort_name)

    def with_card(self) -> Self:
        """What a card shows, read with the row."""
        labels = RoleLabel.objects.filter(ambassadors=OuterRef("pk")).values("name")
        topics = Topic.objects.filter(ambassadors=OuterRef("pk")).values(word=JSONObject(name="name", slug="slug"))
        beside = self.select_related("user", "organization", "sector", "place")
        return beside.annotate(
            role_names=ArraySubquery(labels), topic_words=ArraySubquery(topics), photo_alt=Coalesce("photo__alt", Value(""))
        )

    def as_rows(self, *more: Any) -> models.QuerySet[Any, Any]:
        """What a card in a list is made of, and no long text: the values of a `PersonRow`, and what else is asked for."""
        from ambassadors.privacy import COLUMNS  # deferred: it speaks of the models, which take their querysets from here

        labels = RoleLabel.objects.filter(ambassadors=OuterRef("pk")).values("name")
        topics = Topic.objects.filter(ambassadors=OuterRef("pk")).values("name")
        known = When(place__isnull=True, then=Value("")), When(place__country="", then=F("place__name"))
        where = Case(*known, default=Concat("place__name", Value(", "), "place__country"))
        rows = self.annotate(role_names=ArraySubquery(labels), topic_names=ArraySubquery(topics), place_name=where)
        rows = rows if "nearness" in rows.query.annotations else rows.annotate(nearness=Value(0))
        return rows.values_list(*COLUMNS, *more)

    def with_finders(self) -> Self:
        """Whether each is found by visitors, members and staff (`found_by_public` …), and all words for their topics: for the index."""
        reaches = {audience: {str(wider) for wider in WIDEST_FIRST[: number + 1]} for number, audience in enumerate(WIDEST_FIRST)}
        found = {f"found_by_{audience}": _listed_in(reach) for audience, reach in reaches.items()}
        synonyms = Synonym.objects.filter(topic__ambassadors=OuterRef("pk")).values("name")
        return self.annotate(
            other_words=ArraySubquery(synonyms),
            **{name: ExpressionWrapper(rule, models.BooleanField()) for name, rule in found.items()},
        )


def _listed_in(reach: set[str]) -> Q:
    """Those who belong and are listed for one of the audiences; on the public site nobody who has never been asked.

    Of those who left, the ones who chose to stay findable for visitors or members; nobody who is about to be erased.
    """
    return _by_choice(reach) & ~Q(_is_to_be_erased())


def _is_to_be_erased() -> Exists:
    from ambassadors.models import Erasure  # deferred: the models take their querysets from here

    return Exists(Erasure.objects.planned().filter(person=OuterRef("user_id")))


def _by_choice(reach: set[str]) -> Q:
    alumni = Q(status="alumni", alumni_listed_for__in=reach - {Audience.STAFF})
    public = Q(listed_for=Audience.PUBLIC, status__in=["active", "paused"])
    if Audience.MEMBERS not in reach:
        return public | alumni
    return Q(listed_for__in=reach, status__in=["listed", "active", "paused"]) | alumni


class OrganizationQuerySet(models.QuerySet):
    """Organisations, seen through the people who work there."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Those of people whose profile and organisation `viewer` may see; all for the support team."""
        reach = reached_by(viewer)
        if Audience.STAFF in reach:
            return self
        from ambassadors.models import Ambassador  # deferred: the models take their querysets from here

        seen = Ambassador.objects.listed_to(viewer).filter(organization=OuterRef("pk"), organization_audience__in=reach)
        return self.filter(Exists(seen))

    def named(self, name: str) -> Organization:
        """Return the organisation of this name, whatever its capitals, making it where there is none yet."""
        found: Any = self.filter(name__iexact=name).first()
        if found is None:
            try:
                with transaction.atomic():
                    found = self.create(name=name)
            except IntegrityError:  # somebody else made it between the look and the insert
                found = self.get(name__iexact=name)
        organization: Organization = found
        return organization


def who_are_members(path: str = "") -> Q:
    """Of accounts, or of rows that lead to one by `path` ("person__"): those for whom the house is open, as `User.is_member` says of one."""
    standing = Q(**{f"{path}is_staff": True}) | Q(**{f"{path}ambassador__status__in": ["active", "paused"]})
    return Q(**{f"{path}is_active": True}) & standing


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def members(self) -> Self:
        """Those for whom the house is open."""
        return self.filter(who_are_members())

    def support_team(self) -> Self:
        return self.filter(is_staff=True, is_active=True).order_by("pk")

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All accounts for the support team; for everybody else their own."""
        return self if Audience.STAFF in reached_by(viewer) else self.filter(pk=viewer.pk)


class RosterFileQuerySet(models.QuerySet):
    """Rosters that wait for their uploader's decision."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """One's own, as long as one is of the support team."""
        return self.filter(uploaded_by=viewer.pk) if Audience.STAFF in reached_by(viewer) else self.none()

    def forgotten(self) -> Self:
        """Those that nobody has decided about for a day."""
        return self.filter(uploaded_at__lt=timezone.now() - timedelta(days=1))


class ProfileQuestionQuerySet(models.QuerySet):
    """Questions about profiles, and the drafts that answer them."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: staff do not read what somebody has not shown yet."""
        return self.filter(person=viewer.pk) if viewer.is_authenticated and viewer.is_active else self.none()

    def drafts(self) -> Self:
        """Answers that wait for their person's word."""
        return self.filter(status="answered")

    def unanswered(self) -> Self:
        """Asked by mail, and not answered so far."""
        return self.filter(status="asked")
