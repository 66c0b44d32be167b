"""Plain builders: the least valid object, the rest by keyword."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from ambassadors.models import Ambassador, Organization, User

PASSWORD = "a long enough password"


def person(name: str, **fields) -> User:
    fields.setdefault("email", f"{slugify(name)}@people.example.org")
    user = User.objects.create_user(name=name, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def ambassador(name: str, *, status: str = "active", **fields) -> User:
    """An account with its ambassador row; keywords of `User` go there, the others to `Ambassador`."""
    own = {field: fields.pop(field) for field in ("email", "is_staff", "is_active", "time_zone") if field in fields}
    user = person(name, **own)
    if isinstance(organization := fields.get("organization"), str):
        fields["organization"] = Organization.objects.named(organization)
    if status != "listed":
        fields.setdefault("joined_at", timezone.now())
    Ambassador.objects.create(user=user, slug=fields.pop("slug", slugify(name)), status=status, **fields)
    return user
