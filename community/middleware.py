"""What answers before anything else is looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.health import ailing


class HealthMiddleware:
    """Answer /healthz and /readyz without a host check or a session.

    /healthz only says that the process is alive. /readyz says whether the site can work: 503 names the service that does not answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("alive\n", content_type="text/plain")
        if request.path == "/readyz":
            return _readiness()
        return self.get_response(request)


def _readiness() -> HttpResponse:
    gone = ailing()
    sentence = f"not answering: {', '.join(gone)}" if gone else "ready"
    return HttpResponse(
        f"{sentence}\n", content_type="text/plain", status=503 if gone else 200, headers={"Cache-Control": "no-store"}
    )
