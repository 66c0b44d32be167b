"""The pages on which reviewers and authors ask each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import Edition, Review
from products.reviewing import secrecy
from products.reviewing.relay import workflow
from products.reviewing.relay.forms import QuestionForm
from products.reviewing.relay.reading import talk_of, talks_of
from products.reviewing.secrecy import Standing

if TYPE_CHECKING:
    from ambassadors.models import User

BESIDE = ("reviewer", "round__edition__product__space")


@require_GET
def question_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What reviewers asked the authors of an edition, and were answered: for the authors, and for editors to read."""
    return _list_page(request, _edition(request, slug, number))


@require_POST
def question_answer(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Answer a reviewer, or ask about their review."""
    edition = _edition(request, slug, number)
    rows = Review.objects.filter(round__edition=edition)  # unscoped: `pass_on` asks whether it is theirs to answer
    review = get_object_or_404(rows.select_related(*BESIDE), pk=pk)
    form = QuestionForm(request.POST, auto_id=f"id_{pk}_%s")
    if passed_on(request, review, form, by=_user(request), via=Via.WEB):
        return redirect("products:question-list", slug, number)
    return _list_page(request, edition, {pk: form})


@require_GET
def question_own_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What one asked the authors of what one reviews."""
    return _own_page(request, _own(request, pk))


@require_POST
def question_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the authors of what one reviews."""
    review = _own(request, pk)
    form = QuestionForm(request.POST, auto_id=f"id_{pk}_%s")
    if passed_on(request, review, form, by=_user(request), via=Via.WEB):
        return redirect("products:question-own-list", pk)
    return _own_page(request, review, form)


def passed_on(request: HttpRequest, review: Review, form: QuestionForm, *, by: User, via: Via) -> bool:
    """Pass what the form says on, and say so; what speaks against it stands beside the field."""
    if not form.is_valid():
        return False
    try:
        workflow.pass_on(review, by=by, words=form.cleaned_data["words"], via=via)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except TransitionRefused:
        form.add_error("words", _("Reviewers and authors no longer ask each other about this text."))
        return False
    messages.success(request, _("Passed on. The answer comes to this page and by mail."))
    return True


def _edition(request: HttpRequest, slug: str, number: int) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("product__space")
    edition: Edition = get_object_or_404(editions, product__slug=slug, number=number)
    if secrecy.reader_of(_user(request), edition).standing not in {Standing.AUTHOR, Standing.EDITOR}:
        raise Http404
    return edition


def _own(request: HttpRequest, pk: int) -> Review:
    own = Review.objects.of(request.user)  # unscoped: one's own
    review: Review = get_object_or_404(own.select_related(*BESIDE), pk=pk)
    return review


def _list_page(request: HttpRequest, edition: Edition, wrong: dict[int, QuestionForm] | None = None) -> HttpResponse:
    reader = secrecy.reader_of(_user(request), edition)
    context = {"edition": edition, "talks": talks_of(edition, _user(request), reader, wrong)}
    context["is_editor"] = reader.standing is Standing.EDITOR
    return render(request, "products/relay/question_list.html", context, status=422 if wrong else 200)


def _own_page(request: HttpRequest, review: Review, wrong: QuestionForm | None = None) -> HttpResponse:
    context = {"review": review, "edition": review.round.edition, "talk": talk_of(review, wrong)}
    return render(request, "products/relay/question_own_list.html", context, status=422 if wrong else 200)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
