"""The worksheet of an instrument as plain data for the typesetter."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.models import Community
from practice.files.worksheet import AskedPrinciple, Worksheet
from practice.models import InstrumentEdition


def sheet_of(edition: InstrumentEdition, sheet: Worksheet) -> dict[str, Any]:
    """Return what stands on a blank worksheet of an instrument that is out."""
    asks = sheet.asks
    return {
        "title": edition.edition.title,
        "edition": _("Edition %(label)s") % {"label": edition.edition.label},
        "community": Community.current().name,
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "question": asks.practice.question,
        "scale": [*asks.practice.answers, _("I don't know"), _("Not for us")],
        "importance": asks.importance.question,
        "weights": list(asks.importance.answers),
        "modules": [
            {"title": one.module.title, "about": one.module.about, "principles": [_principle(asked) for asked in one.principles]}
            for one in sheet.modules
        ],
        "said": [
            _("Tick one box for each sentence: what is so today, as you see it. There is no right answer, and no score."),
            _("Under each principle tick how much it would matter to get better at it. Write down what one could point at."),
            _("Later you type it in at your own link, or put it in as a spreadsheet."),
        ],
        "words": {"note": _("What one could point at"), "name": _("Name, or none")},
        "address": f"{settings.SITE_URL}/practice/{edition.instrument.key}/",
    }


def _principle(one: AskedPrinciple) -> dict[str, Any]:
    return {
        "title": f"{one.principle.code} {one.principle.title}",
        "points": [{"code": asked.point.code, "text": asked.point.text} for asked in one.points],
    }
