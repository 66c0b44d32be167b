"""The queue: every nomination that has been handed in, for those who lead or decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ambassadors.models import Nomination, User
from ambassadors.nominations import moves, rules
from ambassadors.vetting import queue, workflow
from ambassadors.vetting.admin.case import CasePages
from ambassadors.vetting.suggesting import proposals
from foundation.workflow import TransitionRefused

AT_ONCE = 20
LONG = timedelta(days=21)


class StateFilter(admin.SimpleListFilter):
    """Where a case stands; those under way when nobody chose."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        states = [state for state in Nomination.Status.choices if state[0] != Nomination.Status.DRAFT]
        return [("all", gettext_lazy("all of them")), *states]

    def choices(self, changelist: Any) -> Any:
        under_way, *others = super().choices(changelist)
        yield {**under_way, "display": _("under way")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "all":
            return queryset
        if self.value():
            return queryset.filter(status=self.value())
        return queryset.at_work()


class WaitsFilter(admin.SimpleListFilter):
    """What of a case waits for somebody."""

    title = gettext_lazy("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        is_lead = rules.leads(cast("User", request.user))
        return [(word, label) for word, label in queue.WAITS.items() if is_lead or word not in queue.FOR_LEADS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        word = self.value() or ""
        known = dict(self.lookup_choices)
        return queue.waiting_for(word, queryset, cast("User", request.user)) if word in known else queryset


class AgeFilter(admin.SimpleListFilter):
    """How long a case has waited since it was handed in."""

    title = gettext_lazy("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("young", gettext_lazy("up to three weeks")), ("old", gettext_lazy("longer"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        since = timezone.now() - LONG
        if self.value() == "young":
            return queryset.filter(submitted_at__gte=since)
        return queryset.filter(submitted_at__lt=since) if self.value() == "old" else queryset


@admin.register(Nomination)
class NominationAdmin(CasePages, admin.ModelAdmin):
    """The door is a duty: nobody of the support team comes in by being of it."""

    list_display = ["name", "organization", "status", "handed_in", "vetters", "due", "sector"]
    list_filter = [WaitsFilter, StateFilter, AgeFilter, "sector"]
    list_select_related = ["sector"]
    search_fields = ["name__unaccent", "organization__unaccent"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["assign_selected", "take_up_selected"]
    view_on_site = False
    change_list_template = "admin/ambassadors/nomination/change_list.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = Nomination.objects.visible_to(request.user).led_by(request.user)
        return queue.oldest_first(queue.with_counted(rows))

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["submitted_at", "pk"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Nominations"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("handed in"), ordering="submitted_at")
    def handed_in(self, nomination: Nomination) -> Any:
        return timezone.localdate(nomination.submitted_at) if nomination.submitted_at else None

    @admin.display(description=gettext_lazy("assessments"))
    def vetters(self, nomination: Any) -> str:
        return _("%(given)s of %(counted)s") % {"given": nomination.given, "counted": nomination.counted}

    @admin.display(description=gettext_lazy("due"), ordering="due")
    def due(self, nomination: Any) -> Any:
        return nomination.due

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.opens_queue(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        many = view(require_POST(self.nomination_assign_many))
        return [path("assign-many/", many, name="nomination-assign-many"), *self.case_urls(), *super().get_urls()]

    @admin.action(description=gettext_lazy("Give them to vetters…"))
    def assign_selected(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        """Propose vetters for each of the chosen, so that the load is spread evenly; the next page asks."""
        open_ones = list(chosen.filter(status__in=["submitted", "vetting"])[: AT_ONCE + 1])
        if not open_ones or len(open_ones) > AT_ONCE:
            messages.warning(request, _("Choose up to %s cases that are new or in vetting.") % AT_ONCE)
            return None
        return self._many_page(request, open_ones)

    @admin.action(description=gettext_lazy("Take them into vetting"))
    def take_up_selected(self, request: HttpRequest, chosen: QuerySet) -> None:
        """Take up those of the chosen that are new."""
        by = cast("User", request.user)
        new = [one for one in chosen.filter(status="submitted")[:AT_ONCE] if moves.TAKE_UP.offered_to(by, one)]
        taken = sum(_is_taken_up(one, by=by) for one in new)
        messages.success(request, ngettext("%s case is in vetting now.", "%s cases are in vetting now.", taken) % taken)

    def nomination_assign_many(self, request: HttpRequest) -> HttpResponse:
        """Give each case to the vetters that were ticked for it."""
        keys = [key for key in request.POST.getlist("case") if key.isdecimal() and len(key) < 18]
        cases = list(self.get_queryset(request).filter(pk__in=keys))
        failed = [one for one in cases if not _is_assigned(request, one)]
        done = len(cases) - len(failed)
        messages.success(request, ngettext("%s case is with its vetters.", "%s cases are with their vetters.", done) % done)
        return self._many_page(request, failed) if failed else redirect("admin:ambassadors_nomination_changelist")

    def _many_page(self, request: HttpRequest, cases: list[Nomination]) -> HttpResponse:
        context = {"rows": proposals(cases), "title": _("Give cases to vetters")}
        template = "admin/ambassadors/nomination/assign_many.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)


def _is_taken_up(one: Nomination, *, by: User) -> bool:
    try:
        workflow.take_up(one, by=by)
    except TransitionRefused:  # a colleague pressed the same button
        return False
    return True


def _is_assigned(request: HttpRequest, one: Nomination) -> bool:
    """Whether the vetters ticked for the case have it; what went wrong is said."""
    keys = [key for key in request.POST.getlist(f"vetters-{one.pk}") if key.isdecimal() and len(key) < 18]
    vetters = list(User.objects.visible_to(request.user).filter(pk__in=keys))
    try:
        workflow.assign(one, vetters, by=cast("User", request.user), even_away=f"away-{one.pk}" in request.POST)
    except ValidationError as refused:
        messages.error(request, f"{one}: {refused.messages[0]}")
        return False
    except TransitionRefused:
        messages.warning(request, _("%(case)s stands elsewhere by now.") % {"case": one})
    return True
