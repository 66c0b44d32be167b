"""What one reviews: the list of it, and each review on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from products.drafting.lookups import reader_of
from products.models import EditionComment, Review
from products.reviewing import acting
from products.reviewing.page import review_page, ways_of

DONE_IN_SIGHT = 20


@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """One's own: what waits, what is due first, and what one gave."""
    own = Review.objects.filter(reviewer=request.user.pk).select_related("round__edition__product")  # unscoped: one's own
    context = {
        "waiting": list(own.waiting().order_by("due_on", "pk")),
        "given": list(own.submitted().order_by("-submitted_at", "-pk")[:DONE_IN_SIGHT]),
        "ended": list(own.filter(status__in=["withdrawn", "lapsed"], saved_at__isnull=False).order_by("-answered_at", "-pk")[:5]),
        "today": timezone.localdate(),
    }
    return render(request, "products/reviewing/review_list.html", context)


@require_GET
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's review of one edition."""
    review = _own(request, pk)
    return review_page(request, review, ways_of(review))


@require_POST
def review_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written so far."""
    return _act(request, pk, acting.save)


@require_POST
def review_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """The same while one writes."""
    return acting.autosave(request, _own(request, pk), by=reader_of(request))


@require_POST
def review_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    return _act(request, pk, acting.submit)


@require_POST
def review_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, gladly."""
    return _act(request, pk, acting.accept)


@require_POST
def review_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time."""
    return _act(request, pk, acting.decline)


@require_POST
def remark_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of a passage."""
    return _act(request, pk, acting.add_remark)


@require_POST
def remark_change(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Say it in other words."""
    review = _own(request, pk)
    return acting.change_remark(request, review, ways_of(review), _remark(review, remark), by=reader_of(request))


@require_POST
def remark_withdraw(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Take it back."""
    review = _own(request, pk)
    return acting.withdraw_remark(request, ways_of(review), _remark(review, remark), by=reader_of(request))


def _act(request: HttpRequest, pk: int, act: Callable[..., HttpResponse]) -> HttpResponse:
    review = _own(request, pk)
    return act(request, review, ways_of(review), by=reader_of(request))


def _own(request: HttpRequest, pk: int) -> Review:
    beside = ("reviewer", "round__edition__product__space")
    own = Review.objects.filter(reviewer=request.user.pk)  # unscoped: one's own
    return get_object_or_404(own.select_related(*beside), pk=pk)


def _remark(review: Review, pk: int) -> EditionComment:
    rows = EditionComment.objects.filter(review=review, withdrawn_at=None)  # unscoped: of one's own review
    return get_object_or_404(rows.select_related("edition"), pk=pk)
