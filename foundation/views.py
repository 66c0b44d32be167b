from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from foundation.access import public, signed_in
from foundation.models import HistoryEntry, Upload

LINES_A_PAGE = 50


@signed_in
@require_safe
def history_list(request: HttpRequest) -> HttpResponse:
    """What was done with the reader's own account: who, what, when, and through which door."""
    lines = HistoryEntry.objects.visible_to(request.user).filter(about=request.user.pk)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        lines = lines.filter(pk__lt=before)
    entries = list(lines.order_by("-pk")[: LINES_A_PAGE + 1])
    older = entries[LINES_A_PAGE - 1].pk if len(entries) > LINES_A_PAGE else None
    return render(request, "foundation/history_list.html", {"entries": entries[:LINES_A_PAGE], "older": older})


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
    response.headers["Cache-Control"] = _kept_for(upload, by_visitor=not request.user.is_authenticated)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def _kept_for(upload: Upload, *, by_visitor: bool) -> str:
    """How long browsers may keep a file. What a visitor got is public, and another picture has another address."""
    if not upload.is_image:
        return "private, no-cache"
    return "public, max-age=86400" if by_visitor else "private, max-age=600"
