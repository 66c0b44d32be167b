"""What somebody typed and what could not be kept: handed back, to be copied from the page (`components/unsaved.html`)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

IN_WORDS = " \n"  # a text that somebody wrote has a blank in it; keys, numbers and choices have none


def words_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return the texts of a form that was sent, each with its label."""
    texts = [field for field in form.visible_fields() if field.widget_type in {"textarea", "text"}]
    typed = [(str(field.label), str(field.value() or "").strip()) for field in texts]
    return [(label, words) for label, words in typed if words]


def words_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the texts of a request of whose form nothing is known, or may be told any more."""
    values = [value.strip() for _name, values in request.POST.lists() for value in values]
    return [(_("Your words"), value) for value in values if any(mark in value for mark in IN_WORDS)]
