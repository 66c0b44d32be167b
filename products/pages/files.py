"""Files of editions that are out: the newest at an address that stays, each version at its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from foundation.access import public
from products.models import Edition, EditionFile, Product
from products.pages.downloads import count_download, is_counted
from products.pages.finding import VISITOR, of_product
from products.querysets.editions import EditionFileQuerySet


@public  # finds only what is out
@require_safe
@of_product
def file_latest(request: HttpRequest, product: Product, file: str) -> HttpResponseBase:
    """The newest version of a file, in the current edition."""
    edition = product.current or Edition.objects.visible_to(VISITOR).filter(product=product).order_by("-number").first()
    found = _files(edition).filter(slug=file).order_by("-number").first() if edition else None
    return _handed_out(request, product, found)


@public  # likewise
@require_safe
@of_product
def file_version(request: HttpRequest, product: Product, number: int, file: str, version: int) -> HttpResponseBase:
    """One version of a file, for ever."""
    edition = Edition.objects.visible_to(VISITOR).filter(product=product, number=number).first()
    found = _files(edition).filter(slug=file, number=version).first() if edition else None
    return _handed_out(request, product, found)


def _files(edition: Edition) -> EditionFileQuerySet:
    found: EditionFileQuerySet = EditionFile.objects.visible_to(VISITOR).filter(edition=edition).select_related("upload")
    return found


def _handed_out(request: HttpRequest, product: Product, file: EditionFile | None) -> HttpResponseBase:
    if file is None:
        raise Http404("no such file")
    upload = file.upload
    etag = f'"{upload.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        name = f"{product.slug}-{file.slug}-{file.number}.{upload.name.rpartition('.')[2]}"
        with upload.file.open("rb") as content:  # at most uploads.MOST_BYTES
            response = HttpResponse(content.read(), content_type=upload.content_type)
        response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
        if is_counted(request):
            count_download(file)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
