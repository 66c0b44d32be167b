from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.models import User
from community.models import Quotation, Testimonial
from community.stories.admin.kit import MovedByButtons
from community.stories.workflow import testimonials
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import record

WORDS = ["text", "attribution", "role", "page"]


class WordingForm(forms.Form):
    """Exactly what would stand on the page. The one who speaks is asked about this wording, and about no other."""

    text = Testimonial._meta.get_field("text").formfield(widget=forms.Textarea(attrs={"rows": 5}), max_length=600)
    attribution = Testimonial._meta.get_field("attribution").formfield()
    role = Testimonial._meta.get_field("role").formfield()
    page = Testimonial._meta.get_field("page").formfield()


class TestimonialForm(forms.ModelForm):
    """Words that the support team would like to show of somebody."""

    class Meta:
        model = Testimonial
        fields = ["person", *WORDS]


class PositionForm(forms.ModelForm):
    """Where it stands among the others: the words themselves change only together with the question to their author."""

    class Meta:
        model = Testimonial
        fields = ["position"]


@admin.register(Testimonial)
class TestimonialAdmin(MovedByButtons):
    """What people say of the community, and how far their consent has come."""

    list_display = ["person", "short", "page", "status", "asked_at", "agreed_at"]
    list_filter = ["status", "page"]
    list_select_related = ["person"]
    search_fields = ["person__name__unaccent", "text__unaccent"]
    ordering = ["-pk"]
    autocomplete_fields = ["person"]
    moves = testimonials.MOVES
    move_forms = {"ask": WordingForm}
    meanings = {
        "ask": _lazy(
            "Their author gets a mail and a card on the desk with exactly this wording and this signature. "
            "What stands on the page goes until they agree."
        ),
        "publish": _lazy("Their author has agreed to exactly these words: they go on the page."),
        "take-down": _lazy("They leave the page. The consent stays, so that they can be put back."),
        "put-aside": _lazy("They are not used."),
    }
    preview_template = "admin/community/_testimonial_preview.html"
    SHOWN: ClassVar[list[str]] = ["person", "text", "signed", "page", "position", "status", "asked_at", "agreed_at", "created_at"]

    @admin.display(description=_lazy("words"))
    def short(self, testimonial: Testimonial) -> str:
        return testimonial.text[:80]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=PositionForm if obj else TestimonialForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.SHOWN if obj else ["person", *WORDS]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.SHOWN if name != "position"] if obj else []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """New words are noted by the same function as everywhere."""
        if change:
            return super().save_form(request, form, change)
        return testimonials.propose(**form.cleaned_data, by=cast("User", request.user))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=["position"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside the row."""


@admin.register(Quotation)
class QuotationAdmin(SupportTeamAdmin):
    """Words that the pages show in turn."""

    list_display = ["author", "short", "page", "shown_from", "shown_until", "shown_today"]
    list_filter = ["page"]
    search_fields = ["author__unaccent", "text__unaccent"]

    @admin.display(description=_lazy("words"))
    def short(self, quotation: Quotation) -> str:
        return quotation.text[:80]

    @admin.display(description=_lazy("today"), boolean=False)
    def shown_today(self, quotation: Quotation) -> str:
        """Whether today is one of its days."""
        today = timezone.now().date()
        if quotation.shown_until and quotation.shown_until < today:
            return _("over")
        return _("to come") if quotation.shown_from and quotation.shown_from > today else _("takes its turn")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("changed" if change else "wrote", obj, by=cast("User", request.user), note=", ".join(form.changed_data))
