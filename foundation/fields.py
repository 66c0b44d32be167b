"""The field for rich text, in models and in forms: an editor where scripts run, a plain text area where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms import Script
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_admin_media, prose_editor_base_media, prose_editor_media

from foundation import richtext

LONGEST = 100_000


@dataclass(frozen=True)
class Written:
    """What came back from a form: the editor's HTML, or text typed without it."""

    text: str
    is_html: bool

    def as_html(self, previous: str) -> str:
        text = self.text[: LONGEST + 1]
        return richtext.clean(text, previous) if self.is_html else richtext.from_plain(text, previous)


class RichTextWidget(ProseEditorWidget):  # type: ignore[misc]  # the package has no types
    """A text area with plain text in it, and the HTML beside it for the editor to take over (static/js/richtext.js)."""

    template_name = "foundation/widgets/richtext.html"
    base_media = prose_editor_base_media

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 10, **(attrs or {})}, config={"extensions": richtext.EXTENSIONS}, preset="configurable")

    @property
    def media(self) -> forms.Media:
        # The values are put in place before the editor's modules look for their text areas: both are deferred, in this order.
        first: list[Any] = [Script("js/richtext.js", defer=True)]
        ours = forms.Media(css={"all": ["css/editor.css"]}, js=first)
        media: forms.Media = ours + prose_editor_media(base=self.base_media, preset=self.preset)
        return media

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        html, typed = _both(value)
        context: dict[str, Any] = super().get_context(name, typed, attrs)
        context["widget"]["attrs"]["data-richtext"] = html
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written | None:
        text = data.get(name)
        return None if text is None else Written(str(text), data.get(f"{name}-format") == "html")


class AdminRichTextWidget(RichTextWidget):
    """The same in the admin's look."""

    base_media = prose_editor_admin_media


def _both(value: Any) -> tuple[str, str]:
    """Return the HTML and the typed form of a field's value, which after a mistake elsewhere is what came from the form."""
    if isinstance(value, Written) and not value.is_html:
        return value.as_html(""), value.text
    html = value.as_html("") if isinstance(value, Written) else richtext.sanitised(str(value or ""))
    return html, richtext.as_typed(html)


class RichTextFormField(forms.CharField):
    """Takes HTML from the editor or plain text, and gives clean HTML whose unchanged blocks keep their ids."""

    widget = RichTextWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a length in the page would count the markup

    def _clean_bound_field(self, bound: forms.BoundField) -> str:
        """Clean what was sent, in the light of what was there before (Django's own hook, with which FileField does the same)."""
        previous = str(bound.initial or "")
        return previous if self.disabled else str(self.clean(_html(bound.data, previous)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and _html(data, str(initial or "")) != str(initial or "")


def _html(data: Any, previous: str) -> str:
    return data.as_html(previous) if isinstance(data, Written) else richtext.clean(str(data or ""), previous)


class RichTextField(models.TextField):
    """HTML as `foundation.richtext` allows it. Cleaned on its way into the database, whoever sends it there; show it with `|richtext`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        html = str(super().pre_save(model_instance, add) or "")
        cleaned = richtext.clean(html, previous=html)
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = richtext.sanitised(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **options: Any) -> forms.Field | None:
        widget = options.pop("widget", None)
        in_admin = isinstance(widget, type) and issubclass(widget, AdminTextareaWidget)
        options["widget"] = AdminRichTextWidget if in_admin else RichTextWidget
        field: forms.Field | None = models.Field.formfield(self, form_class=RichTextFormField, **options)
        return field

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options
