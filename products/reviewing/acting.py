"""What the buttons on the page of a review do, on the web and through the mailed link: each answers with a page or leads back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.handed_back import words_of
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import EditionComment, Review
from products.reviewing import workflow
from products.reviewing.forms import DeclineForm, RemarkForm, ReviewForm
from products.reviewing.page import Ways, review_page
from products.reviewing.relay.forms import QuestionForm
from products.reviewing.relay.views import passed_on
from products.reviewing.workflow.writing import is_over

if TYPE_CHECKING:
    from ambassadors.models import User


def save(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Keep what was written so far."""
    form = ReviewForm(review, request.POST)
    if not form.is_valid():
        return review_page(request, review, ways, form=form, status=422)
    try:
        _keep(form, by=by, via=via)
    except TransitionRefused:
        return _refused(request, review, ways, form)
    messages.success(request, _("Kept. Nobody reads it before you hand it in."))
    return redirect(ways.here)


def autosave(request: HttpRequest, review: Review, *, by: User, via: Via = Via.WEB) -> JsonResponse:
    """The same while one writes: answers the revision that the form carries from now on, or why nothing was kept."""
    form = ReviewForm(review, request.POST)
    if not form.is_valid():
        return JsonResponse({"state": "errors"}, status=422)
    try:
        kept = _keep(form, by=by, via=via)
    except TransitionRefused:
        return JsonResponse({"state": "moved" if is_over(_again(review)) else "meanwhile"}, status=409)
    return JsonResponse({"state": "saved", "revision": kept.revision, "at": date_format(timezone.localtime(), "H:i")})


def submit(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Keep it and hand it in; where something is missing it is kept all the same, and said beside its field."""
    form = ReviewForm(review, request.POST)
    if not form.is_valid():
        return review_page(request, review, ways, form=form, status=422)
    try:
        kept = _keep(form, by=by, via=via)
        workflow.submit_review(kept, by=by, revision=kept.revision, via=via)
    except TransitionRefused:
        return _refused(request, review, ways, form)
    except ValidationError as missing:
        form.add_missing(missing.message_dict)
        return _with_revision(request, review, ways, form)
    messages.success(
        request,
        _("Thank you: your review is in.")
        if ways.is_link
        else _("Thank you: your review is in. Below you find what the others say, as far as theirs are in."),
    )
    return redirect(ways.here)


def accept(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Yes, gladly."""
    try:
        workflow.accept(review, by=by, via=via)
        messages.success(request, _("Thank you. Take your time until the day; what you write is kept."))
    except TransitionRefused:
        messages.info(request, over())
    return redirect(ways.here)


def decline(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Not this time."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return review_page(request, review, ways, decline_form=form, status=422)
    try:
        workflow.decline(review, by=by, words=form.cleaned_data["words"], instead=form.cleaned_data["instead"], via=via)
        messages.success(request, _("Thank you for saying so. Somebody else is asked, and nobody minds."))
    except TransitionRefused:
        return _not_kept(request, review, ways, words_of(form))
    return redirect(ways.here)


def add_remark(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Say something of a passage, or of the whole."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return review_page(request, review, ways, remark_form=form, status=422)
    said = form.cleaned_data
    try:
        workflow.comment(review, by=by, via=via, **said)
    except ValidationError as error:
        form.add_error(None, error)
        return review_page(request, review, ways, remark_form=form, status=422)
    except TransitionRefused:
        return _not_kept(request, review, ways, words_of(form))
    return redirect(f"{ways.here}#{said['block'] or 'whole'}")


def change_remark(
    request: HttpRequest, review: Review, ways: Ways, one: EditionComment, *, by: User, via: Via = Via.WEB
) -> HttpResponse:
    """Say it in other words."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        too_long = words_of(form)
        messages.warning(
            request, str(form.errors["words"][0]) if too_long else _("A comment needs words. To take it back, press “Take back”.")
        )
        return review_page(request, review, ways, unsaved=too_long, status=422)
    try:
        workflow.change_comment(one, by=by, words=form.cleaned_data["words"], via=via)
    except TransitionRefused:
        return _not_kept(request, review, ways, words_of(form))
    return redirect(f"{ways.here}#{one.block or 'whole'}")


def withdraw_remark(request: HttpRequest, ways: Ways, one: EditionComment, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Take it back."""
    try:
        workflow.withdraw_comment(one, by=by, via=via)
        messages.success(request, _("Taken back."))
    except TransitionRefused:
        messages.info(request, over())
    return redirect(f"{ways.here}#{one.block or 'whole'}")


def ask(request: HttpRequest, review: Review, ways: Ways, *, by: User, via: Via = Via.WEB) -> HttpResponse:
    """Ask the authors something: it is passed on."""
    form = QuestionForm(request.POST, auto_id=f"id_{review.pk}_%s")
    if passed_on(request, review, form, by=by, via=via):
        return redirect(f"{ways.here}#questions")
    return review_page(request, review, ways, question_form=form, status=422)


def over() -> str:
    """What is said when it is too late."""
    return _("That is not possible any more: it has been handed in, or it is over.")


def _keep(form: ReviewForm, *, by: User, via: Via) -> Review:
    return workflow.save_review(form.review, by=by, revision=form.cleaned_data["revision"], via=via, **form.said())


def _not_kept(request: HttpRequest, review: Review, ways: Ways, unsaved: list[tuple[str, str]]) -> HttpResponse:
    """It is too late: their words are handed back."""
    messages.info(request, over())
    return review_page(request, _again(review), ways, unsaved=unsaved, status=409)


def _again(review: Review) -> Review:
    return Review.objects.select_related("round__edition__product", "reviewer").get(pk=review.pk)  # unscoped: the caller has asked


def _refused(request: HttpRequest, review: Review, ways: Ways, form: ReviewForm) -> HttpResponse:
    """It is over: their words are handed back. Or it was saved in another window: they are asked which words are to stand."""
    now = _again(review)
    if is_over(now):
        messages.warning(request, _("It was over before this was kept. What you typed stands below, for you to copy."))
        return review_page(request, now, ways, unsaved=words_of(form), status=409)
    form.add_error(
        None,
        _("This review was saved elsewhere meanwhile. Your words here are not kept yet: press the button again to keep these."),
    )
    return _with_revision(request, now, ways, form, status=409)


def _with_revision(request: HttpRequest, review: Review, ways: Ways, form: ReviewForm, status: int = 422) -> HttpResponse:
    now = _again(review)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["revision"] = str(now.revision)  # type: ignore[index]
    return review_page(request, now, ways, form=form, status=status)
