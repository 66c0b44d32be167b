"""Pages of questions: the queue of a session, and one question with whoever is to answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.asking import questions
from discussions.asking.forms import AnswerForm, HandOverForm, SittingForm
from discussions.asking.late import why_not
from discussions.asking.rules import hosts, may_say_more, may_settle, runs
from discussions.asking.windows import through, until_in_words
from discussions.models import AskMeAbout, Post, Question
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User

AT_ONCE = 20  # as many as somebody answers in one sitting


@require_http_methods(["GET", "POST"])
def question_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue of a session: what waits, the oldest first, to be answered in one sitting."""
    reader = cast("User", request.user)
    session = get_object_or_404(AskMeAbout.objects.visible_to(reader).with_cast(), pk=pk)
    handed = Question.objects.visible_to(reader).filter(session=session, handed_to=reader.pk)
    if not runs(reader, session) and not handed.exists():
        raise PermissionDenied(_("The queue is for the host, and for whoever was asked by the host."))
    waiting = _own_queue(reader, session)
    form = SittingForm(request.POST or None, questions=waiting[:AT_ONCE])
    if request.method == "POST" and session.takes_answers and form.is_valid():
        return _answer_sitting(request, session, form)
    return _queue_page(request, session, form, waiting)


def _own_queue(reader: User, session: AskMeAbout) -> list[Question]:
    own = Question.objects.visible_to(reader).waiting_for(reader).filter(session=session).with_cast().with_peers()
    return list(own[: AT_ONCE + 1])


def _queue_page(request: HttpRequest, session: AskMeAbout, form: SittingForm, waiting: list[Question]) -> HttpResponse:
    reader = cast("User", request.user)
    others = Question.objects.visible_to(reader).pending().filter(session=session).exclude(pk__in=[one.pk for one in waiting])
    context = {
        "session": session,
        "rows": [{"question": one, "field": form[f"answer-{one.pk}"]} for one in waiting[:AT_ONCE]],
        "form": form,
        "others": list(others.with_cast().with_peers()[:AT_ONCE]) if runs(reader, session) else [],
        "has_more": len(waiting) > AT_ONCE,
        "runs": runs(reader, session),
        "takes_answers": session.takes_answers,
        "until": until_in_words(session.answers_until),
        "through": through(session),
    }
    return render(request, "discussions/asking/question_list.html", context)


def _answer_sitting(request: HttpRequest, session: AskMeAbout, form: SittingForm) -> HttpResponse:
    try:
        number = questions.answer_together(form.answers(), by=cast("User", request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = ngettext(
            "%d answer is posted, and whoever asked is told.", "%d answers are posted, and whoever asked is told.", number
        )
        messages.success(request, said % number)
    return redirect("discussions:question-list", session.pk)


def _question(request: HttpRequest, pk: int) -> Question:
    return get_object_or_404(
        Question.objects.visible_to(request.user).with_cast().select_related("session__host__ambassador"), pk=pk
    )


@require_GET
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: who asked it, where it stands, and what can be done about it."""
    return _question_page(request, _question(request, pk))


def _question_page(request: HttpRequest, question: Question) -> HttpResponse:
    reader = cast("User", request.user)
    answer = Post.objects.visible_to(reader).filter(pk=question.answer_id or 0).with_author().first()
    may = may_settle(reader, question)
    context = {
        "question": question,
        "session": question.session,
        "answer": answer,
        "why_late": why_not(question.session) if question.status == Question.Status.LATE else "",
        "is_asker": question.asker_id == reader.pk,
        "may_answer": question.asker_id != reader.pk and may_say_more(reader, question),
        "may_take_up": question.status == Question.Status.LATE
        and question.session.takes_answers
        and hosts(reader, question.session),
        "may_settle": may and question.status in questions.OPEN_ONES,
        "may_put_back": may and questions.REOPEN.offered_to(reader, question),
        "is_for_reader": reader.pk == question.handed_to_id,
    }
    return render(request, "discussions/asking/question_detail.html", context)


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one question; anyone may who can answer in its thread."""
    question, reader = _question(request, pk), cast("User", request.user)
    if not may_say_more(reader, question):
        raise PermissionDenied(_("This question cannot be answered by you now."))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            (post,) = questions.answer([(question, form.cleaned_data["body"])], by=reader)
            return redirect(post)
        except ValidationError as error:
            form.add_error("body", error)
    return render(
        request, "discussions/asking/question_answer.html", {"question": question, "session": question.session, "form": form}
    )


def _settled(request: HttpRequest, pk: int, act: Callable[..., None], said: str) -> HttpResponse:
    question = _question(request, pk)
    try:
        act(question, by=cast("User", request.user))
        messages.success(request, said)
    except TransitionRefused:
        messages.info(request, _("Somebody was quicker: it does not wait any more."))
    return _back_to_the_queue(request, question.session_id)


def _back_to_the_queue(request: HttpRequest, pk: int) -> HttpResponse:
    """With the answers that stood in the form beside the button, which nobody has posted yet."""
    reader = cast("User", request.user)
    session = AskMeAbout.objects.visible_to(reader).with_cast().filter(pk=pk).first()
    if session is not None and session.takes_answers:
        waiting = _own_queue(reader, session)
        form = SittingForm(request.POST, questions=waiting[:AT_ONCE])
        if form.has_words():
            return _queue_page(request, session, form, waiting)
    return redirect("discussions:question-list", pk)


@require_POST
def question_peers(request: HttpRequest, pk: int) -> HttpResponse:
    """Others have answered it."""
    return _settled(request, pk, questions.call_answered_by_peers, _("Noted: others have answered. Whoever asked is told."))


@require_POST
def question_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """It was no question."""
    return _settled(request, pk, questions.dismiss, _("Taken out of the queue. What was said stays where it is."))


@require_POST
def question_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It is to be answered after all."""
    return _settled(request, pk, questions.put_back, _("Back in the queue."))


@require_http_methods(["GET", "POST"])
def question_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Point to an ambassador who knows better."""
    question, reader = _question(request, pk), cast("User", request.user)
    if not may_settle(reader, question):
        raise PermissionDenied(_("The host hands a question over, or whoever leads the space."))
    form = HandOverForm(request.POST or None, reader=reader)
    if request.method == "POST" and form.is_valid():
        try:
            questions.hand_over(question, form.cleaned_data["to"], word=form.cleaned_data["word"], by=reader)
        except ValidationError as error:
            form.add_error(None, error)
        except TransitionRefused:
            messages.info(request, _("Somebody was quicker: it does not wait any more."))
            return redirect(question)
        else:
            messages.success(request, _("%(name)s is asked by mail.") % {"name": form.cleaned_data["to"]})
            return redirect("discussions:question-list", question.session_id)
    return render(
        request, "discussions/asking/question_hand_over.html", {"question": question, "session": question.session, "form": form}
    )
