from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ambassadors.models import Organization
from foundation.admin_kit import SupportTeamAdmin


@admin.register(Organization)
class OrganizationAdmin(SupportTeamAdmin):
    """Organisations as people wrote them; one that has people is renamed, not deleted."""

    search_fields = ["name__unaccent"]
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.ambassadors.exists())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}
