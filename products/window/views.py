"""The page on which the community reads an edition before it is public, and says what it thinks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from products.models import CommunityReview, Opinion
from products.window import reading, workflow
from products.window.forms import AnswerForm, OpinionForm, OverrideForm, ReopenForm, WordsForm

if TYPE_CHECKING:
    from ambassadors.models import User

Forms = dict[tuple[int, str], WordsForm]
SAID = {
    Opinion.Kind.STANDS: gettext_lazy("Thank you. You stand behind it, and can change your mind until the days are over."),
    Opinion.Kind.SUGGESTS: gettext_lazy("Thank you. The authors read your suggestion. You can change it until the days are over."),
    Opinion.Kind.OBJECTS: gettext_lazy(
        "Thank you for saying it. It is not published until your objection is answered; you get the answer by mail."
    ),
}


@require_GET
def community_review_list(request: HttpRequest) -> HttpResponse:
    """What is open now, and what was open lately."""
    return render(request, "products/window/community_review_list.html", reading.list_for(cast("User", request.user)))


@require_GET
def community_review_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The text, what changed, what was said, and the form for one's own word."""
    return _page(request, _window(request, slug))


@require_POST
def opinion_give(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what one thinks; what one said before is replaced."""
    window = _window(request, slug)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, window, own=form)
    try:
        said = workflow.speak(window.edition, **form.cleaned_data, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("The days of this community review are over: what you wrote was not noted."))
        return _page(request, window, own=form)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, window, own=form)
    messages.success(request, str(SAID[Opinion.Kind(said.kind)]))
    return redirect(window.get_absolute_url() + "#said")


@require_POST
def opinion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one said."""
    return _simply(request, pk, workflow.withdraw, _("Taken back: nobody reads it any more."))


@require_POST
def opinion_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer settles it."""
    return _simply(request, pk, workflow.settle, _("Thank you. Everybody reads that the answer settles it."))


@require_POST
def opinion_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what somebody said."""
    opinion = _opinion(request, pk)
    form = AnswerForm(opinion, request.POST)
    return _worded(request, opinion, form, workflow.answer, field="answer", done=_("Your answer is posted."))


@require_POST
def opinion_override(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go on over an objection, with a reason that stays."""
    opinion = _opinion(request, pk)
    form = OverrideForm(opinion, request.POST)
    return _worded(request, opinion, form, workflow.override, field="reason", done=_("Overridden. Your reason stands below it."))


@require_POST
def opinion_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer does not settle it."""
    opinion = _opinion(request, pk)
    form = ReopenForm(opinion, request.POST)

    def reopen(held: Opinion, words: str, *, by: User, revision: int) -> None:
        workflow.reopen(held, words, by=by)

    done = _("Your objection is open again, and those who can answer it are told.")
    return _worded(request, opinion, form, reopen, field="words", done=done)


def _window(request: HttpRequest, slug: str) -> CommunityReview:
    """The last one of the product at that address."""
    rows = CommunityReview.objects.visible_to(request.user).filter(edition__product__slug=slug)
    found: CommunityReview | None = (
        rows.select_related("edition__product__space").order_by("-edition__number", "-opened_at", "-pk").first()
    )
    if found is None:
        raise Http404
    return found


def _opinion(request: HttpRequest, pk: int) -> Opinion:
    rows = Opinion.objects.visible_to(request.user).select_related("window__edition__product__space", "person")
    return get_object_or_404(rows, pk=pk)


def _simply(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    opinion = _opinion(request, pk)
    try:
        act(opinion, by=request.user)
    except TransitionRefused:
        messages.warning(request, _("That is no longer possible."))
    else:
        messages.success(request, done)
    return redirect(opinion.window.get_absolute_url() + "#said")


def _worded(
    request: HttpRequest, opinion: Opinion, form: WordsForm, act: Callable[..., None], *, field: str, done: str
) -> HttpResponse:
    """Do it with the words of the form. What cannot be done leaves them on the page, beside what stands there now."""
    if form.is_valid():
        try:
            act(opinion, form.cleaned_data[field], by=request.user, revision=form.cleaned_data["revision"])
        except TransitionRefused:
            form.add_error(
                None, _("What stands here has changed since you read it. Your words are still below: read again, then send them.")
            )
        except ValidationError as error:
            form.add_error(field, error.messages)
        else:
            messages.success(request, done)
            return redirect(f"{opinion.window.get_absolute_url()}#opinion-{opinion.pk}")
    return _page(request, opinion.window, forms={(opinion.pk, field): form})


def _page(
    request: HttpRequest, window: CommunityReview, *, own: OpinionForm | None = None, forms: Forms | None = None
) -> HttpResponse:
    reader = cast("User", request.user)
    context: dict[str, Any] = reading.page_for(window, reader, forms or {})
    mine = context["own"]
    begun = {"kind": mine.kind, "words": mine.words} if mine and mine.status != Opinion.Status.WITHDRAWN else None
    context["form"] = own or OpinionForm(initial=begun)
    return render(request, "products/window/community_review_detail.html", context)
