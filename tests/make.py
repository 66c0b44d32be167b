"""Plain builders: the least valid object, the rest by keyword."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from ambassadors.models import Ambassador, Organization, User
from foundation import search
from foundation.models import Topic
from foundation.taxonomy import place_named
from tests.access import Cast

PASSWORD = "a long enough password"


def person(name: str, **fields) -> User:
    """An account that can sign in. A second person of the same name gets another address."""
    fields.setdefault("email", f"{_free(slugify(name), 'email__startswith')}@people.example.org")
    user = User.objects.create_user(name=name, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def members(number: int) -> list[User]:
    """Many active ambassadors in two statements; they cannot sign in, and no search finds them."""
    names = [f"Member {User.objects.count()}-{one}" for one in range(number)]
    people = User.objects.bulk_create(
        User(name=name, email=f"{slugify(name)}@people.example.org", sort_name=name) for name in names
    )
    own = (Ambassador(user=user, slug=slugify(user.name), status="active", joined_at=timezone.now()) for user in people)
    Ambassador.objects.bulk_create(own)
    return people


def second() -> User:
    """Somebody else of the support team, for what two decide."""
    return person("Tessa Two", is_staff=True)


def _free(slug: str, lookup: str) -> str:
    taken = User.objects.filter(**{lookup: slug + "@" * lookup.startswith("email")}).exists()
    return f"{slug}-{User.objects.count()}" if taken else slug


def ambassador(name: str, *, status: str = "active", **fields) -> User:
    """An account with its ambassador row; keywords of `User` go there, the others to `Ambassador`."""
    own = {field: fields.pop(field) for field in ("email", "is_staff", "is_active", "time_zone") if field in fields}
    user = person(name, **own)
    if isinstance(organization := fields.get("organization"), str):
        fields["organization"] = Organization.objects.named(organization)
    if isinstance(place := fields.get("place"), str):
        fields["place"] = place_named(place)
    topics = fields.pop("topics", [])
    if status != "listed":
        fields.setdefault("joined_at", timezone.now())
    own_row = Ambassador.objects.create(
        user=user, slug=fields.pop("slug", _free(slugify(name), "ambassador__slug")), status=status, **fields
    )
    own_row.topics.set(Topic.objects.get_or_create(name=topic)[0] for topic in topics)
    search.index(own_row)
    return user


def cast() -> Cast:
    """The people of the access table and the leak suite."""
    with search.index_once():
        return Cast(
            ambassador=ambassador("Alice Amadi"),
            outsider=ambassador("Bob Brandt"),
            alumnus=ambassador("Ines Ibarra", status="alumni"),
            removed=ambassador("Rolf Roth", status="removed", is_active=False),
            staff=person("Sam Staff", is_staff=True),
            superuser=person("Sue Sato", is_staff=True, is_superuser=True),
        )
