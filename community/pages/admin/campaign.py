from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from community.models import CallToAction, Campaign, CampaignFigure, CampaignGoal, ShareKit
from foundation.admin_kit import SupportTeamAdmin
from foundation.saving import save_fields
from foundation.uploads import CheckedImageField, upload_delete, upload_keep
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


class OfTheCampaign(InlineModelAdmin):
    """A list on the page of the campaign."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the campaign has asked already

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class GoalInline(OfTheCampaign, admin.TabularInline):
    """What it is after."""

    model = CampaignGoal


class CallInline(OfTheCampaign, admin.StackedInline):
    """What a visitor can do."""

    model = CallToAction


class FigureInline(OfTheCampaign, admin.StackedInline):
    """Numbers, each with its source."""

    model = CampaignFigure


@admin.register(Campaign)
class CampaignAdmin(SupportTeamAdmin):
    """One row, so no list: the link in the menu opens the form. Its words are the page “Campaign”."""

    inlines = [GoalInline, CallInline, FigureInline]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        Campaign.found()
        return redirect("admin:community_campaign_change", 1)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:community_campaign_change", 1)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = [*form.changed_data, *(str(f.model._meta.verbose_name_plural) for f in formsets if f.has_changed())]
        if changed:
            record("changed the campaign", form.instance, by=cast("User", request.user), note=", ".join(changed))


class ShareKitForm(forms.ModelForm):
    """Words within the limit of where they go, and a picture that says what it shows."""

    new_picture = CheckedImageField(required=False, label=_("Picture"), longest_edge=1600)
    alt = forms.CharField(
        required=False,
        max_length=300,
        label=_("What the picture shows"),
        help_text=_("For those who do not see it. A picture needs it."),
    )

    class Meta:
        model = ShareKit
        fields = ["network", "text", "new_picture", "alt", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.picture:
            self.initial["alt"] = self.instance.picture.alt

    def clean(self) -> dict[str, Any]:
        has_picture = self.cleaned_data.get("new_picture") or self.instance.picture
        if has_picture and not (self.cleaned_data.get("alt") or "").strip():
            self.add_error("alt", ValidationError(_("Say what the picture shows: some who pass it on cannot see it.")))
        return self.cleaned_data

    def save_picture(self, *, by: User) -> None:
        """Put a new picture in the place of the old one; new words for the old one alone."""
        kit, picture, old = self.instance, self.cleaned_data.get("new_picture"), self.instance.picture
        if picture:
            kit.picture = upload_keep(picture, owner=by, audience="public", alt=self.cleaned_data["alt"])
        elif old is not None and old.alt != self.cleaned_data["alt"]:
            old.alt = self.cleaned_data["alt"]
            old.save(update_fields=["alt"])
        save_fields(kit, [*self.changed_data, "picture"])
        if picture and old is not None:
            upload_delete(old)


@admin.register(ShareKit)
class ShareKitAdmin(SupportTeamAdmin):
    """Words and pictures to pass on."""

    form = ShareKitForm
    list_display = ["__str__", "text", "position"]

    def save_model(self, request: HttpRequest, obj: ShareKit, form: ShareKitForm, change: bool) -> None:
        by = cast("User", request.user)
        form.save_picture(by=by)
        if form.changed_data:
            record("changed a share kit", obj, by=by, note=", ".join(form.changed_data))

    def delete_model(self, request: HttpRequest, obj: ShareKit) -> None:
        picture = obj.picture
        super().delete_model(request, obj)
        if picture is not None:
            upload_delete(picture)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for kit in queryset.select_related("picture"):
            self.delete_model(request, kit)
