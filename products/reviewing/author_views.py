"""What reviewers said, for those who write it: read after the round, answered point by point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.drafting.lookups import edition_of, edition_to_write, reader_of
from products.models import Edition, EditionComment
from products.reviewing import workflow
from products.reviewing.forms import AnswerForm
from products.reviewing.obstacles import unanswered
from products.reviewing.passages import rounds_said


@require_GET
def comment_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The reviews of an edition, and its comments beside the text of now."""
    return _page(request, edition_of(request, slug, number))


@require_POST
def comment_answer(request: HttpRequest, slug: str, number: int, comment: int) -> HttpResponse:
    """Say what was done about one."""
    edition = edition_to_write(request, slug, number)
    seen = EditionComment.objects.visible_to(request.user).filter(edition=edition, review__isnull=False).select_related("edition")
    one = get_object_or_404(seen, pk=comment)
    form = AnswerForm(request.POST, prefix=str(one.pk))
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        workflow.answer_comment(one, by=reader_of(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None if "words" not in error.message_dict else "words", error.message_dict.get("words", error.messages))
        return _page(request, edition, form, status=422)
    except TransitionRefused:
        messages.info(request, _("It has been handed in: the answers stay as they are."))
        unsaved = [(_("Your answer"), form.cleaned_data["words"])] if form.cleaned_data["words"] else []
        return _page(request, edition, status=409, unsaved=unsaved)
    left = unanswered(edition)
    if not left:
        messages.success(request, _("Every comment has its answer."))
    page = reverse("products:comment-list", args=[slug, number])
    return redirect(f"{page}#remark-{one.pk}")


def _page(
    request: HttpRequest,
    edition: Edition,
    form: AnswerForm | None = None,
    status: int = 200,
    unsaved: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    me = reader_of(request)
    rounds = rounds_said(edition, me)
    answers = edition.can_be_written and rules.writes(me, edition.product)
    lines = [(one, [(point, _form(point, form) if answers else None) for point in one.points]) for one in rounds]
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "rounds": lines,
        "answers": answers,
        "left": unanswered(edition) if answers else 0,
        "unsaved": unsaved,
        "is_waiting": edition.rounds.open().exists(),
    }
    return render(request, "products/reviewing/comment_list.html", context, status=status)


def _form(point: Any, refused: AnswerForm | None) -> AnswerForm:
    if refused is not None and refused.prefix == str(point.pk):
        return refused
    kept = {"did": point.answer.did, "words": point.answer.words} if point.answer else {}
    return AnswerForm(initial=kept, prefix=str(point.pk))
