from __future__ import annotations

import zoneinfo
from functools import lru_cache
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ambassadors.names import SortKeyField
from ambassadors.querysets import UserQuerySet
from foundation.audiences import NOBODY, Audience


@lru_cache(maxsize=1)
def known_time_zones() -> frozenset[str]:
    """The names in the IANA time zone database; to ask for them reads some six hundred files."""
    return frozenset(zoneinfo.available_timezones())


def is_time_zone(value: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if value not in known_time_zones():
        raise ValidationError(_("%(zone)s is not a time zone such as Europe/Lisbon."), params={"zone": value})


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts. An account without a password signs in with a code sent by mail."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: somebody who can sign in. Whether they are an ambassador is said by the `Ambassador` row beside it.

    `email` is the main address; all addresses, verified and not, are allauth's `EmailAddress` rows.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    sort_name = SortKeyField(of="name", db_index=True)
    is_staff = models.BooleanField(_("support team"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[is_time_zone])
    remembers_reading = models.BooleanField(_("remember what I have read"), default=True)
    headlines_only = models.BooleanField(_("mail about conversations brings no words of them"), default=False)
    is_credited = models.BooleanField(_("my contributions carry my name"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    audiences: ClassVar[dict[str, str]] = {
        "email": Audience.STAFF,
        "name": Audience.MEMBERS,
        "sort_name": NOBODY,
        "password": NOBODY,
        "time_zone": Audience.MEMBERS,
    }

    class Meta:
        verbose_name = _("account")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name beside what this person said: whoever left without credit goes by a pseudonym."""
        return self.name if self.is_credited else str(_("a former member"))

    @cached_property
    def is_member(self) -> bool:
        """Whether the house is open to this person: an active ambassador, or staff."""
        if not self.is_active:
            return False
        if self.is_staff:
            return True
        ambassador = getattr(self, "ambassador", None)  # read once: pages that show one's own profile find it there
        return ambassador is not None and ambassador.status in {"active", "paused"}
