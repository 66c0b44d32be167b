"""The addresses that mail came back from, for the support team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from correspondence.health import workflow
from correspondence.models import AddressHealth, MailFailure
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


class MailFailureInline(admin.TabularInline):
    """What came back, the latest first."""

    model = MailFailure
    verbose_name_plural = _("mails that came back")
    fields = ["at", "kind", "words"]
    readonly_fields = ["at", "kind", "words"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailFailure]:
        return MailFailure.objects.visible_to(request.user)


@admin.register(AddressHealth)
class AddressHealthAdmin(ReadOnlyAdmin):
    """Where mail stands, and why. The person is told on every page of theirs, and mends it by a code; the team may when it was our fault."""

    change_form_template = "admin/correspondence/addresshealth/change_form.html"
    list_display = ["address", "state", "changed_at", "shown_failures"]
    list_filter = ["state"]
    search_fields = ["address"]
    ordering = ["-changed_at", "-pk"]
    show_full_result_count = False
    list_per_page = 50
    fields = ["address", "state", "changed_at", "counts_from"]
    inlines = [MailFailureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AddressHealth]:
        rows: QuerySet[AddressHealth] = super().get_queryset(request)
        return rows.annotate(failed=Count("failures"))

    @admin.display(description=_("came back"))
    def shown_failures(self, health: Any) -> int:
        return int(health.failed)

    def get_urls(self) -> list[URLPattern]:
        resume = self.admin_site.admin_view(require_POST(self.addresshealth_resume))
        return [path("<int:pk>/resume/", resume, name="addresshealth-resume"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        health = kwargs.get("obj")
        can_resume = health is not None and workflow.RESUME.offered_to(cast("User", request.user), health)
        return super().render_change_form(request, context | {"can_resume": can_resume}, *args, **kwargs)

    def addresshealth_resume(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send mail there again: what came back was our fault, or is mended."""
        health = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            workflow.resume(health, by=cast("User", request.user))
        except TransitionRefused:
            messages.error(request, _("Mail goes there already, or its owner stopped it and asks for it again by themselves."))
        return redirect("admin:correspondence_addresshealth_change", pk)
