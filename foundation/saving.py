"""Saving what a form asks for, and nothing beside it: the rest of the row may have changed since it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _


@transaction.atomic
def save_fields(row: models.Model, names: Iterable[str]) -> None:
    """Save these fields of a row that is there, with what follows from them (`auto_now`, sort keys); a new row is saved whole.

    Names which are no columns are left out. Raises ValidationError when somebody has deleted the row in the meantime.
    """
    if row._state.adding:
        row.save()
    elif wanted := _columns(row, set(names)):
        # Locked, so that a deletion at this moment waits or is seen: a save would fail on it, or bring the row back.
        if not row._meta.model._base_manager.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk"):
            raise ValidationError(_("Somebody has deleted this in the meantime."))
        row.save(update_fields=wanted)


def _columns(row: models.Model, names: set[str]) -> list[str]:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    chosen = [field.name for field in fields if field.name in names]
    followers = [field.name for field in fields if getattr(field, "auto_now", False) or getattr(field, "of", None) in names]
    return [*chosen, *followers] if chosen else []


class SavesWhatItAsks(forms.ModelForm):
    """A form that saves those of its fields which were changed, and no other column of the row."""

    def columns_changed(self) -> list[str]:
        """The names of what is to be saved; a form with fields that fill a column of another name adds that."""
        return self.changed_data

    def save(self, commit: bool = True) -> Any:
        if not commit or self.errors or self.instance._state.adding:
            return super().save(commit)
        with transaction.atomic():
            save_fields(self.instance, self.columns_changed())
            self._save_m2m()  # type: ignore[attr-defined]
        return self.instance
