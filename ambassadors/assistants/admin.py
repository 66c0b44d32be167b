"""Whether this community has seats for assistants. The seats themselves are the business of those who gave and took them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ambassadors.models import AssistantRules
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@admin.register(AssistantRules)
class AssistantRulesAdmin(admin.ModelAdmin):
    """One row, which the support team changes."""

    fields = ["are_allowed", "may_speak"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row: its page is the list."""
        return redirect("admin:ambassadors_assistantrules_change", 1)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return AssistantRules.current() if object_id == "1" else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.save()
            record("changed the rules of assistants", obj, by=cast("User", request.user), note=", ".join(form.changed_data))
