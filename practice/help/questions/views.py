"""The pages of questions: written from one's own results, read by members, answered by them with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.rules import is_support
from discussions.querysets.spaces import is_let_in
from foundation.access import signed_in
from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from practice.help import finding
from practice.help.questions import workflow
from practice.help.questions.forms import BecauseForm, QuestionForm, WordsForm
from practice.help.questions.telling import what_tells
from practice.models import CommunityAnswer, CommunityQuestion, LearningSession
from products.pages.cards import profiles_of

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 60


@signed_in
@require_GET
def question_list(request: HttpRequest) -> HttpResponse:
    """What one's organisation asked; and for members what organisations ask."""
    rows = CommunityQuestion.objects.visible_to(request.user).with_place().with_answer_count()
    own = list(rows.asked_for(request.user)[:MOST])
    heard = list(rows.exclude(status="off")[: MOST * 2]) if is_let_in(request.user) else []
    mine = {question.pk for question in own}
    context = {
        "own": own,
        "open": [question for question in heard if question.pk not in mine and question.status == "open"][:MOST],
        "closed": [question for question in heard if question.pk not in mine and question.status == "closed"][:MOST],
        "is_member": is_let_in(request.user),
    }
    return render(request, "practice/questions/question_list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, pk: int, point: str) -> HttpResponse:
    """Write it; see it as it will go out; send it. Nothing is kept before it is sent."""
    session = _session(request, pk)
    found = finding.point_of(session, point)
    if found is None:
        raise Http404("no such proof point")
    form = QuestionForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        shown = form.cleaned_data["words"]
        # What is sent is what was shown: words that were changed since are shown again first.
        before = QuestionForm({"words": request.POST.get("shown", "")})
        if "send" in request.POST and before.is_valid() and shown == before.cleaned_data["words"]:
            try:
                question = workflow.ask(session.organization, found, by=_person(request), words=shown)
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                messages.success(request, _("Your question is there. You are told by mail when somebody has answered."))
                return redirect(question)
    context = {
        "session": session,
        "place": found.place,
        "point": found.asked,
        "form": form,
        "shown": shown,
        "tells": what_tells(shown, session.organization) if shown else [],
    }
    return render(request, "practice/questions/question_new.html", context, status=422 if form.is_bound and form.errors else 200)


@signed_in
@require_GET
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A question and what was said."""
    return _page(request, _question(request, pk))


@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with one's name."""
    return _say(request, _question(request, pk), workflow.answer, _("Thank you. The organisation is told."))


@signed_in
@require_POST
def question_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask back, without a name."""
    return _say(request, _own(request, pk), workflow.follow_up, _("It stands there. Whoever has answered is told."))


@signed_in
@require_POST
def question_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    question = _own(request, pk)
    try:
        workflow.close(question, by=_person(request))
    except TransitionRefused:
        messages.warning(request, _("This has changed meanwhile: here is how it stands now."))
    else:
        messages.success(request, _("It is closed. What was said stays."))
    return redirect(question)


@signed_in
@require_POST
def answer_thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank for an answer."""
    said = _words(request, pk)
    workflow.thank(said, by=_person(request))
    return redirect(said.question)


@require_POST
def question_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The support team takes a question off."""
    question = _question(request, pk)
    return _taken_off(request, question, question, workflow.take_off)


@require_POST
def answer_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The support team takes an answer off."""
    said = _words(request, pk)
    return _taken_off(request, said.question, said, workflow.take_off_words)


@signed_in
@require_POST
def answer_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own words."""
    said = _words(request, pk)
    try:
        workflow.take_back(said, by=_person(request))
    except TransitionRefused:
        messages.info(request, _("This is off the page already."))
    else:
        messages.success(request, _("It is taken back, and its words are deleted."))
    return redirect(said.question)


def _say(request: HttpRequest, question: CommunityQuestion, act: Any, done: str) -> HttpResponse:
    form = WordsForm(request.POST, is_asker=act is workflow.follow_up)
    if not form.is_valid():
        return _page(request, question, form=form)
    try:
        act(question, by=_person(request), words=form.cleaned_data["words"])
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _page(request, question, form=form)
    except TransitionRefused:
        messages.warning(request, _("This question takes no more answers."))
        return _page(request, _question(request, question.pk), unsaved=words_of(form))
    messages.success(request, done)
    return redirect(question)


def _taken_off(request: HttpRequest, question: CommunityQuestion, what: Any, act: Any) -> HttpResponse:
    if not is_support(_person(request)):
        raise PermissionDenied
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _page(request, question, taking_off=(what, form))
    try:
        act(what, by=_person(request), because=form.cleaned_data["because"])
    except TransitionRefused:
        messages.warning(request, _("A colleague has taken it off already."))
    return redirect(question)


def _page(
    request: HttpRequest, question: CommunityQuestion, *, form: WordsForm | None = None, unsaved: Any = (), taking_off: Any = None
) -> HttpResponse:
    person = _person(request)
    is_own = workflow.asks_for(person, question)
    said = list(CommunityAnswer.objects.visible_to(person).filter(question=question).select_related("by"))
    profiles = profiles_of([one.by_id for one in said], person)
    what, because = taking_off or (None, None)
    rows = [
        {
            "said": one,
            "url": profiles.get(one.by_id, ""),
            "is_own": workflow.is_own(one, person, is_own),
            "because": because if what == one else BecauseForm(auto_id=f"id_{one.pk}_%s"),
        }
        for one in said
    ]
    may_say = question.status == "open" and (is_own or person.is_member)
    context = {
        "question": question,
        "rows": rows,
        "is_own": is_own,
        "is_support": is_support(person),
        "form": (form or WordsForm(is_asker=is_own)) if may_say else None,
        "because": because if what == question else BecauseForm(auto_id="id_question_%s"),
        "unsaved": unsaved,
    }
    status = 409 if unsaved else 422 if (form is not None and form.errors) or taking_off else 200
    return render(request, "practice/questions/question_detail.html", context, status=status)


def _question(request: HttpRequest, pk: int) -> CommunityQuestion:
    found: CommunityQuestion = get_object_or_404(CommunityQuestion.objects.visible_to(request.user).with_place(), pk=pk)
    return found


def _own(request: HttpRequest, pk: int) -> CommunityQuestion:
    rows = CommunityQuestion.objects.visible_to(request.user).asked_for(request.user).with_place()
    found: CommunityQuestion = get_object_or_404(rows, pk=pk)
    return found


def _words(request: HttpRequest, pk: int) -> CommunityAnswer:
    found: CommunityAnswer = get_object_or_404(CommunityAnswer.objects.visible_to(request.user).select_related("question"), pk=pk)
    return found


def _session(request: HttpRequest, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(request.user).select_related("organization", "instrument_edition")
    found: LearningSession = get_object_or_404(rows, pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
