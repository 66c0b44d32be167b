"""The addresses that mail providers call. Closed unless the settings name the provider and what proves its calls."""

from __future__ import annotations

import logging
from typing import Any

from anymail.exceptions import (  # type: ignore[import-untyped]  # it has no types
    AnymailError,
    AnymailWebhookValidationFailure,
)
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from correspondence.health import hooks
from correspondence.providers import PROVIDERS, ROUTES, is_open
from foundation.access import public

logger = logging.getLogger(__name__)
MOST_BYTES = 24 * 1024 * 1024  # a mail of 10 MB in base64, with the provider's words around it


@public
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def hook_receive(request: HttpRequest, provider: str, route: str) -> HttpResponse:
    """Take what a provider tells. Without its proof nothing is stored; what our database cannot take now, the provider tells again."""
    view = _view_of(provider, route)
    if request.method == "HEAD":  # some providers look whether the address is there
        return HttpResponse()
    if provider == "amazon_ses" and "Authorization" not in request.headers:
        return HttpResponse(
            status=401, headers={"WWW-Authenticate": 'Basic realm="webhook"'}
        )  # it shows its secret only when asked
    try:
        events = _understood(view, request)
    except AnymailWebhookValidationFailure as stranger:
        logger.warning("A call in the name of %s was refused: %s.", provider, stranger)
        return HttpResponse(status=403)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except (AnymailError, AttributeError, LookupError, TypeError, ValueError) as nonsense:
        logger.warning("A call of %s could not be understood (%s: %s).", provider, type(nonsense).__name__, nonsense)
        return HttpResponse(status=400)
    for event in events:
        hooks.take(event, provider)
    return HttpResponse()


def _view_of(name: str, route: str) -> Any:
    """Return django-anymail's reader of this route, or raise 404 for what this site did not open."""
    if name not in settings.MAIL_PROVIDERS or route not in ROUTES or not is_open(name, route, settings.ANYMAIL):
        raise Http404
    what = "Combined" if name == "mandrill" else route.partition("_")[0].title()
    return import_string(f"anymail.webhooks.{name}.{PROVIDERS[name].views}{what}WebhookView")()


def _understood(view: Any, request: HttpRequest) -> list[Any]:
    """Check who calls, and return what they say."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise RequestDataTooBig
    request._body = body  # read here already, for Django reads no more of a call than a form may have (2.5 MB)
    view.setup(request)
    view.run_validators(request)
    events: list[Any] = view.parse_events(request)
    return events
