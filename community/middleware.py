"""What answers before anything else is looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HealthMiddleware:
    """Answer /healthz without a host check, a session or a database: it only says that the process is alive."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("alive\n", content_type="text/plain")
        return self.get_response(request)
