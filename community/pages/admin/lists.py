from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest

from community.models import Belief, WayOfTakingPart
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


class OrderedListAdmin(SupportTeamAdmin):
    """A short list that stands on a public page as soon as it is saved, in its order."""

    list_editable = ["position"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            record("changed a list of the site", obj, by=cast("User", request.user), note=", ".join(form.changed_data))


@admin.register(Belief)
class BeliefAdmin(OrderedListAdmin):
    """What everybody here shares, in the order in which a visitor reads it."""

    list_display = ["text", "position"]


@admin.register(WayOfTakingPart)
class WayOfTakingPartAdmin(OrderedListAdmin):
    """The rule of thumb."""

    list_display = ["name", "share", "position"]
