"""Running a space: beginning it, changing it, who is what in it, handing it over, ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from discussions import rules
from discussions.models import Space, SpaceRole
from discussions.spaces import joining, roles, workflow
from discussions.spaces.forms import HandOverForm, RolesForm, SpaceEditForm, SpaceEndForm, SpaceStartForm, TopicForm
from discussions.spaces.people import others_in
from discussions.spaces.standing import standing_of
from discussions.spaces.views.looking import known_space, led_space
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@require_http_methods(["GET", "POST"])
def space_start(request: HttpRequest) -> HttpResponse:
    """Begin a micro-community; `?kind=topic`, for the support team, a topic."""
    reader = cast("User", request.user)
    kind = Space.Kind.TOPIC if request.GET.get("kind") == "topic" else Space.Kind.MICRO
    if not rules.may_begin_space(reader, kind):
        raise PermissionDenied(_("Topics for the whole community are begun by the support team."))
    form = (TopicForm if kind == Space.Kind.TOPIC else SpaceStartForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        space = workflow.start_space(by=reader, kind=kind, **form.cleaned_data)
        messages.success(request, _("“%(space)s” is there. Invite people, or begin the first conversation.") % {"space": space})
        return redirect(space)
    return render(request, "discussions/spaces/space_start.html", {"form": form, "is_topic": kind == Space.Kind.TOPIC})


@require_http_methods(["GET", "POST"])
def space_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what it says of itself, how long it goes on, and who reads it."""
    space = led_space(request, slug)
    form = (TopicForm if space.is_topic else SpaceEditForm)(request.POST or None, instance=space)
    if request.method == "POST" and form.is_valid():
        try:
            changed = workflow.edit_space(
                space, by=cast("User", request.user), **{name: form.cleaned_data[name] for name in form.changed_data}
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    space.refresh_from_db()  # a form that was refused has written on it
    return render(request, "discussions/spaces/space_edit.html", {"space": space, "form": form})


@require_POST
def space_role_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what somebody is in it; without any role they are out of it."""
    space = led_space(request, slug)
    held = SpaceRole.objects.visible_to(request.user).filter(space=space, person=pk).select_related("person").first()
    form = RolesForm(request.POST)
    if held is None or not form.is_valid():
        messages.warning(request, _("That person is not in it any more."))
        return redirect("discussions:space-people", slug)
    try:
        after = roles.change_roles(space, by=cast("User", request.user), person=held.person, roles=form.cleaned_data["roles"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = _("Saved: %(name)s has been told.") if after else _("%(name)s is no longer in it, and has been told.")
        messages.success(request, said % {"name": held.person})
    return redirect("discussions:space-people", slug)


@require_http_methods(["GET", "POST"])
def space_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody who is in it to lead it in one's place."""
    space, reader = led_space(request, slug), cast("User", request.user)
    here = standing_of(reader, space)
    if SpaceRole.Role.LEADER not in here.roles or space.has_ended or space.is_topic:
        raise PermissionDenied(_("There is nothing to hand over."))
    leaders = SpaceRole.objects.visible_to(reader).leaders().filter(space=space).values("person")
    form = HandOverForm(request.POST or None, space=space, people=others_in(space, reader).exclude(pk__in=leaders))
    if request.method == "POST" and form.is_valid():
        _hand_over(request, space, form.cleaned_data)
        return redirect(space)
    return render(request, "discussions/spaces/space_hand_over.html", {"space": space, "form": form})


def _hand_over(request: HttpRequest, space: Space, given: dict[str, Any]) -> None:
    by = cast("User", request.user)
    joining.invite(space, by=by, person=given["person"], role=SpaceRole.Role.LEADER, words=given["words"], is_handover=True)
    messages.success(request, _("%(name)s has been asked. You lead it until there is a yes.") % {"name": given["person"]})


@require_POST
def space_lead(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the lead where nobody has it."""
    space, reader = known_space(request, slug), cast("User", request.user)
    if not rules.roles_of(reader, space):
        raise PermissionDenied(_("It is taken on by somebody who is in it."))
    try:
        roles.take_lead(space, by=reader)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("You lead it from now on. Thank you."))
    return redirect(space)


@require_http_methods(["GET", "POST"])
def space_end(request: HttpRequest, slug: str) -> HttpResponse:
    """End it with a word on what came of it."""
    space = led_space(request, slug)
    if space.has_ended:
        return redirect(space)
    form = SpaceEndForm(request.POST or None, initial={"outcome_note": space.outcome_note})
    if request.method == "POST" and form.is_valid():
        try:
            workflow.end_space(space, by=cast("User", request.user), note=form.cleaned_data["outcome_note"])
        except TransitionRefused:
            messages.warning(request, _("Somebody was quicker: it has ended."))
        else:
            messages.success(request, _("It has ended. Everything that was said can still be read."))
        return redirect(space)
    return render(request, "discussions/spaces/space_end.html", {"space": space, "form": form})


@require_POST
def space_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on after all."""
    space = led_space(request, slug)
    try:
        workflow.reopen_space(space, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("It is open already."))
    else:
        messages.success(request, _("It is open again."))
    return redirect(space)
