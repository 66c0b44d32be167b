"""The pages of talks: whom an organisation can ask, what it shares, and how the two agree on a time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.access import signed_in
from foundation.calendar_views import as_file
from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from practice.help.talks import workflow
from practice.help.talks.calendar import file_of
from practice.help.talks.forms import OtherTimesForm, TalkForm, VolunteerForm, WhereForm
from practice.help.talks.shown import cards_of, organization_as, shared_by
from practice.models import LearningSession, Talk, TalkVolunteer

if TYPE_CHECKING:
    from ambassadors.models import User

S = Talk.Status
MOST = 60


@signed_in
@require_GET
def talk_list(request: HttpRequest) -> HttpResponse:
    """What one's organisations asked for, and what one is asked for as a volunteer."""
    rows = Talk.objects.visible_to(request.user).select_related("volunteer", "organization", "asked_by")
    given = list(rows.given_by(request.user)[:MOST])
    context = {
        "asked": list(rows.asked_for(request.user)[:MOST]),
        "given": [{"talk": talk, "other": organization_as(talk)} for talk in given],
    }
    return render(request, "practice/talks/talk_list.html", context)


@signed_in
@require_GET
def volunteer_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom one can ask for a talk about a round that is closed."""
    session = _session(request, pk)
    rows = TalkVolunteer.objects.visible_to(request.user).exclude(person=request.user.pk).available()
    cards = cards_of(rows.select_related("person")[:MOST])
    return render(request, "practice/talks/volunteer_list.html", {"session": session, "cards": cards})


@signed_in
@require_http_methods(["GET", "POST"])
def talk_new(request: HttpRequest, pk: int, volunteer: int) -> HttpResponse:
    """Tick what is shared, and put times forward."""
    session = _session(request, pk)
    person = _person(request)
    chosen = get_object_or_404(
        TalkVolunteer.objects.visible_to(person).exclude(person=person).select_related("person"), pk=volunteer
    )
    form = TalkForm(session, request.POST or None, zone=person.time_zone)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        modules = [module.key for module in said["modules"]]
        ticked = workflow.Ticked(said["shares_organization"], said["shares_person"], modules, said["words"])
        try:
            talk = workflow.ask(session, chosen, ticked, by=person, times=said["times"], zone=said["time_zone"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("%(name)s is asked. You are told by mail.") % {"name": chosen.person.name})
            return redirect(talk)
    context = {"session": session, "card": cards_of([chosen])[0], "form": form}
    return render(request, "practice/talks/talk_new.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def talk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands; for the volunteer with what is shared."""
    return _page(request, _talk(request, pk))


@signed_in
@require_POST
def talk_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the times."""
    talk, person = _talk(request, pk), _person(request)
    form = WhereForm(request.POST) if person.pk == talk.volunteer_id else None
    starts = _time(request.POST.get("starts", ""))
    if form is not None and not form.is_valid():
        return _page(request, talk, where=form, chosen=starts)
    if starts is None:
        return _page(request, talk, where=form, problem=_("Choose one of the times."))
    try:
        workflow.accept(talk, by=person, starts=starts, where=form.cleaned_data["where"] if form else "")
    except ValidationError as refused:
        return _page(request, talk, where=form, problem=refused.messages[0])
    except TransitionRefused:
        return _moved_on(request, talk, form)
    messages.success(request, _("It is agreed. You both get it by mail, with a file for your calendars."))
    return redirect(talk)


@signed_in
@require_POST
def talk_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Put other times forward."""
    talk, person = _talk(request, pk), _person(request)
    form = OtherTimesForm(request.POST, zone=person.time_zone, is_volunteer=person.pk == talk.volunteer_id)
    if not form.is_valid():
        return _page(request, talk, other=form)
    said = form.cleaned_data
    try:
        workflow.offer_times(talk, by=person, times=said["times"], zone=said["time_zone"], where=said.get("where", ""))
    except TransitionRefused:
        return _moved_on(request, talk, form)
    messages.success(request, _("The other side is told."))
    return redirect(talk)


@signed_in
@require_POST
def talk_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The volunteer cannot."""
    return _done(request, pk, workflow.decline, _("They are told that it is not possible, and nothing else."))


@signed_in
@require_POST
def talk_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation takes it back."""
    return _done(request, pk, workflow.withdraw, _("It is taken back. The volunteer can read nothing of it any more."))


