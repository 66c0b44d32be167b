"""Who is of GrowCom, and the numbers by which people come in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.models import AdmissionRules, Ambassador, User, VettingDuty
from ambassadors.nominations import rules as nomination_rules
from ambassadors.vetting import rules, workflow
from foundation.admin_kit import KindRefusalMixin, VisibleRowsMixin
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
class VettingDutyAdmin(KindRefusalMixin, VisibleRowsMixin, admin.ModelAdmin):
    """Superusers and vetting leads say who is of GrowCom; everybody of the support team may read it."""

    form = DutyForm
    list_display = ["person", "is_vetter", "is_lead", "decides", "since"]
    list_select_related = ["person"]
    search_fields = ["person__name__unaccent"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.gives_duties(cast("User", request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # released by a button, which takes their open cases back

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["person"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("is_vetter", "is_lead", "decides")}
        duty = workflow.give_duty(obj.person, by=cast("User", request.user), **given)
        obj.pk = duty.pk

    def get_urls(self) -> list[URLPattern]:
        release = self.admin_site.admin_view(require_POST(self.duty_release))
        return [path("<int:pk>/release/", release, name="duty-release"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_release"] = self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def duty_release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody go from GrowCom."""
        duty = get_object_or_404(self.get_queryset(request).select_related("person"), pk=pk)
        try:
            workflow.release_from_duty(duty, by=cast("User", request.user))
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, _("%(name)s is no longer of GrowCom.") % {"name": duty.person})
        return redirect("admin:ambassadors_vettingduty_changelist")


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
