"""What the page about the team shows of oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.models import TeamMember
from community.stories.forms import TeamMemberConfirmForm
from community.stories.querysets.about import TeamMemberQuerySet
from community.stories.workflow import team
from foundation.access import signed_in
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@signed_in
@require_GET
def team_member_show(request: HttpRequest) -> HttpResponse:
    """What could be shown of oneself on the page about the team, and what of it is."""
    member = _members(request).first()
    form = TeamMemberConfirmForm(member=member) if member else None
    return render(request, "community/team_member_show.html", {"member": member, "form": form})


@signed_in
@require_POST
def team_member_confirm(request: HttpRequest) -> HttpResponse:
    """Say what of it is shown."""
    member = _own(request)
    form = TeamMemberConfirmForm(request.POST, member=member)
    if form.is_valid():
        try:
            team.confirm(member, by=cast("User", request.user), **form.cleaned_data)
        except TransitionRefused:
            messages.error(request, _("The support team has changed something in the meantime. Please look at it again."))
        else:
            messages.success(request, _("Thank you. The page shows what you chose, and nothing else."))
    return redirect("community:team-member-show")


@signed_in
@require_POST
def team_member_hide(request: HttpRequest) -> HttpResponse:
    """Leave the page."""
    try:
        team.hide(_own(request), by=cast("User", request.user))
    except TransitionRefused:
        messages.info(request, _("You are not on the page."))
    else:
        messages.success(request, _("Done: the page shows nothing of you."))
    return redirect("community:team-member-show")


def _members(request: HttpRequest) -> TeamMemberQuerySet:
    """One's own line, if there is one."""
    own = TeamMember.objects.visible_to(request.user).filter(user=request.user.pk)
    return own.select_related("user", "photo", "shown_photo")


def _own(request: HttpRequest) -> TeamMember:
    member: TeamMember = get_object_or_404(_members(request))
    return member
