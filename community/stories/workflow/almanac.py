"""What turns with the calendar alone: quotations begin, end and take turns at midnight (UTC)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from community.models import Almanac
from foundation.publication import publication_changed


@transaction.atomic
def turn_day(today: date) -> bool:
    """Turn the cached pages over when a day has begun since the last look; return whether it had. Two looks at once turn them once."""
    almanac, is_new = Almanac.objects.get_or_create(pk=1, defaults={"day": today})
    turned = is_new or Almanac.objects.filter(pk=almanac.pk, day__lt=today).update(day=today) == 1
    if turned:
        publication_changed()
    return turned
