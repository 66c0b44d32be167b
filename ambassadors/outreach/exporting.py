"""Outreach as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ambassadors.models import OutreachEntry

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(entries: Iterable[OutreachEntry], *, name: str, with_people: bool = False) -> HttpResponse:
    """Return the entries as a file. `with_people` says who logged each."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(_head(with_people))
    writer.writerows([_cell(value) for value in _row(entry, with_people)] for entry in entries)
    return response


def _head(with_people: bool) -> list[str]:
    names = [_("day"), _("what was shared"), _("with whom"), _("people, measured"), _("people, estimated"), _("link")]
    return [*names, _("logged by")] if with_people else names


def _row(entry: OutreachEntry, with_people: bool) -> list[Any]:
    """Measured and estimated numbers stand in columns of their own: a sum over either is honest."""
    is_measured = entry.certainty == OutreachEntry.Certainty.MEASURED
    numbers = [entry.reach, None] if is_measured else [None, entry.reach]
    told = [entry.on.isoformat(), entry.what, str(entry.network or ""), *numbers, entry.link]
    return [*told, str(entry.person)] if with_people else told


def _cell(value: Any) -> Any:
    """What a spreadsheet would take for a formula is text to it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
