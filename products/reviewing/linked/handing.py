"""A file of what is reviewed, handed to its reviewer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from foundation.metadata import NotCleaned
from products.models import Review
from products.reviewing.handed import files_for, is_blind
from products.reviewing.page import Ways, ways_of


@require_GET
def review_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """One file of what one reviews, for a reviewer who is signed in."""
    own = Review.objects.of(request.user).select_related("reviewer", "round__edition__product__space")
    review = get_object_or_404(own, pk=pk)
    return hand_out(request, review, ways_of(review), file)


def hand_out(request: HttpRequest, review: Review, ways: Ways, file: int) -> HttpResponse:
    """The file; in a round that hides the authors without who made it, or not at all."""
    handed = next((one for one in files_for(review) if one.file.pk == file), None)
    if handed is None:
        raise Http404
    try:
        content = handed.content(is_blind=is_blind(review))
    except NotCleaned:
        context = {"ways": ways, "title": handed.title}
        return render(request, "products/review/file_kept_back.html", context, status=409)
    response = HttpResponse(content, content_type=handed.file.upload.content_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=handed.name))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
