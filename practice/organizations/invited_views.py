"""The pages of whoever is asked to run an organisation's sessions, by the link in the mail. It signs nobody in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from foundation import tokens
from foundation.access import public
from practice.organizations import workflow
from practice.organizations.link import invitation_of


@public
@tokens.token_page
@require_GET
def administrator_invited(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for which organisation, and what it means."""
    return _page(request, token)


@public
@tokens.token_page
@require_POST
def administrator_invited_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the seat; then one signs in with a code, as ever."""
    invitation = invitation_of(token)
    try:
        seat = workflow.accept(invitation)
    except ValidationError as refused:
        return _page(request, token, problem=refused.messages[0], status=422)
    if request.user == seat.person:
        return redirect("practice:organization-detail", seat.organization_id)
    context = {"organization": seat.organization, "address": invitation.address}
    return render(request, "practice/organizations/accepted.html", context)


@public
@tokens.token_page
@require_POST
def administrator_invited_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Rather not."""
    workflow.decline(invitation_of(token))
    return render(request, "practice/organizations/declined.html")


def _page(request: HttpRequest, token: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"invitation": invitation_of(token), "token": token, "problem": problem}
    return render(request, "practice/organizations/administrator_invited.html", context, status=status)
