"""More ambassadors than anybody would invent one by one: made in bulk, of the same shape as those of `data/people/`."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from ambassadors.models import Ambassador, Organization, User
from community.demo.people import AMBASSADORS, Person
from foundation.audiences import Audience
from foundation.models import RoleLabel, Sector, Topic
from foundation.richtext import from_plain
from foundation.search import index_many
from foundation.taxonomy import places_named

BATCH = 1000
FIRST = ("Abena", "Bertil", "Chiara", "Dorcas", "Eamon", "Farida", "Gunnar", "Hélène", "Iwona", "Jarrod", "Keiko", "Lucía", "Mbali")
LAST = ("Aldenhoven", "Brightwater", "Castellanos", "Drakensberg", "Emberley", "Fenwick", "Grünwald", "Holmqvist", "Iturralde")
TRADES = ("Alliance", "Centre", "Collective", "Foundation", "Institute", "Network", "Partners", "Trust", "Works")


rich = cache(from_plain)  # thousands of people share the words of a hundred


def make_up(count: int, seed: int) -> None:
    """Make `count` more ambassadors: the same seed makes the same people."""
    crowd = Crowd(random.Random(seed))  # noqa: S311  the same people each time, no secret
    for start in range(0, count, BATCH):
        crowd.arrive(range(start, min(count, start + BATCH)))


class Crowd:
    """Makes people whose words are those of the invented ones, mixed: what is to be measured is their number, not their wit."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.now = dice, timezone.now()
        self.places = places_named(person.place for person in AMBASSADORS)
        self.terms: dict[Any, dict[str, int]] = {
            model: dict(model._default_manager.values_list("name", "pk")) for model in (Sector, RoleLabel, Topic)
        }
        names = [f"{last} {trade}" for last in LAST for trade in TRADES]
        Organization.objects.bulk_create([Organization(name=name) for name in names], ignore_conflicts=True)
        self.organizations = list(Organization.objects.filter(name__in=names).order_by("name"))

    def arrive(self, numbers: range) -> None:
        """Make the accounts and profiles of these numbers, with their labels and topics."""
        users = User.objects.bulk_create([self._account(number) for number in numbers])
        EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)
        models = [self.dice.choice(AMBASSADORS) for _user in users]
        people = Ambassador.objects.bulk_create(self._profile(user, model) for user, model in zip(users, models, strict=True))
        for field, model, words in (("role_labels", RoleLabel, "role_labels"), ("topics", Topic, "topics")):
            link: Any = getattr(Ambassador, field).through
            term = f"{model._meta.model_name}_id"
            link.objects.bulk_create(
                link(ambassador_id=person.pk, **{term: self.terms[model][word]})
                for person, like in zip(people, models, strict=True)
                for word in getattr(like, words)
            )
        index_many("person", [person.pk for person in people])

    def _account(self, number: int) -> User:
        name = f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}-{self.dice.choice(LAST)}"
        zone = self.dice.choice(AMBASSADORS).time_zone
        came_in = self.now - timedelta(days=self.dice.randrange(60))
        return User(email=f"person{number}@tidemark.example", name=name, password="!", time_zone=zone, last_login=came_in)  # noqa: S106  unusable

    def _profile(self, user: User, like: Person) -> Ambassador:
        listed_for = self.dice.choice([Audience.PUBLIC, Audience.MEMBERS, Audience.MEMBERS])
        narrower = {f"{self.dice.choice(Ambassador.SHOWN)}_audience": Audience.STAFF}
        return Ambassador(
            user=user,
            slug=user.email.partition("@")[0].replace("person", "person-"),
            status=Ambassador.Status.PAUSED if self.dice.random() < 0.02 else Ambassador.Status.ACTIVE,
            joined_at=self._long_ago(),
            organization=self.dice.choice(self.organizations),
            job_title=like.job_title,
            sector_id=self.terms[Sector][like.sector],
            place=self.places[like.place],
            languages=", ".join(like.languages),
            ask_me_about=like.ask_me_about,
            bio=rich(like.bio),
            walk_the_talk=rich(like.walk_the_talk),
            away_until=self._away_until(),
            hours_a_month=like.hours,
            tech_comfort=like.tech_comfort,
            listed_for=listed_for,
            **(
                {f"{name}_audience": listed_for for name in Ambassador.SHOWN} | {"tech_comfort_audience": Audience.STAFF} | narrower
            ),
        )

    def _long_ago(self) -> datetime:
        return self.now - timedelta(days=self.dice.randrange(1500))

    def _away_until(self) -> date | None:
        away = self.dice.random() < 0.05
        return timezone.localdate(self.now) + timedelta(days=self.dice.randrange(-20, 40)) if away else None
