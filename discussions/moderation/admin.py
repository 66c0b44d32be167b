"""Who handles reports. The reports themselves have no page in the admin: they are for their handlers alone."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ambassadors.models import User
from discussions.models import ConductDuty
from discussions.moderation import duties, rules
from foundation.admin_kit import DutyAdmin


@admin.register(ConductDuty)
class ConductDutyAdmin(DutyAdmin):
    """Superusers say who handles reports; everybody of the support team may read it."""

    release_name = "conduct-duty-release"
    list_display = ["person", "since"]
    raw_id_fields = ["person"]

    def may_give(self, user: Any) -> bool:
        return rules.gives_duties(user)

    def release(self, duty: Any, by: Any) -> str:
        duties.release_from_duty(duty, by=by)
        return _("%(name)s no longer handles reports.") % {"name": duty.person}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = duties.give_duty(obj.person, by=cast("User", request.user)).pk
