"""The support team's pages for the criteria: a draft is written and looked at, a published edition is read."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ambassadors.models import CriteriaEdition, Criterion, User, VettingQuestion
from ambassadors.nominations import criteria
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import TransitionRefused


class _OfTheDraft(admin.StackedInline):
    """Rows of an edition, which can be written while it is a draft."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the edition has asked already

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.status == CriteriaEdition.Status.DRAFT

    has_add_permission = has_delete_permission = has_change_permission

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.CharField) and not db_field.choices:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2, "maxlength": db_field.max_length})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CriterionInline(_OfTheDraft):
    model = Criterion
    fields = ["kind", "text", "explanation", "position"]


class VettingQuestionInline(_OfTheDraft):
    model = VettingQuestion
    fields = ["text", "help_text", "is_required", "position"]


@admin.register(CriteriaEdition)
class CriteriaEditionAdmin(SupportTeamAdmin):
    """Editions. A case keeps the one under which it was submitted, so what is published stays as it is."""

    list_display = ["__str__", "status", "published_at", "drafts", "cases"]
    fields = ["number", "status", "published_at", "change"]
    inlines = [CriterionInline, VettingQuestionInline]
    actions = None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "change":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2, "maxlength": db_field.max_length})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        draft = Q(nominations__status="draft")
        of_cases = Q(nominations__isnull=False) & ~draft
        rows = super().get_queryset(request)
        return rows.annotate(draft_count=Count("nominations", filter=draft), case_count=Count("nominations", filter=of_cases))

    @admin.display(description=gettext_lazy("drafts under it"))
    def drafts(self, edition: Any) -> int:
        return int(edition.draft_count)

    @admin.display(description=gettext_lazy("nominations under it"))
    def cases(self, edition: Any) -> int:
        return int(edition.case_count)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["number", "status", "published_at"] if obj is None or _is_draft(obj) else self.fields

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False  # a draft begins with what holds today: the button above the list

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _is_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and _is_draft(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(require_POST(self.criteria_begin)), name="criteria-begin"),
            path("<int:pk>/preview/", view(self.criteria_preview), name="criteria-preview"),
            path("<int:pk>/publish/", view(require_POST(self.criteria_publish)), name="criteria-publish"),
            *super().get_urls(),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            criteria.wrote(form.instance, by=cast("User", request.user))

    def criteria_begin(self, request: HttpRequest) -> HttpResponse:
        """Begin the next edition, or go on with the draft there is."""
        draft = criteria.begin_draft(by=cast("User", request.user))
        return redirect(reverse("admin:ambassadors_criteriaedition_change", args=[draft.pk]))

    def criteria_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition as nominators and vetters would read it, with the button that publishes it."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        asked = list(edition.criteria.all())
        context = {
            "edition": edition,
            "musts": [one for one in asked if one.kind == Criterion.Kind.MUST],
            "desirables": [one for one in asked if one.kind != Criterion.Kind.MUST],
            "questions": list(edition.questions.all()),
            "is_draft": _is_draft(edition),
            "title": _("Preview"),
        }
        template = "admin/ambassadors/criteriaedition/preview.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def criteria_publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let it be in force from now on."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            criteria.publish(edition, revision=_number(request.POST.get("revision", "")), by=cast("User", request.user))
        except TransitionRefused:
            messages.warning(request, _("A colleague has published it already."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Published. Drafts take it from now on; what was submitted keeps its own."))
        return redirect(reverse("admin:ambassadors_criteriaedition_change", args=[pk]))


def _is_draft(edition: CriteriaEdition) -> bool:
    return edition.status == CriteriaEdition.Status.DRAFT


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
