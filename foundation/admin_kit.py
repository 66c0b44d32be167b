"""What every page of the admin shares: rows from `visible_to`, doors by a rule of ours, state that is moved by buttons only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from foundation.saving import save_fields


class VisibleRowsMixin:
    """Show the rows that the one who asks may see, superusers included."""

    model: Any

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows: models.QuerySet = self.model._default_manager.visible_to(request.user)
        ordering = self.get_ordering(request)  # type: ignore[attr-defined]
        return rows.order_by(*ordering) if ordering else rows


class KindRefusalMixin:
    """Say in a sentence what a workflow refuses at the last moment, such as what a colleague did an instant ago; nothing is saved then.

    A list that is asked for by what no row can hold is shown whole.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return redirect(request.get_full_path())

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if any("\0" in value for values in request.GET.lists() for value in values[1]):  # no text of a database holds it
            return redirect(request.path)
        return super().changelist_view(request, *args, **kwargs)  # type: ignore[misc]


class SupportTeamAdmin(KindRefusalMixin, VisibleRowsMixin, admin.ModelAdmin):
    """A page for the whole support team, without permissions handed out one by one.

    It saves the fields that were changed: where the row stands, and what else a colleague changed meanwhile, stays.
    """

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_fields(obj, form.changed_data)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _on_the_team(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _on_the_team(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return _on_the_team(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _on_the_team(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _on_the_team(request)


class ReadOnlyAdmin(SupportTeamAdmin):
    """A list to look at."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DutyAdmin(KindRefusalMixin, VisibleRowsMixin, admin.ModelAdmin):
    """Who has a duty: read by the support team, given by those of it whom `may_give` lets, and taken back by a button of its own.

    `release_name` is the name of the button's address. A model has `person`, and its `visible_to` says which rows there are.
    """

    release_name: str
    list_select_related = ["person"]
    actions = None

    def may_give(self, user: Any) -> bool:
        """Whether `user` gives the duty, and takes it back."""
        raise NotImplementedError

    def release(self, duty: Any, by: Any) -> str:
        """Take the duty back and return what to say of it. Raises ValidationError where it has to stay."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _on_the_team(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _on_the_team(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_give(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # taken back by the button, which asks who is left and what is still open

    def get_urls(self) -> list[URLPattern]:
        release = self.admin_site.admin_view(require_POST(self.duty_release))
        release.__name__ = self.release_name.replace("-", "_")  # a view is called as its address is
        return [path("<int:pk>/release/", release, name=self.release_name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_release"] = self.may_give(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def duty_release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody go from the duty."""
        duty = get_object_or_404(self.get_queryset(request).select_related("person"), pk=pk)
        try:
            messages.success(request, self.release(duty, by=request.user))
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def _on_the_team(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)
