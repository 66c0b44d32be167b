"""Who is of GrowCom, and the numbers by which people come in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ambassadors.models import AdmissionRules, Ambassador, User, VettingDuty
from ambassadors.nominations import rules as nomination_rules
from ambassadors.vetting import rules, workflow
from foundation.admin_kit import DutyAdmin
from foundation.workflow import record


class DutyForm(forms.ModelForm):
    """Who does what. People are chosen from a list of those for whom the house is open."""

    class Meta:
        model = VettingDuty
        fields = ["person", "is_vetter", "is_lead", "decides"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            here = Ambassador.objects.active().values("user")  # unscoped: whoever gives duties is of the support team
            people: Any = self.fields["person"]
            people.queryset = (
                people.queryset.filter(pk__in=here) | people.queryset.filter(is_staff=True, is_active=True)
            ).order_by("sort_name")


@admin.register(VettingDuty)
class VettingDutyAdmin(DutyAdmin):
    """Superusers and vetting leads say who is of GrowCom; everybody of the support team may read it."""

    form = DutyForm
    release_name = "duty-release"
    list_display = ["person", "is_vetter", "is_lead", "decides", "since"]
    search_fields = ["person__name__unaccent"]

    def may_give(self, user: Any) -> bool:
        return rules.gives_duties(user)

    def release(self, duty: Any, by: Any) -> str:
        workflow.release_from_duty(duty, by=by)
        return _("%(name)s is no longer of GrowCom.") % {"name": duty.person}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_give(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["person"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("is_vetter", "is_lead", "decides")}
        duty = workflow.give_duty(obj.person, by=cast("User", request.user), **given)
        obj.pk = duty.pk


@admin.register(AdmissionRules)
class AdmissionRulesAdmin(admin.ModelAdmin):
    """One row, which the vetting leads change."""

    fields = ["vetters_a_case", "vetting_days", "slate_days", "invitation_days", "months_kept"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return nomination_rules.leads(cast("User", request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row: its page is the list."""
        return redirect("admin:ambassadors_admissionrules_change", 1)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return AdmissionRules.current() if object_id == "1" else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.save()
            record("changed the rules of admission", obj, by=cast("User", request.user), note=", ".join(form.changed_data))
