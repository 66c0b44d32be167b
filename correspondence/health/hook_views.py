"""The addresses that mail providers call. Closed unless the settings name the provider and what proves its calls."""

from __future__ import annotations

import logging
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qsl

from anymail.exceptions import (  # type: ignore[import-untyped]  # it has no types
    AnymailError,
    AnymailWebhookValidationFailure,
)
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
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
        events = _understood(view, request, route)
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


def _understood(view: Any, request: HttpRequest, route: str) -> list[Any]:
    """Check who calls, and return what they say."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise RequestDataTooBig
    request._body = body  # read here already, for Django reads no more of a call than a form may have (2.5 MB)
    if route == "inbound_mime" and not (request.content_type or "").endswith("json"):
        _read_form(request, body)
    view.setup(request)
    view.run_validators(request)
    events: list[Any] = view.parse_events(request)
    return events


def _read_form(request: HttpRequest, body: bytes) -> None:
    """Put the fields where Django has them, and the mail beside them as it came."""
    fields: dict[str, bytes] = _fields_of(body, request)
    form = QueryDict(mutable=True)
    form.update({name: value.decode("utf-8", "replace") for name, value in fields.items()})
    request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]
    request.raw_mail = next((fields[name] for name in hooks.RAW if name in fields), None)  # type: ignore[attr-defined]


def _fields_of(body: bytes, request: HttpRequest) -> dict[str, bytes]:
    """The fields of a form of which one is a whole mail: larger than Django takes a field, and in whatever charset its writer had."""
    if request.content_type == "application/x-www-form-urlencoded":
        told = parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
        return {name: value.encode("utf-8", "surrogateescape") for name, value in told}
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n"
    parts = list(message_from_bytes(head.encode() + body, policy=policy.HTTP).iter_parts())
    names = [str(part.get_param("name", header="content-disposition")) for part in parts]
    return {name: bytes(part.get_payload(decode=True) or b"") for name, part in zip(names, parts, strict=True)}
