"""The token kit: links that open one thing for one addressee, until they are used, withdrawn, replaced or out of date.

A link shows on GET (`find`), as often as one likes; only a POST uses it up (`redeem`). What a link may do is its `Purpose` and its
subject, and never a session. Callers let `TokenRefused` through: `token_page` shows one page for every reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from foundation.handed_back import words_sent
from foundation.models import Token, Via
from foundation.secrecy import address_token, fits, row_of
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

View = TypeVar("View", bound=Callable[..., Any])


class TokenRefused(Exception):
    """The link opens nothing. The subclasses are for logs and tests: a visitor is never told which one it was."""


class TokenUnknown(TokenRefused):
    """Not a token of ours, or one for another purpose."""


class TokenUsed(TokenRefused):
    """Redeemed before."""


class TokenExpired(TokenRefused):
    """Out of date."""


class TokenWithdrawn(TokenRefused):
    """Withdrawn, replaced by a newer one, or its subject has moved on."""


class TokenOfSomebodyElse(TokenRefused):
    """Bound to another person than the one who is signed in."""


def always(token: Token) -> bool:
    """The answer of a purpose whose links ask nothing of their subject."""
    return True


@dataclass(frozen=True)
class Purpose:
    """What a kind of link is for. `alive(token)` asks the subject's state of this moment; False makes the link a dead one."""

    name: str
    lifetime: timedelta | None = None
    alive: Callable[[Token], bool] = always


def issue(
    purpose: Purpose,
    *,
    subject: models.Model | None = None,
    person: User | None = None,
    address: str = "",
    by: User | None = None,
    expires_at: datetime | None = None,
) -> Token:
    """Make a token, withdrawing the older ones of the same purpose, subject and addressee."""
    now = timezone.now()
    scope = {"purpose": purpose.name, "person": person, "address": address.strip().lower(), **_key_of(subject)}
    with transaction.atomic():
        _queue_up(str(sorted((name, str(value)) for name, value in scope.items())))
        Token.objects.filter(**scope, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        return Token.objects.create(
            **scope, created_by=by, expires_at=expires_at or (now + purpose.lifetime if purpose.lifetime else None)
        )


def text_of(token: Token) -> str:
    """Return what stands in the link. Rendered when it is sent or shown, and never kept."""
    return address_token(token.purpose, token.pk, token.nonce)


def find(purpose: Purpose, text: str) -> Token:
    """Return the live token of this purpose that `text` is; raises TokenRefused. Changes nothing."""
    row_id = row_of(text)
    token = Token.objects.filter(pk=row_id, purpose=purpose.name).select_related("person").first() if row_id else None
    if token is None or not fits(text, purpose.name, token.pk, token.nonce):
        raise TokenUnknown
    _refuse_dead(token)
    if not purpose.alive(token):
        raise TokenWithdrawn
    return token


def recognise(purpose: Purpose, text: str) -> Token | None:
    """Return the token that `text` is or once was, dead or alive; None when it never was one. It opens nothing: for asking anew."""
    row_id = row_of(text)
    token = Token.objects.filter(pk=row_id or 0, purpose=purpose.name).first()
    return token if token is not None and fits(text, purpose.name, token.pk, token.nonce) else None


def redeem(token: Token, *, by: User | None, via: Via = Via.WEB) -> None:
    """Use the token up and write it into the history; raises TokenRefused when it is not, or no longer, `by`'s to use."""
    if token.person_id and (by is None or by.pk != token.person_id):
        raise TokenOfSomebodyElse
    now = timezone.now()
    with transaction.atomic():
        # The same link may be pressed twice at once: the filter lets exactly one update find the row.
        live = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        won = Token.objects.filter(live, pk=token.pk, used_at=None, withdrawn_at=None).update(used_at=now, used_by=by)
        token.refresh_from_db(fields=["used_at", "used_by", "withdrawn_at", "expires_at"])
        if not won:
            _refuse_dead(token)
        record(f"used the {token.purpose} link", token.subject or token, by=by, via=via, about=token.person)


def withdraw(token: Token, *, by: User | None, via: Via = Via.WEB) -> bool:
    """Make an open token useless; return whether it still was open."""
    with transaction.atomic():
        won = Token.objects.filter(pk=token.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
        if won:
            record(f"withdrew the {token.purpose} link", token.subject or token, by=by, via=via, about=token.person)
    return bool(won)


def withdraw_all(purpose: Purpose, subject: models.Model) -> int:
    """Withdraw every open token of a purpose for one subject, inside the caller's transition, which writes the history."""
    return open_ones(purpose, subject).update(withdrawn_at=timezone.now())


def open_ones(purpose: Purpose, subject: models.Model) -> models.QuerySet[Token]:
    """The tokens of a purpose for one subject that are neither used nor withdrawn, the newest first."""
    rows = Token.objects.filter(purpose=purpose.name, used_at=None, withdrawn_at=None, **_key_of(subject))
    return rows.order_by("-pk")


def token_page(view: View) -> View:
    """Wrap a view whose address holds a token: no referrer, no copy kept, and one page for every dead link."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *args, **kwargs)
        except TokenRefused:
            response = render(request, "foundation/link_dead.html", {"unsaved": words_sent(request)}, status=410)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    wrapped.holds_token = True  # type: ignore[attr-defined]
    return wrapped  # type: ignore[return-value]


def _key_of(subject: models.Model | None) -> dict[str, Any]:
    if subject is None:
        return {"subject_type": None, "subject_id": ""}
    return {"subject_type": ContentType.objects.get_for_model(subject), "subject_id": str(subject.pk)}


def _queue_up(scope: str) -> None:
    """Let those who issue the same link at once pass one by one; the constraint on the table would refuse the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [scope])


def _refuse_dead(token: Token) -> None:
    if token.withdrawn_at:
        raise TokenWithdrawn
    if token.used_at:
        raise TokenUsed
    if token.expires_at and token.expires_at <= timezone.now():
        raise TokenExpired
