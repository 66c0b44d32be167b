"""Who handles reports. The reports themselves have no page in the admin: they are for their handlers alone."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.models import User
from discussions.models import ConductDuty
from discussions.moderation import duties, rules
from foundation.admin_kit import KindRefusalMixin, VisibleRowsMixin


@admin.register(ConductDuty)
class ConductDutyAdmin(KindRefusalMixin, VisibleRowsMixin, admin.ModelAdmin):
    """Superusers say who handles reports; everybody of the support team may read it."""

    list_display = ["person", "since"]
    list_select_related = ["person"]
    raw_id_fields = ["person"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.gives_duties(cast("User", request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # released by a button: one handler always remains

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = duties.give_duty(obj.person, by=cast("User", request.user)).pk

    def get_urls(self) -> list[URLPattern]:
        release = self.admin_site.admin_view(require_POST(self.conduct_duty_release))
        return [path("<int:pk>/release/", release, name="conduct-duty-release"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_release"] = self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def conduct_duty_release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the duty back."""
        duty = get_object_or_404(self.get_queryset(request).select_related("person"), pk=pk)
        try:
            duties.release_from_duty(duty, by=cast("User", request.user))
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, _("%(name)s no longer handles reports.") % {"name": duty.person})
        return redirect("admin:discussions_conductduty_changelist")
