from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ambassadors import rules, workflow
from ambassadors.admin.history import history_about
from ambassadors.models import User
from ambassadors.owndata.erasing import may_plan, planned_for
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import record


@admin.register(User)
class UserAdmin(SupportTeamAdmin):
    """Accounts: who may sign in, and who is of the support team. People set their own passwords, addresses and second factors."""

    list_display = ["name", "email", "standing", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active"]
    list_select_related = ["ambassador"]
    search_fields = ["name__unaccent", "email", "emailaddress__email"]
    ordering = ["sort_name", "pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    fields = ["name", "email", "time_zone", "is_active", "is_staff", "is_superuser", "date_joined"]
    readonly_fields = ["email", "time_zone", "is_active", "is_staff", "is_superuser", "date_joined"]

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, user: User) -> str:
        return user.ambassador.get_status_display() if hasattr(user, "ambassador") else "—"

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False  # people are put on the roster; their account comes with it

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/support/take/", view(require_POST(self.support_take)), name="support-take"),
            path("<int:pk>/support/release/", view(require_POST(self.support_release)), name="support-release"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if form.changed_data:
            super().save_model(request, obj, form, change)
            record("corrected the name", obj, by=cast("User", request.user), about=obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        person = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if person is not None:
            user = cast("User", request.user)
            may = {"take": rules.may_take_into_support(user, person), "release": rules.may_release_from_support(user, person)}
            may["erase"] = user.pk != person.pk and may_plan(user, person) and planned_for(person) is None
            context |= {"may": may, "history": history_about(person, user)}
        return super().render_change_form(request, context, *args, **kwargs)

    def support_take(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make somebody one of the support team."""
        return self._change_support(request, pk, workflow.take_into_support)

    def support_release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody go from the support team."""
        return self._change_support(request, pk, workflow.release_from_support)

    def _change_support(self, request: HttpRequest, pk: int, change: Any) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            raise PermissionDenied
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            change(person, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(reverse("admin:ambassadors_user_change", args=[pk]))
