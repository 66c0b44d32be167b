"""The same as `list_person` for many at once, in a few statements for each five hundred; to be called within `index_once()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower

from ambassadors.models import Ambassador, Organization, User
from ambassadors.names import slugs_for
from foundation.models import HistoryEntry, Place, Via
from foundation.richtext import from_plain
from foundation.search import index
from foundation.taxonomy import places_named
from foundation.workflow import line_of_history

if TYPE_CHECKING:
    from ambassadors.roster.report import Entry


def known_addresses(emails: Iterable[str]) -> dict[str, bool]:
    """Return those of the (lower-case) addresses that belong to an account, and whether that account has a profile."""
    wanted = list(emails)
    main = User.objects.annotate(low=Lower("email")).filter(low__in=wanted)
    other = EmailAddress.objects.annotate(low=Lower("email")).filter(low__in=wanted)
    pairs = [*other.values_list("low", "user__ambassador"), *main.values_list("low", "ambassador")]
    known = dict.fromkeys((email for email, _profile in pairs), False)
    return known | {email: True for email, profile in pairs if profile is not None}


class Lister:
    """Puts people on the roster in bulk. Raises IntegrityError when one of them was added by somebody else meanwhile."""

    def __init__(self, *, by: User | None, via: Via) -> None:
        self.by, self.via = by, via
        self._organizations: dict[str, int] = {}
        self._places: dict[str, Place] = {}
        self._slugs: dict[str, Iterator[str]] = {}
        self._taken = set(Ambassador.objects.values_list("slug", flat=True))

    def put(self, people: Sequence[Entry]) -> None:
        """Give each of `people` an account that cannot sign in (unless there is one), a profile and a line of history."""
        users = self._accounts(people)
        self._learn_organizations([person.organization for person in people if person.organization])
        self._places |= places_named({person.place for person in people} - self._places.keys())
        profiles = Ambassador.objects.bulk_create([self._profile(person, users[person.email]) for person in people])
        HistoryEntry.objects.bulk_create(
            line_of_history("put on the roster", profile, by=self.by, via=self.via, about=profile.user) for profile in profiles
        )
        for profile in profiles:
            index(profile)

    def _accounts(self, people: Sequence[Entry]) -> dict[str, User]:
        emails = [person.email for person in people]
        there = {user.email.lower(): user for user in User.objects.annotate(low=Lower("email")).filter(low__in=emails)}
        others = EmailAddress.objects.filter(email__in=emails).select_related("user")
        there = {address.email.lower(): address.user for address in others} | there
        new = User.objects.bulk_create([self._account(person) for person in people if person.email not in there])
        EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, primary=True, verified=False) for user in new)
        return there | {user.email: user for user in new}

    def _account(self, person: Entry) -> User:
        zone = person.time_zone or (self.by.time_zone if self.by else "UTC")
        return User(email=person.email, name=person.name, time_zone=zone, is_active=False, password=make_password(None))

    def _profile(self, person: Entry, user: User) -> Ambassador:
        return Ambassador(
            user=user,
            slug=self._free_slug(person.name),
            organization_id=self._organizations.get(person.organization.casefold()),
            job_title=person.job_title,
            place=self._places.get(person.place),
            ask_me_about=person.ask_me_about,
            bio=from_plain(person.bio) if person.bio else "",
        )

    def _free_slug(self, name: str) -> str:
        # One iterator a name: the thousandth Ana Lima does not try nine hundred and ninety-nine addresses again.
        slugs = self._slugs.setdefault(name, slugs_for(name))
        slug = next(slug for slug in slugs if slug not in self._taken)
        self._taken.add(slug)
        return slug

    def _learn_organizations(self, names: list[str]) -> None:
        # The first spelling in the file stands.
        unknown = {name.casefold(): name for name in reversed(names) if name.casefold() not in self._organizations}
        Organization.objects.bulk_create([Organization(name=name) for name in unknown.values()], ignore_conflicts=True)
        exact = dict(Organization.objects.filter(name__in=unknown.values()).values_list("name", "pk"))
        for key, name in unknown.items():
            self._organizations[key] = exact.get(name) or Organization.objects.named(name).pk
