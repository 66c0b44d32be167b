from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.models import User
from community.models import Deck
from community.stories.admin.kit import MovedByButtons
from community.stories.workflow import decks
from foundation.uploads import CheckedFile, CheckedFileField, CheckedImageField

SLIDES = ("pdf", "pptx", "odp")


class DeckForm(forms.ModelForm):
    """Slides: their file, a picture of the first one, and their words."""

    new_file = CheckedFileField(
        required=False,
        label=_lazy("Slides"),
        help_text=_lazy("PDF is best: everybody can open it. PowerPoint and OpenDocument are taken, too."),
    )
    new_cover = CheckedImageField(
        longest_edge=1600, required=False, label=_lazy("Cover"), help_text=_lazy("A picture of the first slide.")
    )
    alt = forms.CharField(required=False, max_length=300, label=_lazy("What the cover shows"))

    class Meta:
        model = Deck
        fields = ["title", "slug", "page", "position", "text_alternative"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].initial = self.instance.cover.alt if self.instance.cover else ""

    def clean_new_file(self) -> CheckedFile | None:
        file = self.cleaned_data.get("new_file")
        if isinstance(file, CheckedFile) and file.name.rpartition(".")[2] not in SLIDES:
            raise ValidationError(_("Slides come as a PDF, a PowerPoint file (pptx) or an OpenDocument presentation (odp)."))
        return file or None

    def clean_text_alternative(self) -> str:
        """What is on a page keeps its words."""
        text = str(self.cleaned_data["text_alternative"])
        if not text and self.instance.status == Deck.Status.PUBLISHED:
            raise ValidationError(_("These slides are published: people who cannot see them read this text. Withdraw them first."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("new_cover") or self.instance.cover) and not cleaned.get("alt"):
            self.add_error("alt", _("Say in a few words what the cover shows, for those who do not see it."))
        return cleaned


@admin.register(Deck)
class DeckAdmin(MovedByButtons):
    """Slides, and the pages on which they stand."""

    form = DeckForm
    list_display = ["title", "page", "status", "position"]
    list_filter = ["status", "page"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "page", "position", "present_file", "new_file", "new_cover", "alt", "text_alternative", "status"]
    readonly_fields = ["present_file", "status"]
    moves = decks.MOVES
    meanings = {
        "publish": _lazy("Everybody can read these slides on their page and download the file."),
        "withdraw": _lazy("They leave their page, and the file can no longer be downloaded."),
    }

    @admin.display(description=_lazy("file"))
    def present_file(self, deck: Deck) -> str:
        return deck.file.name if deck.file else "—"

    def page_of(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.status == Deck.Status.DRAFT

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        decks.keep(
            obj,
            by=cast("User", request.user),
            file=form.cleaned_data["new_file"],
            cover=form.cleaned_data.get("new_cover") or None,
            alt=form.cleaned_data["alt"],
            note=", ".join(form.changed_data),
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        decks.throw_away(obj, by=cast("User", request.user))
