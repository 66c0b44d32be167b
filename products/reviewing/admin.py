"""The support team's page for what reviewers are asked."""

from __future__ import annotations

from django.contrib import admin

from foundation.admin_kit import SupportTeamAdmin
from products.models import ReviewCriterion


@admin.register(ReviewCriterion)
class ReviewCriterionAdmin(SupportTeamAdmin):
    """Questions by kind. One that was answered is better put out of force than changed: its answers keep their own words."""

    list_display = ["question", "kind", "position", "is_rated", "is_in_force"]
    list_filter = ["kind", "is_in_force"]
    fields = ["kind", "position", "question", "help_text", "is_rated", "is_in_force"]
