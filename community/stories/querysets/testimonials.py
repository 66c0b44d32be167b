"""Who reads which testimonial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class TestimonialQuerySet(models.QuerySet):
    """Testimonials, by reader and state."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads what is on the page, people read their own in any state, the support team reads all."""
        if Audience.STAFF in reached_by(reader):
            return self
        return self.filter(_on_the_page() | Q(person_id=reader.pk))

    def published(self) -> Self:
        """What stands on a public page, for whoever is looking. Somebody whose account is closed says nothing any more."""
        return self.filter(_on_the_page())

    def of(self, person: User) -> Self:
        """One person's own, the newest first."""
        return self.filter(person=person).order_by("-pk")

    def waiting_for(self, person: User) -> Self:
        """Those that wait for this person's consent."""
        return self.filter(person=person, status="asked").order_by("asked_at", "pk")

    def on(self, page: str) -> Self:
        return self.filter(page=page)


def _on_the_page() -> Q:
    return Q(status="published", person__is_active=True)
