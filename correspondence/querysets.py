from __future__ import annotations

from django.db import models


class OutgoingMailQuerySet(models.QuerySet):
    """The outbox by state."""
