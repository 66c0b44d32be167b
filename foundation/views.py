from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from foundation.access import public
from foundation.models import Upload


@public  # asks for each file who may read it
@require_safe
def upload_show(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One file, for those who may read it. Pictures are shown in place; everything else is saved, and no file runs as a page."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=pk, name=name)
    etag = f'"{upload.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        with upload.file.open("rb") as file:  # at most uploads.MOST_BYTES
            response = HttpResponse(file.read(), content_type=upload.content_type)
        response.headers["Content-Disposition"] = str(content_disposition_header(not upload.is_image, upload.name))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, {'max-age=600' if upload.is_image else 'no-cache'}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
