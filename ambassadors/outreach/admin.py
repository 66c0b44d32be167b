"""The support team's pages for outreach: the networks, what was logged with its totals, and the speaking slots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from ambassadors.models import Network, OutreachEntry, SlotVolunteer, SpeakingSlot
from ambassadors.outreach import exporting, totals
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin

SOURCES = 100


@admin.register(Network)
class NetworkAdmin(SupportTeamAdmin):
    """With whom things are shared, in the community's own words."""

    list_display = ["name", "position", "is_offered", "words"]
    list_editable = ["position", "is_offered"]
    fields = ["name", "slug", "words", "position", "is_offered"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.entries.exists())


class SpanForm(forms.Form):
    """From when to when."""

    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


@admin.register(OutreachEntry)
class OutreachEntryAdmin(ReadOnlyAdmin):
    """What ambassadors logged. Drafts are theirs alone."""

    list_display = ["what", "person", "network", "measured", "estimated", "on"]
    list_filter = ["network", "certainty", ("slot", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "network"]
    search_fields = ["what__unaccent", "person__name__unaccent"]
    date_hierarchy = "on"
    ordering = ["-on", "-pk"]
    fields = ["what", "person", "network", "reach", "certainty", "link", "on", "slot"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    view_on_site = False  # the page on the site is its writer's

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).logged()  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("measured"), ordering="reach")
    def measured(self, entry: OutreachEntry) -> int | None:
        return entry.reach if entry.certainty == OutreachEntry.Certainty.MEASURED else None

    @admin.display(description=gettext_lazy("estimated"), ordering="reach")
    def estimated(self, entry: OutreachEntry) -> int | None:
        return entry.reach if entry.certainty == OutreachEntry.Certainty.ESTIMATED else None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("totals/", view(require_GET(self.outreach_totals)), name="outreach-totals"),
            path("totals/export.csv", view(require_GET(self.outreach_totals_export)), name="outreach-totals-export"),
            *super().get_urls(),
        ]

    def outreach_totals(self, request: HttpRequest) -> HttpResponse:
        """What it adds up to, by network and by month, and the entries that the numbers come from."""
        form = SpanForm(request.GET or None)
        entries = self._within(request, form)
        networks = totals.by_network(entries)
        context = {
            "title": _("Outreach: totals"),
            "form": form,
            "whole": totals.whole(entries),
            "figures": [
                (_("Measured"), totals.figure_of(networks, measured=True)),
                (_("Estimated"), totals.figure_of(networks, measured=False)),
            ],
            "networks": {"head": totals.head(_("With whom")), "rows": [one.cells for one in networks]},
            "months": {"head": totals.head(_("Month")), "rows": [one.cells for one in totals.by_month(entries)]},
            "sources": entries.newest_first().select_related("person", "network")[:SOURCES],
            "most": SOURCES,
        }
        template = "admin/ambassadors/outreachentry/totals.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def outreach_totals_export(self, request: HttpRequest) -> HttpResponse:
        """The same entries as a file, all of them."""
        entries = self._within(request, SpanForm(request.GET or None)).newest_first().select_related("person", "network")
        return exporting.as_csv(entries.iterator(chunk_size=500), name="outreach-of-all.csv", with_people=True)

    def _within(self, request: HttpRequest, form: SpanForm) -> Any:
        span = form.cleaned_data if form.is_valid() else {}
        return totals.within(self.get_queryset(request), span.get("since"), span.get("until"))


class VolunteerInline(admin.TabularInline):
    """Who would speak."""

    model = SlotVolunteer
    extra = 0
    can_delete = False
    fields = ["person", "words", "status", "at"]
    readonly_fields = ["person", "words", "status", "at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return SlotVolunteer.objects.visible_to(request.user).select_related("person", "slot").order_by("at", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the slot has asked already

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


@admin.register(SpeakingSlot)
class SpeakingSlotAdmin(ReadOnlyAdmin):
    """The slots. They are posted, given and called off on their pages on the site."""

    list_display = ["title", "on", "place", "wanted_by", "status", "willing", "speaker"]
    list_filter = ["status", "is_online"]
    list_select_related = ["speaker"]
    search_fields = ["title", "place"]
    date_hierarchy = "on"
    fields = ["title", "topic", "on", "place", "is_online", "audience", "words", "wanted_by", "status", "speaker", "posted_by"]
    inlines = [VolunteerInline]
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_volunteers().order_by("-on", "-pk")  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("volunteers"))
    def willing(self, slot: Any) -> int:
        return int(slot.willing)
