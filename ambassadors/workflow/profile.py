"""What people change about themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.forms import ModelForm

from ambassadors.models import Ambassador, User
from ambassadors.workflow.photos import photo_audience_changed
from foundation.search import index
from foundation.workflow import record


@transaction.atomic
def tell_of_oneself(person: User, forms: Iterable[ModelForm]) -> None:
    """Save what `person` says of themselves. The history keeps which fields, and from whom to whom an audience moved, no text."""
    for form in forms:
        if form.has_changed():
            form.save()
            if "photo_audience" in form.changed_data:
                # Read anew: the save holds the row, and until then another request may have put up another photo.
                photo_audience_changed(Ambassador.objects.select_related("photo", "small_photo").get(pk=form.instance.pk))
            if changed := _what_changed(form):
                record("changed their profile", form.instance, by=person, about=person, note=changed)
    if hasattr(person, "ambassador"):
        index(person.ambassador)  # found by the name, too, which stands on the account


def _what_changed(form: ModelForm) -> str:
    """Staff read the history, and nobody but the person knows whether they are only observing: that leaves no line."""
    return ", ".join(_change(form, name) for name in form.changed_data if name != "is_observing")


def _change(form: ModelForm, name: str) -> str:
    is_audience = name.endswith(("listed_for", "_audience"))
    return f"{name}: {form.initial[name]} to {form.cleaned_data[name]}" if is_audience else name
