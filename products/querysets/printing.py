"""Which prints there are, and which are to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_TRIES = 3


class EditionPrintQuerySet(models.QuerySet):
    """Prints."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that say what their edition says now, of editions that are out: everybody's."""
        return self.filter(edition__status__in=["published", "retired"], edition__is_withdrawn=False, made_for=F("wanted_at"))

    def to_make(self) -> Self:
        """Those that are wanted, that nobody is at, and that have not failed too often."""
        wanted = Q(made_for=None) | ~Q(made_for=F("wanted_at"))
        free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        return self.filter(wanted, free, tries__lt=MOST_TRIES, edition__is_withdrawn=False)
