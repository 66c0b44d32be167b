"""Coming into a space and going out of it: joining, asking, inviting, answering, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole
from discussions.spaces import joining, roles
from discussions.spaces.forms import AnswerForm, SpaceAskForm, SpaceInviteForm
from discussions.spaces.standing import standing_of
from discussions.spaces.views.looking import known_space
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User


@require_POST
def space_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Take part in an open micro-community."""
    space = known_space(request, slug)
    joining.join(space, by=cast("User", request.user))
    messages.success(request, _("You are in. Say hello when you feel like it."))
    return redirect(space)


@require_http_methods(["GET", "POST"])
def space_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be let in, or for another role."""
    space, reader = known_space(request, slug), cast("User", request.user)
    here = standing_of(reader, space)
    if not here.may_ask and here.request is None:
        raise PermissionDenied(_("There is nothing to ask for here."))
    form = SpaceAskForm(request.POST or None, held=here.roles)
    if request.method == "POST" and form.is_valid():
        try:
            asked = joining.ask_to_join(space, by=reader, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("role", error)
        else:
            said = _("Its leaders have been asked. You hear from them by mail.") if asked.status == "asked" else _("You are in.")
            messages.success(request, said)
            return redirect(space)
    return render(request, "discussions/spaces/space_ask.html", {"space": space, "here": here, "form": form})


@require_http_methods(["GET", "POST"])
def space_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody, perhaps chosen on their profile (`?to=`)."""
    space, reader = known_space(request, slug), cast("User", request.user)
    offered = [role for role in SpaceRole.Role if rules.may_invite(reader, space, role)]
    if not offered:
        raise PermissionDenied(_("People are invited by those who lead the space."))
    to = request.GET.get("to", "").replace("\0", "")[:100]
    form = SpaceInviteForm(request.POST or None, by=reader, roles=offered, to=to)
    if request.method == "POST" and form.is_valid() and _invited(request, space, form):
        return redirect(space)
    return render(request, "discussions/spaces/space_invite.html", {"space": space, "form": form})


def _invited(request: HttpRequest, space: Space, form: SpaceInviteForm) -> bool:
    given, reader = form.cleaned_data, cast("User", request.user)
    try:
        asked = joining.invite(space, by=reader, person=given["person"], role=given["role"], words=given["words"])
    except ValidationError as error:
        form.add_error("person", error.messages[0])
        return False
    said = _("%(name)s has been invited.") if asked.status == "asked" else _("%(name)s had asked already, and is in.")
    messages.success(request, said % {"name": given["person"]})
    return True


@require_POST
def space_request_accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes to a request, or to an invitation."""
    asked = _asked(request, slug, pk)
    return _answer(request, asked, joining.accept, _("Done: %(name)s is in."), _("Welcome: you are in."))


@require_POST
def space_request_decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say no to a request, or to an invitation."""
    asked = _asked(request, slug, pk)
    return _answer(request, asked, joining.decline, _("%(name)s has been told."), _("You said no. Who invited you has been told."))


@require_POST
def space_request_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what one asked, or an invitation."""
    asked = _asked(request, slug, pk)
    try:
        joining.take_back(asked, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("It has been answered in the meantime."))
    else:
        messages.success(request, _("Taken back."))
    return _back(request, asked.space)


def _asked(request: HttpRequest, slug: str, pk: int) -> SpaceRequest:
    rows = SpaceRequest.objects.visible_to(request.user).select_related("space", "person", "invited_by")
    return get_object_or_404(rows, pk=pk, space=known_space(request, slug))


def _answer(
    request: HttpRequest, asked: SpaceRequest, act: Callable[..., SpaceRequest], of_another: str, of_oneself: str
) -> HttpResponse:
    form = AnswerForm(request.POST)
    said = of_oneself if asked.person_id == request.user.pk else of_another % {"name": asked.person}
    if not form.is_valid():
        messages.error(request, _("There is room for a thousand characters in your answer."))
        return redirect(asked.space)
    try:
        act(asked, by=cast("User", request.user), answer=form.cleaned_data["answer"])
    except TransitionRefused:
        messages.warning(request, _("It has been answered or taken back in the meantime."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return _back(request, asked.space)


@require_http_methods(["GET", "POST"])
def space_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave it: what that means, and a button. The last leader is told why not."""
    space, reader = known_space(request, slug), cast("User", request.user)
    here = standing_of(reader, space)
    if not here.roles:
        raise PermissionDenied(_("You are not in it."))
    if request.method == "POST":
        try:
            roles.leave(space, by=reader)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(space)
        messages.success(request, _("You have left “%(space)s”.") % {"space": space})
        return _back(request, space)
    return render(request, "discussions/spaces/space_leave.html", {"space": space, "here": here})


def _back(request: HttpRequest, space: Space) -> HttpResponse:
    """To the space, or to the list where the reader does not know of it any more."""
    is_known = Space.objects.visible_to(request.user).filter(pk=space.pk).exists()
    return redirect(space) if is_known else redirect("discussions:space-list")
