"""The second factor: secrets sealed outside the database, each code good for one time only, few guesses."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts.forms import Plain
from foundation.models import Community

GUESSES = 10
GUESSES_PER = 15 * 60


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the community in authenticator apps, and seals what is kept of them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next one."),
    }

    def _get_site_name(self) -> str:
        return Community.current().name

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> MultiFernet:
    """The first key seals, each of them opens: a new SECRET_KEY with the old one as fallback locks nobody out."""
    keys = [force_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + key).digest())) for key in keys])


class _OnceAndFew(Plain):
    """What allauth keeps in the cache is kept in the database as well: a used code stays used, and guesses stay counted, without it."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(autofocus=True, spellcheck="false")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        self._count_the_guess()
        code = str(super().clean_code())  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            self._use_up(code)
        return code

    def _count_the_guess(self) -> None:
        """Raise when the account's second factor was tried too often lately. A right code does not wipe the count."""
        with transaction.atomic():
            # Guesses may come in parallel: the lock makes each of them count.
            first = Authenticator.objects.select_for_update().filter(user=self.user).order_by("pk").first()
            if first is None:
                return
            recent = [at for at in first.data.get("guesses", []) if at > time.time() - GUESSES_PER]
            if len(recent) < GUESSES:
                first.data["guesses"] = [*recent, time.time()]
                first.save(update_fields=["data"])
                return
        raise get_account_adapter().validation_error("too_many_login_attempts")

    def _use_up(self, code: str) -> None:
        """Refuse a code of a time step that was used before, or of an earlier one (RFC 6238, 5.2)."""
        step = _step_of(self.authenticator, code)
        with transaction.atomic():
            locked = Authenticator.objects.select_for_update().get(pk=self.authenticator.pk)
            if step <= locked.data.get("last_step", -1):
                raise SecondFactorAdapter().validation_error("incorrect_code")
            locked.data["last_step"] = step
            locked.save(update_fields=["data"])
        self.authenticator.data = locked.data


def _step_of(authenticator: Authenticator, code: str) -> int:
    """Return the newest time step of which `code` is the code, within the tolerance."""
    from allauth.mfa.totp.internal import auth  # deferred: allauth's totp imports its adapter, which is this module

    secret = SecondFactorAdapter().decrypt(authenticator.data["secret"])
    now, tolerance = int(time.time()) // int(app_settings.TOTP_PERIOD), int(app_settings.TOTP_TOLERANCE)
    for step in range(now + tolerance, now - tolerance - 1, -1):
        if compare_user_code(actual=code, expected=auth.format_hotp_value(auth.hotp_value(secret, step))):
            return step
    return now


class AuthenticateForm(_OnceAndFew, allauth_forms.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(_OnceAndFew, allauth_forms.ReauthenticateForm):
    """The second factor once more, before something sensitive."""
