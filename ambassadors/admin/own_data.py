"""The support team's part in erasures and in wishes to come back: lists to look at, and buttons."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors import rules
from ambassadors.accounts.confirmation import confirmation_required
from ambassadors.models import Erasure, ReturnRequest, User
from ambassadors.owndata import erasing, leaving
from ambassadors.owndata.forms import ErasureForSomebodyForm
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """Who is going to be erased, and when. One for somebody who asks by mail begins on the page of their account."""

    change_form_template = "admin/ambassadors/erasure/change_form.html"
    list_display = ["person", "due_at", "status", "asked_by", "asked_at"]
    list_filter = ["status"]
    list_select_related = ["person", "asked_by"]
    fields = ["person", "due_at", "status", "words", "asked_by", "asked_at", "reason", "cancelled_at"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("for/<int:pk>/", view(confirmation_required(self.erasure_plan)), name="erasure-plan"),
            path("<int:pk>/take-back/", view(require_POST(self.erasure_take_back)), name="erasure-take-back"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        erasure = kwargs.get("obj")
        offered = erasure is not None and erasing.TAKE_BACK.offered_to(cast("User", request.user), erasure)
        return super().render_change_form(request, context | {"can_take_back": offered}, *args, **kwargs)

    def erasure_plan(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plan the erasure of somebody who asked for it by mail."""
        person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
        if not erasing.may_plan(cast("User", request.user), person) or request.user.pk == person.pk:
            raise PermissionDenied(_("Somebody of the support team is erased by themselves only, in their settings."))
        form = ErasureForSomebodyForm(request.POST or None)
        if form.is_valid() and _is_planned(request, person, form):
            return redirect("admin:ambassadors_erasure_changelist")
        back = reverse("admin:ambassadors_user_change", args=[pk])
        context = {"form": form, "person": person, "back": back, "title": str(person), "delay": Erasure.DELAY.days}
        return TemplateResponse(request, "admin/ambassadors/erasure/plan.html", self.admin_site.each_context(request) | context)

    def erasure_take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back for somebody who asked for that by mail."""
        if not rules.is_support(cast("User", request.user)):
            raise PermissionDenied
        erasure = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            erasing.take_back(erasure, by=cast("User", request.user))
        except TransitionRefused:
            messages.info(request, _("It was taken back before."))
        return redirect("admin:ambassadors_erasure_changelist")


def _is_planned(request: HttpRequest, person: User, form: ErasureForSomebodyForm) -> bool:
    try:
        erasing.plan(person, by=cast("User", request.user), **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Planned. %s has been told by mail.") % person)
    return True


@admin.register(ReturnRequest)
class ReturnRequestAdmin(ReadOnlyAdmin):
    """Alumni who would like to come back."""

    change_form_template = "admin/ambassadors/returnrequest/change_form.html"
    list_display = ["person", "status", "asked_at"]
    list_filter = ["status"]
    list_select_related = ["person"]
    fields = ["person", "words", "status", "asked_at"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/answered/", view(require_POST(self.returnrequest_answered)), name="returnrequest-answered"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        wish = kwargs.get("obj")
        context |= {"is_open": wish is not None and leaving.ANSWER.offered_to(cast("User", request.user), wish)}
        return super().render_change_form(request, context, *args, **kwargs)

    def returnrequest_answered(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that somebody wrote to them."""
        if not rules.is_support(cast("User", request.user)):
            raise PermissionDenied
        wish = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            leaving.answer_wish(wish, by=cast("User", request.user))
        except TransitionRefused:
            messages.info(request, _("Somebody else has answered in the meantime."))
        return redirect("admin:ambassadors_returnrequest_changelist")
