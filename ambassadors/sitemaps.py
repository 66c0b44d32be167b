"""The people who show themselves to everybody."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from foundation.sitemaps import Section, sections


@sections.register("people")
class PeopleSection(Section):
    """Profiles that a visitor finds in the directory."""

    def items(self) -> AmbassadorQuerySet:
        """The same people that the directory shows to a visitor."""
        found: AmbassadorQuerySet = Ambassador.objects.visible_to(AnonymousUser()).order_by("pk")
        return found
