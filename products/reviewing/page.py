"""The page of one review, on the web and behind the mailed link: the text, comments on it, and the form. One place for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from products.models import EditionComment, Review
from products.reviewing import secrecy, text
from products.reviewing.forms import DeclineForm, RemarkForm, ReviewForm
from products.reviewing.handed import files_for
from products.reviewing.relay.forms import QuestionForm
from products.reviewing.relay.reading import talk_of
from products.reviewing.secrecy import Naming
from products.reviewing.workflow.writing import is_over


@dataclass(frozen=True)
class Ways:
    """Where the buttons of the page lead: for a member who is signed in, or through the mailed link."""

    here: str
    save: str
    autosave: str
    submit: str
    accept: str
    decline: str
    comment: str
    change: Callable[[int], str]
    withdraw: Callable[[int], str]
    question: str
    file: Callable[[int], str]
    is_link: bool = False


@dataclass(frozen=True)
class Said:
    """A review that is in, as another one reads it."""

    name: str
    is_mine: bool
    verdict: str
    for_authors: str
    against: str
    interest: str
    answers: list[dict[str, Any]]
    for_editors: str = ""
    pk: int = 0


def ways_of(review: Review) -> Ways:
    """The addresses for the reviewer who is signed in."""
    own = [review.pk]
    return Ways(
        here=reverse("products:review-detail", args=own),
        save=reverse("products:review-save", args=own),
        autosave=reverse("products:review-autosave", args=own),
        submit=reverse("products:review-submit", args=own),
        accept=reverse("products:review-accept", args=own),
        decline=reverse("products:review-decline", args=own),
        comment=reverse("products:remark-add", args=own),
        change=lambda pk: reverse("products:remark-change", args=[*own, pk]),
        withdraw=lambda pk: reverse("products:remark-withdraw", args=[*own, pk]),
        question=reverse("products:question-ask", args=own),
        file=lambda pk: reverse("products:review-file", args=[*own, pk]),
    )


def review_page(
    request: HttpRequest,
    review: Review,
    ways: Ways,
    *,
    form: ReviewForm | None = None,
    remark_form: RemarkForm | None = None,
    decline_form: DeclineForm | None = None,
    question_form: QuestionForm | None = None,
    unsaved: list[tuple[str, str]] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show one's review: the text only while it is one's to review; afterwards one's own words."""
    opened = review.round
    reads = review.status in {"invited", "accepted", "submitted"}
    writes = review.is_open and not is_over(review)
    naming = Naming(opened, secrecy.reviewer(review))
    context: dict[str, Any] = {
        "review": review,
        "round": opened,
        "edition": opened.edition,
        "ways": ways,
        "reads": reads,
        "writes": writes,
        "is_late": review.due_on < timezone.localdate(),
        "authors": naming.authors if reads else "",
        "unsaved": unsaved or [],
        "decline_form": decline_form or DeclineForm(),
        "is_link": ways.is_link,
    }
    if reads:
        context |= _beside(review, ways, question_form)
        context |= _text(request, review, ways, remark_form, writes=writes)
    if writes:
        context |= {"form": form or ReviewForm(review)}
    elif review.saved_at or review.status == Review.Status.SUBMITTED:
        context |= {"own": said_by(review, naming, for_editor=True)}
    if review.status == Review.Status.SUBMITTED and not ways.is_link:
        others = opened.reviews.submitted().exclude(pk=review.pk).select_related("reviewer").order_by("pk")
        context["others"] = [said_by(one, naming) for one in others]
    return render(request, "products/reviewing/review_detail.html", context | more, status=status)


def _beside(review: Review, ways: Ways, question_form: QuestionForm | None) -> dict[str, Any]:
    """What stands beside the text: its files, and what was asked and answered."""
    files = [(one.title, ways.file(one.file.pk)) for one in files_for(review)]
    return {"files": files, "talk": talk_of(review, question_form)}


def _text(request: HttpRequest, review: Review, ways: Ways, form: RemarkForm | None, *, writes: bool) -> dict[str, Any]:
    content = text.content_of(review.round)
    remarks = remarks_for(review, ways)
    on = request.GET.get("on", "")[:100]
    if form is not None:
        on = f"{form['part'].value()}.{form['block'].value()}"
    part, _dot, block = on.partition(".")
    shown = form or RemarkForm(initial={"part": part, "block": block})
    below = text.remarks_below(
        remarks,
        address=ways.here if writes else "",
        on=on if writes else "",
        form=shown,
        comment=ways.comment,
        token=get_token(request),
    )
    return {
        "content": content,
        "parts": text.parts_of(content, below),
        "loose": text.without_passage(remarks, content),
        "remark_form": form if form is not None and not block else RemarkForm(),
        "remarks_number": len(remarks),
    }


def remarks_for(review: Review, ways: Ways) -> list[text.Remark]:
    """One's own comments; once one's review is in, those of the others who have given theirs as well, for whoever is signed in."""
    rows = EditionComment.objects.filter(withdrawn_at=None).select_related("review__reviewer").order_by("at", "pk")
    naming = Naming(review.round, secrecy.reviewer(review))
    if review.status != Review.Status.SUBMITTED or ways.is_link:
        own = rows.filter(review=review)  # unscoped: one's own
        return [_own(one, ways) for one in own] if review.is_open else [_remark(one, naming) for one in own]
    return [
        _remark(one, naming) for one in rows.filter(review__round=review.round, review__status="submitted")
    ]  # unscoped: theirs are in


def _own(one: EditionComment, ways: Ways) -> text.Remark:
    where = {"part": one.part, "block": one.block, "quoted": one.quoted}
    return text.Remark(one.pk, words=one.words, change=ways.change(one.pk), withdraw=ways.withdraw(one.pk), **where)


def _remark(one: EditionComment, naming: Naming) -> text.Remark:
    where = {"part": one.part, "block": one.block, "quoted": one.quoted}
    name = str(naming.reviewer(one.review)) if one.review else ""
    return text.Remark(one.pk, words=one.words, name=name, **where)


def said_by(review: Review, naming: Naming, *, for_editor: bool = False) -> Said:
    """What a review says, to whoever may read it: the words to the editors only for them and for its writer."""
    answers = list(review.answers.values())
    return Said(
        name=str(naming.reviewer(review)),
        is_mine=naming.reader.person is not None and naming.reader.person == review.reviewer_id,
        verdict=review.get_verdict_display(),
        for_authors=review.for_authors,
        against=review.against,
        interest=review.interest if review.has_interest else "",
        answers=[one for one in answers if one.get("words") or one.get("mark")],
        for_editors=review.for_editors if for_editor else "",
        pk=review.pk,
    )
