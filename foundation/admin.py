"""The support team's pages for what the ground floor keeps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.models import HistoryEntry, Pillar, Place, RoleLabel, Sector, Synonym, Topic


class SynonymInline(admin.TabularInline):
    model = Synonym
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the topic has asked already

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Sector, RoleLabel)
class TermAdmin(SupportTeamAdmin):
    list_display = ["name", "position", "is_offered"]
    list_editable = ["position", "is_offered"]
    search_fields = ["name"]


@admin.register(Pillar)
class PillarAdmin(TermAdmin):
    list_display = ["name", "position", "is_offered"]


@admin.register(Topic)
class TopicAdmin(SupportTeamAdmin):
    list_display = ["name", "is_offered"]
    search_fields = ["name", "synonyms__name"]
    fields = ["name", "slug", "is_offered"]
    inlines = [SynonymInline]


@admin.register(Place)
class PlaceAdmin(SupportTeamAdmin):
    list_display = ["name", "country"]
    search_fields = ["name", "country"]


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "shown_actor", "verb", "target_name", "via", "before", "after"]
    list_filter = ["via", "verb"]
    search_fields = ["actor_name", "target_name", "verb"]
    date_hierarchy = "at"
    show_full_result_count = False
    list_per_page = 50
