"""The link in an invitation to run an organisation's sessions: it accepts or declines that one invitation, and signs nobody in."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from foundation import tokens
from foundation.secrecy import address_token, fits, row_of
from practice.models import PracticeInvitation

PURPOSE = "practice administrator"


def url_of(invitation: PracticeInvitation) -> str:
    """The link itself, for a mail."""
    return settings.SITE_URL + reverse("practice:administrator-invited", args=[token_of(invitation)])


def token_of(invitation: PracticeInvitation) -> str:
    """The last part of its address."""
    return address_token(PURPOSE, invitation.pk, invitation.nonce)


def invitation_of(token: str) -> PracticeInvitation:
    """Return the invitation of a link; raises TokenRefused when it opens nothing, or nothing any more."""
    pk = row_of(token)
    rows = PracticeInvitation.objects.alive().select_related("organization", "by")
    found: PracticeInvitation | None = rows.filter(pk=pk).first() if pk else None
    if found is None or not fits(token, PURPOSE, found.pk, found.nonce):
        raise tokens.TokenUnknown
    return found
