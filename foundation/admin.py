"""The support team's pages for what the ground floor keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.forms import CommunityForm
from foundation.models import Community, HistoryEntry, Pillar, Place, RoleLabel, Sector, Synonym, Topic
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


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


@admin.register(Community)
class CommunityAdmin(SupportTeamAdmin):
    """One row, so no list: the link in the menu opens the form."""

    form = CommunityForm

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        Community.found()
        return redirect("admin:foundation_community_change", 1)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:foundation_community_change", 1)

    def save_model(self, request: HttpRequest, obj: Community, form: CommunityForm, change: bool) -> None:
        staff = cast("User", request.user)
        form.save_mark(by=staff)
        super().save_model(request, obj, form, change)
        if form.changed_data:
            record("changed the community", obj, by=staff, note=", ".join(form.changed_data))


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "shown_actor", "verb", "target_name", "via", "before", "after"]
    list_filter = ["via", "verb"]
    search_fields = ["actor_name", "target_name", "verb"]
    date_hierarchy = "at"
    show_full_result_count = False
    list_per_page = 50
