"""The library of conversation pieces, which the support team fills."""

from __future__ import annotations

from django.contrib import admin

from discussions.models import Piece
from foundation.admin_kit import SupportTeamAdmin


@admin.register(Piece)
class PieceAdmin(SupportTeamAdmin):
    """How long one that was used is marked as such stands on the page of the community."""

    list_display = ["title", "stage", "topic", "position", "is_offered"]
    list_filter = ["stage", "is_offered", "topic"]
    list_select_related = ["topic"]
    fields = ["title", "words", "stage", "topic", "source_note", "is_offered", "position"]
    search_fields = ["title", "words"]
    list_per_page = 50
    show_full_result_count = False
