"""The support team's list of spaces: those that it may know of, as everybody else. Spaces are run on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from discussions.models import Space
from foundation.admin_kit import ReadOnlyAdmin


class LeaderFilter(admin.SimpleListFilter):
    """Those that nobody leads."""

    title = _("leader")
    parameter_name = "leader"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("nobody leads it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        without = Space.objects.visible_to(request.user).without_leader()
        return queryset.filter(pk__in=without.values("pk")) if self.value() == "none" else queryset


@admin.register(Space)
class SpaceAdmin(ReadOnlyAdmin):
    """Topics and micro-communities. Of a hidden one the support team knows as little as anybody outside it."""

    list_display = ["name", "kind", "openness", "status", "starts_on", "ends_on", "page"]
    list_filter = ["kind", "status", LeaderFilter]
    fields = ["name", "kind", "openness", "status", "purpose", "outcome", "starts_on", "ends_on", "created_at", "page"]
    search_fields = ["name"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=_("page"))
    def page(self, space: Space) -> SafeString:
        """Where it is read, and run by those who lead it."""
        return format_html('<a href="{}">{}</a>', space.get_absolute_url(), _("Go to it"))
