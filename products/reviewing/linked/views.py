"""The page of a review for whoever holds its link: signed in or not, as whoever else, it is the reviewer who reads and writes here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation import tokens
from foundation.access import public
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import EditionComment, Review
from products.reviewing import acting, link
from products.reviewing.linked.handing import hand_out
from products.reviewing.page import Ways, review_page

if TYPE_CHECKING:
    from ambassadors.models import User

VIA = Via.MAIL  # whoever presses came by the link of a mail


@public  # the link in the mail opens one review, and nothing else
@tokens.token_page
@require_GET
def review_link(request: HttpRequest, token: str) -> HttpResponse:
    """The review, to be written or, once it is in, to be read again."""
    return review_page(request, link.review_of(token), ways_of(token))


@public  # likewise
@tokens.token_page
@require_POST
def review_link_save(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what was written so far."""
    return _act(request, token, acting.save)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_autosave(request: HttpRequest, token: str) -> HttpResponse:
    """The same while one writes."""
    review = link.review_of(token)
    return acting.autosave(request, review, by=_reviewer(review), via=VIA)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_submit(request: HttpRequest, token: str) -> HttpResponse:
    """Hand it in."""
    return _act(request, token, acting.submit)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, gladly."""
    return _act(request, token, acting.accept)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Not this time: the link opens nothing any more, so the thanks stand on a page that says nothing of what it was for."""
    answer = _act(request, token, acting.decline)
    return redirect("products:review-declined") if answer.status_code == 302 else answer


@public  # likewise
@tokens.token_page
@require_POST
def review_link_comment(request: HttpRequest, token: str) -> HttpResponse:
    """Say something of a passage."""
    return _act(request, token, acting.add_remark)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_comment_change(request: HttpRequest, token: str, remark: int) -> HttpResponse:
    """Say it in other words."""
    review = link.review_of(token)
    return acting.change_remark(request, review, ways_of(token), _remark(review, remark), by=_reviewer(review), via=VIA)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_comment_withdraw(request: HttpRequest, token: str, remark: int) -> HttpResponse:
    """Take it back."""
    review = link.review_of(token)
    return acting.withdraw_remark(request, ways_of(token), _remark(review, remark), by=_reviewer(review), via=VIA)


@public  # likewise
@tokens.token_page
@require_POST
def review_link_question(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the authors."""
    return _act(request, token, acting.ask)


@public  # a file of that one edition
@tokens.token_page
@require_GET
def review_link_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One file of what one reviews, where the round is blind without who made it."""
    return hand_out(request, link.review_of(token), ways_of(token), pk)


@public  # a thank you that says nothing of what it is for
@require_GET
def review_declined(request: HttpRequest) -> HttpResponse:
    """Where whoever declined by their link ends up."""
    return render(request, "products/review/declined.html")


def ways_of(token: str) -> Ways:
    """Where the presses lead on the page of a link."""

    def to(name: str, *more: int) -> str:
        return reverse(f"products:review-link{name}", args=[token, *more])

    return Ways(
        here=to(""),
        save=to("-save"),
        autosave=to("-autosave"),
        submit=to("-submit"),
        accept=to("-accept"),
        decline=to("-decline"),
        comment=to("-comment"),
        change=lambda pk: to("-comment-change", pk),
        withdraw=lambda pk: to("-comment-withdraw", pk),
        question=to("-question"),
        file=lambda pk: to("-file", pk),
        is_link=True,
    )


def _act(request: HttpRequest, token: str, act: Callable[..., HttpResponse]) -> HttpResponse:
    """Do it in the reviewer's name. A link that ended while somebody pressed is a dead link."""
    review = link.review_of(token)
    try:
        return act(request, review, ways_of(token), by=_reviewer(review), via=VIA)
    except (TransitionRefused, PermissionDenied) as over:
        raise tokens.TokenWithdrawn from over


def _reviewer(review: Review) -> User:
    assert review.reviewer is not None  # noqa: S101  the link has looked
    return review.reviewer


def _remark(review: Review, pk: int) -> EditionComment:
    rows = EditionComment.objects.filter(review=review, withdrawn_at=None)  # unscoped: of the review that the link opens
    return get_object_or_404(rows.select_related("edition"), pk=pk)
