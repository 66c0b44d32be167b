"""The support team's board of improvements. They are moved on their own pages, where their authors read them, too."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.admin_kit import ReadOnlyAdmin
from welcome.models import Improvement


class OwnerFilter(admin.SimpleListFilter):
    """Mine, and those that nobody looks after."""

    title = _("who looks after it")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("I do")), ("nobody", _("nobody yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "me":
            return queryset.filter(owner=request.user.pk)
        return queryset.filter(owner=None) if self.value() == "nobody" else queryset


@admin.register(Improvement)
class ImprovementAdmin(ReadOnlyAdmin):
    """What pairs would improve, how far it has come, and whose it is."""

    list_display = ["beginning", "status", "owner", "moved_at", "page"]
    list_display_links = None
    list_filter = ["status", OwnerFilter]
    list_select_related = ["owner"]
    fields = ["words", "status", "owner", "note_to_authors", "made_at", "moved_at", "page"]
    search_fields = ["words"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).standing()  # type: ignore[attr-defined]

    @admin.display(description=_("what would be better"))
    def beginning(self, one: Improvement) -> str:
        return one.words[:120]

    @admin.display(description=_("page"))
    def page(self, one: Improvement) -> SafeString:
        """Where it is read, and moved on."""
        return format_html('<a href="{}">{}</a>', one.get_absolute_url(), _("Go to it"))
