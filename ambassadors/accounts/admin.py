"""Recovering an account, for the support team: one proposes, another decides by a button, nobody edits."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.userkit import filter_users_by_email
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ambassadors import rules
from ambassadors.accounts import recovery as workflow
from ambassadors.accounts.confirmation import confirmation_required
from ambassadors.models import AddressRecovery, User
from foundation.admin_kit import KindRefusalMixin
from foundation.workflow import TransitionRefused


class AddressRecoveryForm(forms.ModelForm):
    """Whose account, which new address, and why."""

    account = forms.EmailField(label=_("The address we know them by"))

    class Meta:
        model = AddressRecovery
        fields = ["new_address", "reason"]

    field_order = ["account", "new_address", "reason"]

    def clean(self) -> dict[str, Any]:
        """Find the account, and say beside the form what speaks against the new address."""
        cleaned = super().clean() or {}
        found = filter_users_by_email(cleaned.get("account", ""), prefer_verified=True)
        if cleaned.get("account") and not found:
            self.add_error("account", _("No account has this address."))
        elif not self.errors:
            workflow.refuse_unfit(found[0], cleaned["new_address"])
            cleaned["person"] = found[0]
        return cleaned


@admin.register(AddressRecovery)
class AddressRecoveryAdmin(KindRefusalMixin, admin.ModelAdmin):
    """Rows are added and looked at; the two buttons move them."""

    add_form_template = "admin/change_form.html"
    change_form_template = "admin/ambassadors/addressrecovery/change_form.html"
    list_display = ["person", "old_address", "new_address", "status", "proposed_by", "proposed_at"]
    list_filter = ["status"]
    list_select_related = ["person", "proposed_by"]
    SHOWN = [
        "person",
        "old_address",
        "new_address",
        "reason",
        "status",
        "proposed_by",
        "proposed_at",
        "approved_by",
        "confirmed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AddressRecovery]:
        return AddressRecovery.objects.visible_to(request.user)

    def get_fields(self, request: HttpRequest, obj: AddressRecovery | None = None) -> Any:
        return self.SHOWN if obj else AddressRecoveryForm.field_order

    def get_readonly_fields(self, request: HttpRequest, obj: AddressRecovery | None = None) -> Any:
        return self.SHOWN if obj else []

    def get_form(self, request: HttpRequest, obj: AddressRecovery | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else AddressRecoveryForm

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.is_support(cast("User", request.user))

    def has_view_permission(self, request: HttpRequest, obj: AddressRecovery | None = None) -> bool:
        return rules.is_support(cast("User", request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.is_support(cast("User", request.user))

    def has_change_permission(self, request: HttpRequest, obj: AddressRecovery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AddressRecovery | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(confirmation_required(require_POST(self.addressrecovery_move)))
        return [path("<int:pk>/<str:name>/move/", move, name="addressrecovery-move"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Before a proposal, staff say again who they are."""
        view = super().changeform_view
        return (view if object_id else confirmation_required(view))(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> AddressRecovery:
        """Propose it, and hand the proposal's row to the admin in place of an unsaved one."""
        data = form.cleaned_data
        return workflow.propose(data["person"], data["new_address"], data["reason"], by=cast("User", request.user))

    def save_model(self, request: HttpRequest, obj: AddressRecovery, form: Any, change: bool) -> None:
        """The proposal is saved: `save_form` did it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A proposal has nothing below it."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        moves = {
            name: move.label for name, move in workflow.MOVES.items() if obj and move.offered_to(cast("User", request.user), obj)
        }
        return super().render_change_form(request, context | {"moves": moves}, *args, **kwargs)

    def addressrecovery_move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Approve or refuse."""
        recovery = get_object_or_404(self.get_queryset(request), pk=pk)
        functions = {"approve": workflow.approve, "refuse": workflow.refuse}
        if name not in functions:
            raise PermissionDenied
        try:
            functions[name](recovery, by=cast("User", request.user))
        except TransitionRefused:
            messages.error(request, _("This recovery has moved on in the meantime."))
        return redirect(reverse("admin:ambassadors_addressrecovery_change", args=[pk]))
