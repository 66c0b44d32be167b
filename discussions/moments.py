"""A moment as mails and pages say it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def in_words(moment: datetime) -> str:
    """Return a moment in the zone that is active: the reader's."""
    local = timezone.localtime(moment)
    return _("%(day)s, %(time)s") % {"day": date_format(local, "l j F"), "time": date_format(local, "H:i")}
