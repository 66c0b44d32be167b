"""The support team's pages for goals and milestones."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ambassadors.growth import workflow
from ambassadors.inviting import seats
from ambassadors.models import GrowthStage, Milestone, User
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import TransitionRefused, record


@admin.register(GrowthStage)
class GrowthStageAdmin(SupportTeamAdmin):
    """The goals, opened by a button. What a new one finds reached already becomes a draft at once; a larger cap sends invitations."""

    list_display = ["name", "target", "by_date", "cap", "opened_at"]
    fields = ["name", "target", "by_date", "cap", "marks", "position", "opened_at"]
    readonly_fields = ["opened_at"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(require_POST(self.stage_move))
        return [path("<int:pk>/move/<slug:word>/", move, name="stage-move"), *super().get_urls()]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        seats.fill_seats(by=cast("User", request.user))  # with the stage went its cap

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        stage = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if stage is not None:
            context["what_if"] = seats.what_if(stage)
        return super().render_change_form(request, context, *args, **kwargs)

    def stage_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Open the stage, or close it again."""
        stage = get_object_or_404(self.get_queryset(request), pk=pk)
        moves = {"open": seats.open_stage, "close": seats.close_stage}
        try:
            if word not in moves:
                raise TransitionRefused("no such button")
            sent = moves[word](stage, by=cast("User", request.user))
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: it stands elsewhere by now."))
        else:
            messages.success(request, ngettext("Done. %s invitation goes out.", "Done. %s invitations go out.", sent) % sent)
        return redirect("admin:ambassadors_growthstage_change", pk)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        staff = cast("User", request.user)
        super().save_model(request, obj, form, change)
        record("changed a goal of growth" if change else "set a goal of growth", obj, by=staff, note=", ".join(form.changed_data))
        seats.fill_seats(by=staff)
        if new := len(workflow.notice_milestones(by=staff)):
            said = ngettext("%s milestone waits for you.", "%s milestones wait for you.", new)
            messages.info(request, said % new)


@admin.register(Milestone)
class MilestoneAdmin(SupportTeamAdmin):
    """Milestones: noticed by the site, or written by hand; published by a button."""

    list_display = ["__str__", "reached_on", "text", "status"]
    list_filter = ["status"]
    fields = ["count", "reached_on", "text", "stage", "status"]
    readonly_fields = ["status"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # one that is left out stays known, so that it is not noticed again

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(require_POST(self.milestone_move))
        return [path("<int:pk>/move/<slug:word>/", move, name="milestone-move"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            record("wrote a milestone", obj, by=cast("User", request.user), note=", ".join(form.changed_data))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        milestone = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if milestone is not None:
            user = cast("User", request.user)
            moves = workflow.MOVES.items()
            context["moves"] = {word: move.label for word, (move, _function) in moves if move.offered_to(user, milestone)}
        return super().render_change_form(request, context, *args, **kwargs)

    def milestone_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Publish it, or leave it out."""
        milestone = get_object_or_404(self.get_queryset(request), pk=pk)
        back = redirect(reverse("admin:ambassadors_milestone_change", args=[pk]))
        if word not in workflow.MOVES:
            return back
        try:
            workflow.MOVES[word][1](milestone, by=cast("User", request.user))
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: it stands elsewhere by now."))
        else:
            messages.success(request, f"{milestone}: {milestone.get_status_display()}.")
        return back
