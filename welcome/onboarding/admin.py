"""How newcomers arrive, for the support team: cohorts, and nobody's list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from foundation.admin_kit import ReadOnlyAdmin
from welcome.models import Onboarding
from welcome.onboarding.cohorts import cohorts, figure, table


@admin.register(Onboarding)
class OnboardingAdmin(ReadOnlyAdmin):
    """A page without rows: who has done what is theirs to know."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet = super().get_queryset(request).none()
        return rows

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = cohorts()
        context = (
            self.admin_site.each_context(request)
            | table(found)
            | {"title": capfirst(self.opts.verbose_name_plural), "opts": self.opts}
        )
        if found:
            context["figure"] = figure(found[0])
        return TemplateResponse(request, "admin/welcome/onboarding/cohorts.html", context)
