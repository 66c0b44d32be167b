"""What follows when something about an account changes: a line of history, and the other devices are signed out."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.dispatch import receiver
from django.http import HttpRequest

from ambassadors.accounts import workflow
from ambassadors.models import User
from correspondence.health import workflow as health
from foundation.workflow import record


@receiver([account.password_changed, account.password_set])
def note_new_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Django already refuses the sessions made with the old password; their rows go too."""
    record("changed the password", user, by=user, about=user)
    workflow.end_sessions(user, by=user, keep=request.session.session_key or "")


@receiver(account.password_reset)
def note_password_reset(user: User, **kwargs: Any) -> None:
    """Whoever had a session with the old password loses it."""
    record("replaced the password with a mailed code", user, by=user, about=user)
    workflow.end_sessions(user, by=user)


@receiver(account.email_changed)
def note_main_address(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Mail goes elsewhere from now on: what is signed in elsewhere signs in anew."""
    record("changed the main address", user, by=user, about=user)
    workflow.end_sessions(user, by=user, keep=request.session.session_key or "")


@receiver(account.email_confirmed)
def note_confirmed_address(email_address: Any, **kwargs: Any) -> None:
    """An address can be signed in with from now on."""
    record("confirmed an address", email_address.user, by=email_address.user, about=email_address.user)
    health.mended(email_address.email, by=email_address.user)


@receiver(account.email_removed)
def note_removed_address(user: User, **kwargs: Any) -> None:
    """An address opens nothing any more."""
    record("removed an address", user, by=user, about=user)


@receiver([mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset])
def note_second_factor(user: User, authenticator: Any, signal: Any, **kwargs: Any) -> None:
    """What guards the account is worth a line."""
    done = {mfa.authenticator_added: "added", mfa.authenticator_removed: "removed"}.get(signal, "renewed")
    record(f"{done} a second factor", user, by=user, about=user, note=str(authenticator.get_type_display()))