@signed_in
@require_POST
def talk_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Either side calls it off."""
    return _done(request, pk, workflow.cancel, _("It is called off. You are both told."))


@signed_in
@require_GET
def talk_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The talk as a file for a calendar."""
    talk = _talk(request, pk)
    if talk.starts is None or talk.status not in {S.AGREED, S.CANCELLED}:
        raise Http404("not agreed on")
    return as_file(file_of(talk, _person(request)), "talk.ics")


@require_http_methods(["GET", "POST"])
def volunteer_edit(request: HttpRequest) -> HttpResponse:
    """Offer half an hour to organisations: how often, and what is shown of one."""
    person = _person(request)
    own = TalkVolunteer.objects.visible_to(person).filter(person=person).first()
    form = VolunteerForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        workflow.volunteer(person, **form.cleaned_data)
        messages.success(request, _("Thank you. Organisations that have looked at themselves can ask you from now on."))
        return redirect("practice:volunteer-edit")
    context = {"form": form, "own": own, "has_profile": getattr(person, "ambassador", None) is not None}
    return render(request, "practice/talks/volunteer_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def volunteer_stop(request: HttpRequest) -> HttpResponse:
    """Give none any more."""
    workflow.stop(_person(request))
    messages.success(request, _("Nobody can ask you for a talk any more. What is agreed stays agreed."))
    return redirect("practice:volunteer-edit")


def _done(request: HttpRequest, pk: int, act: Any, said: str) -> HttpResponse:
    talk = _talk(request, pk)
    try:
        act(talk, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, talk)
    messages.success(request, said)
    is_gone = not Talk.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("practice:talk-list") if is_gone else redirect(talk)


def _page(
    request: HttpRequest,
    talk: Talk,
    *,
    where: WhereForm | None = None,
    other: OtherTimesForm | None = None,
    problem: str = "",
    chosen: datetime | None = None,
    unsaved: Any = (),
) -> HttpResponse:
    person = _person(request)
    is_volunteer = person.pk == talk.volunteer_id
    is_turn = talk.status == (S.ASKED if is_volunteer else S.OFFERED)
    is_bad = bool(problem or (where is not None and where.errors) or (other is not None and other.errors))
    context = {
        "talk": talk,
        "is_volunteer": is_volunteer,
        "other_side": organization_as(talk) if is_volunteer else talk.volunteer.name,
        "shared": shared_by(talk),
        "is_turn": is_turn,
        "times": [time for time in talk.offered if time > timezone.now()] if talk.status in {S.ASKED, S.OFFERED} else [],
        "chosen": chosen,
        "problem": problem,
        "where": where or (WhereForm(instance=talk) if is_volunteer else None),
        "other": other or OtherTimesForm(zone=person.time_zone, is_volunteer=is_volunteer, initial={"where": talk.where}),
        "is_offering": other is not None,
        "can_cancel": talk.status == S.AGREED and talk.starts is not None and talk.starts > timezone.now(),
        "zone": timezone.get_current_timezone_name(),
        "unsaved": unsaved,
    }
    status = 409 if unsaved else 422 if is_bad else 200
    return render(request, "practice/talks/talk_detail.html", context, status=status)


def _moved_on(request: HttpRequest, talk: Talk, form: Any = None) -> HttpResponse:
    messages.warning(request, _("This has changed meanwhile: here is how it stands now."))
    unsaved = words_of(form) if form is not None else []
    if unsaved and Talk.objects.visible_to(request.user).filter(pk=talk.pk).exists():
        return _page(request, _talk(request, talk.pk), unsaved=unsaved)
    return redirect("practice:talk-list")


def _time(typed: str) -> datetime | None:
    try:
        found = parse_datetime(typed[:60])
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _talk(request: HttpRequest, pk: int) -> Talk:
    rows = Talk.objects.visible_to(request.user).select_related("volunteer", "organization", "asked_by")
    found: Talk = get_object_or_404(rows, pk=pk)
    return found


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user).filter(status=LearningSession.Status.CLOSED)
    found: LearningSession = get_object_or_404(rows.select_related("organization", "instrument_edition"), pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
