"""Where the support team writes the public site."""

from __future__ import annotations

from django.contrib import admin

from community.models import Belief, Page, PageEdition, WayOfTakingPart
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin


@admin.register(Belief)
class BeliefAdmin(SupportTeamAdmin):
    """What everybody here shares, in the order in which a visitor reads it."""

    list_display = ["text", "position"]
    list_editable = ["position"]


@admin.register(WayOfTakingPart)
class WayOfTakingPartAdmin(SupportTeamAdmin):
    list_display = ["name", "share", "position"]
    list_editable = ["position"]


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "audience", "position"]


@admin.register(PageEdition)
class PageEditionAdmin(ReadOnlyAdmin):
    list_display = ["title", "lead", "page", "status", "number"]
    list_select_related = ["page"]
