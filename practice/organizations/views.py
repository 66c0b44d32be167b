"""The page of an organisation: who runs it, everything of it as a file, and its end. For those who run it; for everybody else it is not there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import User
from foundation.access import signed_in
from practice.files.sending import sent
from practice.models import (
    Action,
    CommunityQuestion,
    LearningSession,
    PracticeAdministrator,
    PracticeInvitation,
    PracticeOrganization,
)
from practice.organizations import erasing, workflow
from practice.organizations.archive import archive_of
from practice.organizations.forms import EraseForm, InviteForm, NameForm

MOST_QUESTIONS = 20  # on the page; all of them are in the list


@signed_in
@require_GET
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its rounds, what was promised and asked, its people, and the ways out."""
    return _page(request, _organization(request, pk))


@signed_in
@require_POST
def organization_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    organization = _organization(request, pk)
    form = NameForm(request.POST, instance=PracticeOrganization(name=organization.name))
    if not form.is_valid():
        return _page(request, organization, naming=form)
    workflow.rename(organization, form.cleaned_data["name"], by=_person(request))
    return redirect("practice:organization-detail", pk)


@signed_in
@require_GET
def organization_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of it as one file."""
    organization = _organization(request, pk)
    return sent(archive_of(organization), "zip", organization.name)


@signed_in
@require_http_methods(["GET", "POST"])
def organization_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes; and with its name typed it is gone."""
    organization = _organization(request, pk)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasing.erase(organization, form.cleaned_data["name"], by=_person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        except PermissionDenied:
            raise Http404("it is gone") from None  # a colleague was faster
        else:
            messages.success(request, _("It is erased, with everything that was answered."))
            return redirect("practice:session-list")
    others = organization.administrators.exclude(person=_person(request)).count()
    context = {"organization": organization, "goes": erasing.what_goes(organization), "others": others, "form": form}
    return render(request, "practice/organizations/organization_erase.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def administrator_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to run it, too."""
    organization = _organization(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            workflow.invite(organization, name=said["name"], address=said["address"], by=_person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%s has mail: with its link they run it, too.") % said["name"])
            return redirect("practice:organization-detail", pk)
    return _page(request, organization, inviting=form)


@signed_in
@require_POST
def administrator_invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the link again."""
    invitation = _invitation(request, pk)
    try:
        workflow.send_again(invitation, by=_person(request))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    else:
        messages.success(request, _("It is on its way again; the link before has ended."))
    return redirect("practice:organization-detail", invitation.organization_id)


@signed_in
@require_POST
def administrator_invite_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The link ends."""
    invitation = _invitation(request, pk)
    workflow.take_back(invitation, by=_person(request))
    messages.success(request, _("The invitation is taken back."))
    return redirect("practice:organization-detail", invitation.organization_id)


@signed_in
@require_POST
def administrator_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Run it no more."""
    organization = _organization(request, pk)
    try:
        workflow.leave(organization, by=_person(request))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return redirect("practice:organization-detail", pk)
    messages.success(request, _("You run it no more."))
    return redirect("practice:session-list")


@signed_in
@require_POST
def administrator_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else runs it no more."""
    rows = PracticeAdministrator.objects.visible_to(request.user).select_related("organization", "person")
    seat = get_object_or_404(rows, pk=pk)
    try:
        workflow.remove(seat, by=_person(request))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    else:
        messages.success(request, _("%s runs it no more, and is told by mail.") % seat.person.name)
    return redirect("practice:organization-detail", seat.organization_id)


def _page(request: HttpRequest, organization: PracticeOrganization, **given: Any) -> HttpResponse:
    rounds = LearningSession.objects.visible_to(request.user).filter(organization=organization)
    seats = PracticeAdministrator.objects.visible_to(request.user).filter(organization=organization)
    actions = Action.objects.visible_to(request.user).filter(session__organization=organization)
    questions = CommunityQuestion.objects.visible_to(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "rounds": list(rounds.select_related("instrument_edition__edition").order_by("-number")),
        "seats": list(seats.select_related("person").order_by("since", "pk")),
        "invitations": list(PracticeInvitation.objects.visible_to(request.user).filter(organization=organization)),
        "promised": list(actions.open().select_related("item", "session")),
        "questions": list(questions.with_place().with_answer_count()[:MOST_QUESTIONS]),
        "naming": NameForm(instance=organization),
        "inviting": InviteForm(),
        **given,
    }
    return render(request, "practice/organizations/organization_detail.html", context, status=422 if given else 200)


def _organization(request: HttpRequest, pk: int) -> PracticeOrganization:
    found: PracticeOrganization = get_object_or_404(PracticeOrganization.objects.visible_to(request.user), pk=pk)
    return found


def _invitation(request: HttpRequest, pk: int) -> PracticeInvitation:
    rows = PracticeInvitation.objects.visible_to(request.user).select_related("organization")
    found: PracticeInvitation = get_object_or_404(rows, pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
