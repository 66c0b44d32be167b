"""allauth's forms with our codes, our limits and the same answer for everybody."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts.backends import may_sign_in
from ambassadors.models import User
from foundation.secrecy import is_code


def _limit_codes_everywhere() -> None:
    """Raise the 429 page when the whole site has asked for too many codes."""
    if not ratelimit.consume(context.request, action="codes_everywhere", key="everywhere"):
        raise ImmediateHttpResponse(ratelimit.respond_429(context.request))


class LoginForm(allauth_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", autofocus=True)
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    """Ask for a code to sign in with."""

    _user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        _limit_codes_everywhere()
        try:
            email: str = super().clean_email()
        except ValidationError as too_many:
            raise ImmediateHttpResponse(ratelimit.respond_429(context.request)) from too_many
        if self._user is not None and not may_sign_in(self._user):
            self._user = None
        if self._user is None:
            get_adapter().post_decoy("login_code")
        return email


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Ask for a code to choose a new password with."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        _limit_codes_everywhere()
        email: str = super().clean_email()
        self.users = [user for user in self.users if may_sign_in(user)]
        if not self.users:
            get_adapter().post_decoy("password_reset_code")
        return email


class _DerivedCode:
    """Compares what was typed with the code derived from the nonce which allauth keeps where it would keep the code."""

    purpose: str
    cleaned_data: dict[str, Any]
    expected_code: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Code")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update(autofocus=True, autocapitalize="characters", spellcheck="false")

    def clean_code(self) -> str:
        # Somebody whom we sent nothing has no nonce: derive from a random one, so that the answer takes as long and is no.
        nonce = self.expected_code or secrets.token_hex(16)
        right = is_code(self.cleaned_data["code"], self.purpose, nonce)
        self.expected_code = self.cleaned_data["code"] if right else ""
        return str(super().clean_code())  # type: ignore[misc]


class ConfirmLoginCodeForm(_DerivedCode, allauth_forms.ConfirmLoginCodeForm):
    """The code to sign in with."""

    purpose = "login_code"


class ConfirmEmailVerificationCodeForm(_DerivedCode, allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code which shows that an address is yours."""

    purpose = "address_code"


class ConfirmPasswordResetCodeForm(_DerivedCode, allauth_forms.ConfirmPasswordResetCodeForm):
    """The code which lets you choose a new password."""

    purpose = "password_reset_code"


class IdentityConfirmForm(forms.Form):
    """The code which shows that it is still you."""

    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}))

    def __init__(self, *args: Any, nonce: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nonce = nonce

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not self.nonce or not is_code(code, "identity_code", self.nonce):
            raise get_adapter().validation_error("incorrect_code")
        return code


class RecoveryCodeForm(forms.Form):
    """The code which the new address of an account was sent."""

    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}))
