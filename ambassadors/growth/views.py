"""Growth, drawn: where the community stands, where it means to go, and what it passed on the way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ambassadors.counting import rounded, shown_count
from ambassadors.growth import telling
from ambassadors.growth.plan import progress
from ambassadors.models import GrowthStage, Milestone
from foundation.access import public_page
from foundation.models import Community


@public_page
@require_GET
def growth(request: HttpRequest) -> HttpResponse:
    """The figure with its goals and milestones, and the balance of sectors; for the support team also the plan in exact numbers."""
    step = Community.current().rounds_counts_to
    stages = list(GrowthStage.objects.visible_to(request.user).order_by("target"))
    milestones = list(Milestone.objects.visible_to(request.user).published())
    joined = telling.joined_by_month()
    total = sum(count for _month, count in joined)
    context: dict[str, Any] = {
        "count": shown_count(total, step),
        "stages": [{"stage": stage, "is_reached": rounded(total, step) >= stage.target} for stage in stages],
        "milestones": milestones,
    }
    steps = telling.steps_of(joined, telling.today(), step)
    if telling.is_worth_drawing(steps, stages):
        context["growth"] = telling.growth_figure(steps, stages, milestones, total=total, step=step)
    if total and (shares := telling.sector_shares()):
        context["sectors"] = telling.sector_figure(shares, step)
    if request.user.is_authenticated and request.user.is_staff:
        begun = joined[0][0] if joined else None
        context["plan"] = progress(stages, count=total, begun=begun, today=telling.today())
        context["total"] = total
    return render(request, "ambassadors/growth.html", context)
