"""The support team's pages for the commitments: a draft is written and looked at, a published edition is read."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ambassadors.commitments import workflow
from ambassadors.models import Affirmation, Commitment, CommitmentsEdition, User
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.workflow import TransitionRefused


class CommitmentInline(admin.TabularInline):
    model = Commitment
    extra = 1
    fields = ["text", "explanation", "position"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the edition has asked already

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.is_draft

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(CommitmentsEdition)
class CommitmentsEditionAdmin(SupportTeamAdmin):
    """Editions. What is published stays as it was affirmed."""

    list_display = ["__str__", "status", "is_material", "published_at"]
    fields = ["number", "status", "published_at", "change", "is_material"]
    inlines = [CommitmentInline]
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["number", "status", "published_at"] if obj is None or obj.is_draft else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(require_POST(self.commitments_begin)), name="commitments-begin"),
            path("<int:pk>/preview/", view(self.commitments_preview), name="commitments-preview"),
            path("<int:pk>/publish/", view(require_POST(self.commitments_publish)), name="commitments-publish"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False  # a draft begins with what holds today: the button above the list

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            workflow.wrote(form.instance, by=cast("User", request.user))

    def commitments_begin(self, request: HttpRequest) -> HttpResponse:
        """Begin the next edition, or go on with the draft there is."""
        draft = workflow.begin_draft(by=cast("User", request.user))
        return redirect(reverse("admin:ambassadors_commitmentsedition_change", args=[draft.pk]))

    def commitments_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition as everybody would read it, with the button that publishes it."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        holds = CommitmentsEdition.objects.visible_to(request.user).current()
        context = {"edition": edition, "items": edition.items.all(), "is_first": holds is None, "title": _("Preview")}
        template = "admin/ambassadors/commitmentsedition/preview.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def commitments_publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let it hold from now on."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            asked = workflow.publish(edition, revision=_number(request.POST.get("revision", "")), by=cast("User", request.user))
        except TransitionRefused:
            messages.warning(request, _("A colleague has published it already."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            said = ngettext("Published. %s person is asked by mail.", "Published. %s people are asked by mail.", asked)
            messages.success(request, said % asked)
        return redirect(reverse("admin:ambassadors_commitmentsedition_change", args=[pk]))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@admin.register(Affirmation)
class AffirmationAdmin(ReadOnlyAdmin):
    """Who affirmed which edition, and when."""

    list_display = ["person", "edition", "answer", "at", "via"]
    list_display_links = None
    list_filter = ["edition", "answer"]
    list_select_related = ["ambassador__user", "edition"]
    search_fields = ["ambassador__user__name__unaccent"]
    show_full_result_count = False
    list_per_page = 50
    actions = None

    @admin.display(description=gettext_lazy("name"), ordering="ambassador__user__sort_name")
    def person(self, affirmation: Affirmation) -> str:
        return affirmation.ambassador.user.name
