"""The pages of whoever runs an organisation's sessions. Nobody else gets further than 404, staff and superusers included."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import User
from foundation.access import signed_in
from foundation.workflow import TransitionRefused
from practice.models import Action, LearningSession, PracticeOrganization, Respondent
from practice.sessions import workflow
from practice.sessions.forms import ReplaceForm, RespondentsForm, SessionForm
from practice.starting.workflow import begin_session
from practice.voting.reading import priorities_before


@signed_in
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """One's organisations, each with its rounds."""
    sessions = LearningSession.objects.visible_to(request.user).select_related("organization", "instrument_edition__edition")
    organizations: dict[int, dict[str, Any]] = {
        one.pk: {"organization": one, "sessions": []}
        for one in PracticeOrganization.objects.visible_to(request.user).order_by("name")
    }
    for session in sessions.order_by("-number"):
        organizations[session.organization_id]["sessions"].append(session)
    return render(request, "practice/sessions/session_list.html", {"organizations": list(organizations.values())})


@signed_in
@require_GET
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, who was asked, and what is to be done next."""
    return _page(request, _session(request, pk))


@signed_in
@require_http_methods(["GET", "POST"])
def session_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Why, what, how openly, until when."""
    session = _session(request, pk)
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = {
            "purpose": said.get("purpose", session.purpose),
            "openness": said.get("openness", session.openness),
            "modules": list(said.get("modules", [])),
            "due_on": said["due_on"],
        }
        try:
            workflow.prepare(session, by=_person(request), **kept)
        except ValidationError as refused:
            form.add_error(None, refused)
        except TransitionRefused:
            messages.warning(request, _("This round is closed: nothing of it changes any more."))
            return redirect("practice:session-detail", session.pk)
        else:
            return redirect("practice:session-detail", session.pk)
    context = {
        "session": session,
        "form": form,
        "promised": _promised(request, session),
        "priorities": priorities_before(request.user, session),
    }
    return render(request, "practice/sessions/session_prepare.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def respondent_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Name people."""
    session = _session(request, pk)
    form = RespondentsForm(session, request.POST)
    if not form.is_valid():
        return _page(request, session, naming=form)
    said = form.cleaned_data
    try:
        named = workflow.name_respondents(
            session, said["people"], by=_person(request), modules=list(said["modules"]), note=said["note"]
        )
    except ValidationError as refused:
        form.add_error("people", refused)
        return _page(request, session, naming=form)
    except TransitionRefused:
        return _moved_on(request, session)
    count = len(named)
    messages.success(request, ngettext("%s person is named.", "%s people are named.", count) % count)
    return redirect("practice:session-detail", session.pk)


@signed_in
@require_POST
def respondent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody no more."""
    respondent = _respondent(request, pk)
    try:
        workflow.withdraw_respondent(respondent, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, respondent.session)
    messages.success(request, _("%(name)s is asked no more; their link has ended.") % {"name": respondent.name})
    return redirect("practice:session-detail", respondent.session_id)


@signed_in
@require_POST
def respondent_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else answers instead."""
    respondent = _respondent(request, pk)
    form = ReplaceForm(request.POST, prefix=str(respondent.pk))
    if not form.is_valid():
        return _page(request, respondent.session, replacing={respondent.pk: form})
    try:
        other = workflow.replace_respondent(respondent, form.cleaned_data["people"], by=_person(request))
    except ValidationError as refused:
        form.add_error("people", refused)
        return _page(request, respondent.session, replacing={respondent.pk: form})
    except TransitionRefused:
        return _moved_on(request, respondent.session)
    messages.success(request, _("%(other)s answers in the place of %(name)s.") % {"other": other.name, "name": respondent.name})
    return redirect("practice:session-detail", respondent.session_id)


@signed_in
@require_POST
def session_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite everybody who is named."""
    session = _session(request, pk)
    try:
        count = workflow.open_session(session, by=_person(request))
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.warning(request, sentence)
    except TransitionRefused:
        return _moved_on(request, session)
    else:
        messages.success(request, ngettext("%s invitation is on its way.", "%s invitations are on their way.", count) % count)
    return redirect("practice:session-detail", session.pk)


@signed_in
@require_POST
def session_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    session = _session(request, pk)
    try:
        count = workflow.remind(session, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, session)
    if count:
        messages.success(request, ngettext("%s reminder is on its way.", "%s reminders are on their way.", count) % count)
    else:
        messages.info(request, _("Nobody can be reminded now: at most twice, and three days apart."))
    return redirect("practice:session-detail", session.pk)


@signed_in
@require_POST
def session_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers, and read the results."""
    session = _session(request, pk)
    try:
        workflow.close_session(session, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, session)
    messages.success(request, _("It is closed. These are your results."))
    return redirect("practice:session-results", session.pk)


@signed_in
@require_POST
def session_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next round from this one."""
    session = _session(request, pk)
    instrument = session.instrument_edition.instrument
    try:
        following = begin_session(session.organization, instrument, by=_person(request), follows=session)
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return redirect("practice:session-detail", session.pk)
    return redirect("practice:session-prepare", following.pk)


def _page(request: HttpRequest, session: LearningSession, **given: Any) -> HttpResponse:
    people = list(Respondent.objects.visible_to(request.user).filter(session=session).prefetch_related("modules"))
    replacing = given.pop("replacing", {})
    counted = workflow.answered_by_module(session)
    rows = [
        {
            "person": one,
            "modules": ", ".join(module.code for module in one.modules.all()),
            "replace": replacing.get(one.pk) or ReplaceForm(prefix=str(one.pk)),
            "can_be_replaced": session.status != "closed" and one.status in {"named", "asked", "declined"},
            "can_be_withdrawn": session.status != "closed" and one.status in {"named", "asked", "begun"},
        }
        for one in people
    ]
    asked = [one for one in people if one.status not in {"withdrawn", "declined"}]
    context = {
        "session": session,
        "asks": session.instrument_edition.edition.title,
        "modules": [{"module": module, "begun": _begun(session, counted.get(module.pk, 0))} for module in session.modules.all()],
        "rows": rows,
        "answered": sum(one.status == "finished" for one in asked),
        "asked": len(asked),
        "naming": RespondentsForm(session),
        "promised": _promised(request, session),
        "priorities": priorities_before(request.user, session),
        "actions": list(Action.objects.visible_to(request.user).filter(session=session)),
        "can_put_in": session.status == "draft" and not session.is_anonymous and not people,
        "lacks": list(workflow.lacks(session)) if session.status == "draft" else [],
        "can_remind": len(workflow.may_be_reminded(session)) if session.status == "open" else 0,
        **given,
    }
    is_refused = any(form.is_bound for form in [context["naming"], *replacing.values()])
    return render(request, "practice/sessions/session_detail.html", context, status=422 if is_refused else 200)


def _begun(session: LearningSession, count: int) -> str:
    """How many have begun a module. In an anonymous round no more than whether there are enough: beside the list of who has begun, a number
    that grows tells whose answers lie in which module."""
    if not session.is_anonymous:
        return ngettext("%s person has begun it", "%s people have begun it", count) % count
    enough = count >= session.minimum
    said = _("%(minimum)s people or more have begun it") if enough else _("fewer than %(minimum)s people have begun it")
    return said % {"minimum": session.minimum}


def _promised(request: HttpRequest, session: LearningSession) -> list[Action]:
    """What earlier rounds left open."""
    return list(Action.objects.visible_to(request.user).promised_before(session).select_related("item", "session"))


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user).select_related("organization", "instrument_edition__edition", "follows")
    found: LearningSession = get_object_or_404(rows, pk=pk)
    return found


def _respondent(request: HttpRequest, pk: int) -> Respondent:
    rows = Respondent.objects.visible_to(request.user).select_related(
        "session__organization", "session__instrument_edition__edition"
    )
    found: Respondent = get_object_or_404(rows, pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _moved_on(request: HttpRequest, session: LearningSession) -> HttpResponse:
    messages.warning(request, _("This has changed meanwhile: here is how it stands now."))
    return redirect("practice:session-detail", session.pk)
