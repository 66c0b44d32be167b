"""Calls and talks that staff had with an ambassador: written and read by staff, and given to the person with their archive."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador, ContactNote, User
from foundation.admin_kit import KindRefusalMixin, _on_the_team
from foundation.saving import save_fields
from foundation.workflow import record


class ContactNoteForm(ModelForm):
    """Who, how, when, and what was said."""

    class Meta:
        model = ContactNote
        fields = ["ambassador", "kind", "on", "text"]
        help_texts = {"text": gettext_lazy("Write it so that the person may read it: it is part of what we hand out to them.")}


@admin.register(ContactNote)
class ContactNoteAdmin(KindRefusalMixin, admin.ModelAdmin):
    """What was said, and when. Reached from an ambassador's page."""

    form = ContactNoteForm
    list_display = ["on", "person", "kind", "by"]
    list_select_related = ["ambassador__user", "by"]
    list_filter = ["kind"]
    search_fields = ["ambassador__user__name__unaccent"]
    autocomplete_fields = ["ambassador"]
    show_full_result_count = False
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        people = Ambassador.objects.visible_to(request.user)
        return ContactNote.objects.filter(ambassador__in=people)  # unscoped: the door is for staff, who see everybody

    @admin.display(description=gettext_lazy("with"), ordering="ambassador__user__sort_name")
    def person(self, note: ContactNote) -> str:
        return note.ambassador.user.name

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _on_the_team(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _on_the_team(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _on_the_team(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever wrote it corrects it."""
        return _on_the_team(request) and (obj is None or obj.by_id == request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by = cast("User", request.user)
        if not change:
            obj.by = by
        save_fields(obj, form.changed_data)
        record("corrected a note of a talk" if change else "noted a talk", obj.ambassador, by=by, about=obj.ambassador.user)
