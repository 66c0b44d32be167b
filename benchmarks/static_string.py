"""A string of a given size that never goes further than the first middleware: what a page from the cache is measured against."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/static-string/"


class StaticStringMiddleware:
    """Answer /static-string/<bytes>/ at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            return HttpResponse(b"x" * int(request.path_info.removeprefix(PREFIX).rstrip("/")))
        return self.get_response(request)
