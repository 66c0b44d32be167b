"""An edition as a PDF, for everybody."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from foundation.access import public
from products.kinds import NEEDS
from products.models import Edition, EditionPrint
from products.printing.names import names_marks


@public
@require_GET
def edition_print(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The print of an edition that is out; while it is being made, a page that says so. It asks as a visitor, whoever asks."""
    editions = Edition.objects.visible_to(AnonymousUser()).select_related("product")
    edition = get_object_or_404(editions, product__slug=slug, number=number)
    if not NEEDS[edition.product.kind].text:
        raise Http404("there is nothing in it to print")
    made = EditionPrint.objects.visible_to(AnonymousUser()).filter(edition=edition).select_related("upload").first()
    if made is None or made.upload is None or made.names != names_marks([edition])[edition.pk]:
        return _being_made(request, edition)
    response = FileResponse(made.upload.file.open("rb"), content_type="application/pdf", filename=made.upload.name)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = f'"{made.upload.sha256}"'
    response.headers["Link"] = f'<{request.build_absolute_uri(edition.get_absolute_url())}>; rel="canonical"'
    return response


def _being_made(request: HttpRequest, edition: Edition) -> HttpResponse:
    response = render(request, "products/print_waits.html", {"edition": edition}, status=202)
    response.headers["Retry-After"] = "60"
    return response
