"""The link in a reminder of an action: it shows that one action, and ends it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from foundation import tokens
from foundation.secrecy import address_token, fits, row_of
from practice.models import Action

PURPOSE = "practice action"


def url_of(action: Action) -> str:
    """The link itself, for a mail."""
    return settings.SITE_URL + reverse("practice:action-link", args=[address_token(PURPOSE, action.pk, action.nonce)])


def action_of(token: str) -> Action:
    """Return the action of a link; raises TokenRefused when it opens nothing."""
    pk = row_of(token)
    found: Action | None = Action.objects.select_related("session__organization").filter(pk=pk).first() if pk else None
    if found is None or not fits(token, PURPOSE, found.pk, found.nonce):
        raise tokens.TokenUnknown
    return found
