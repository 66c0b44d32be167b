"""A row of the database in words that a person can read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models

from foundation.privacy_export import Record

PLAIN = (str, int, float, bool, list, dict, type(None))


def fields_of(row: models.Model, *, leave_out: Collection[str] = ()) -> Record:
    """Every field of the row by the name it has in forms: choices in words, related rows by their names."""
    shown = [field for field in row._meta.concrete_fields if field.name not in leave_out and not field.primary_key]
    record = {_label(field): _value(row, field) for field in shown}
    for many in row._meta.many_to_many:
        record[_label(many)] = [str(one) for one in getattr(row, many.name).all()]
    return record


def _label(field: Any) -> str:
    return str(field.verbose_name)


def _value(row: models.Model, field: Any) -> Any:
    if field.is_relation:
        related = getattr(row, field.name)
        return None if related is None else str(related)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    return value if isinstance(value, PLAIN) or hasattr(value, "isoformat") else str(value)
