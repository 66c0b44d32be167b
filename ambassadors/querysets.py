"""Which people a viewer may see."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils import timezone

from foundation.audiences import Audience, reached_by
from foundation.models import RoleLabel, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import Organization, User

    Viewer = User | AnonymousUser

# A search looks at so many words: more would only make it slow.
WORDS = 6


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

    def available_on(self, when: date | datetime) -> Self:
        """Those whom one may ask for something on that day: active, and not away.

        Who is away until 1 May is not there on 30 April, and is there on 1 May. Of a moment it is asked which day it is where they are.
        """
        day: Any = when
        if isinstance(when, datetime):
            day = Cast(Func(F("user__time_zone"), Value(when), function="timezone"), models.DateField())
        return self.filter(Q(away_until=None) | Q(away_until__lte=day), status="active")

    def active(self) -> Self:
        """Those for whom the house is open: active, or pausing but still a member."""
        return self.filter(status__in=["active", "paused"])

    def belonging(self) -> Self:
        """Those who are of the community today, invited to sign in or not yet."""
        return self.filter(status__in=["listed", "active", "paused"])

    def on_roster(self) -> Self:
        """Those who wait to be invited to sign in."""
        return self.filter(status="listed")

    def matching(self, text: str, viewer: User | AnonymousUser) -> Self:
        """Those in whom every word of `text` is found, in the name or in a field that `viewer` may read.

        A field for a narrower audience is not searched: finding somebody by it would tell what it says.
        """
        reach = reached_by(viewer)
        found = self
        for word in unicodedata.normalize("NFC", text).split()[:WORDS]:
            found = found.filter(Q(user__name__unaccent__icontains=word) | _said_in_a_field(word, reach))
        return found

    def by_name(self) -> Self:
        """In the order of the directory."""
        return self.order_by("user__sort_name", "pk")

    def after(self, sort_name: str, pk: int) -> Self:
        """Those who come later in the order of the directory than the given place."""
        return self.filter(Q(user__sort_name__gt=sort_name) | Q(user__sort_name=sort_name, pk__gt=pk))

    def with_card(self) -> Self:
        """What a card shows, read with the row."""
        labels = RoleLabel.objects.filter(ambassadors=OuterRef("pk")).values("name")
        topics = Topic.objects.filter(ambassadors=OuterRef("pk")).values(word=JSONObject(name="name", slug="slug"))
        beside = self.select_related("user", "organization", "sector", "place")
        return beside.annotate(
            role_names=ArraySubquery(labels), topic_words=ArraySubquery(topics), photo_alt=Coalesce("photo__alt", Value(""))
        )


def _listed_in(reach: set[str]) -> Q:
    """Those who belong and are listed for one of the audiences; on the public site nobody who has never been asked.

    Of those who left, the ones who chose to stay findable for visitors or members.
    """
    alumni = Q(status="alumni", alumni_listed_for__in=reach - {Audience.STAFF})
    public = Q(listed_for=Audience.PUBLIC, status__in=["active", "paused"])
    if Audience.MEMBERS not in reach:
        return public | alumni
    return Q(listed_for__in=reach, status__in=["listed", "active", "paused"]) | alumni


def _said_in_a_field(word: str, reach: set[str]) -> Q:
    found = Q(organization__name__unaccent__icontains=word, organization_audience__in=reach)
    found |= Q(sector__name__unaccent__icontains=word, sector_audience__in=reach)
    labelled = RoleLabel.objects.filter(ambassadors=OuterRef("pk"), name__unaccent__icontains=word)
    found |= Q(Exists(labelled), role_labels_audience__in=reach)
    found |= Q(place__name__unaccent__icontains=word, place_audience__in=reach)
    found |= Q(place__country__unaccent__icontains=word, place_audience__in=reach)
    for field in ("job_title", "ask_me_about"):
        found |= Q(**{f"{field}__unaccent__icontains": word, f"{field}_audience__in": reach})
    return found


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


class UserQuerySet(models.QuerySet):
    """Accounts."""

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
