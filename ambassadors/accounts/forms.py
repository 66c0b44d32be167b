"""allauth's forms with our codes, our limits and the same answer for everybody."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar

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

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _limit_codes_everywhere() -> None:
    """Raise the 429 page when the whole site has asked for too many codes."""
    if not ratelimit.consume(context.request, action="codes_everywhere", key="everywhere"):
        raise ImmediateHttpResponse(ratelimit.respond_429(context.request))


class Plain:
    """A form of allauth's in our words: each field has its label above it, and no text inside that goes away as one types."""

    labels: ClassVar[dict[str, StrPromise]] = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "code": _("Code"),
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
        "name": _("A name for it, such as “phone” or “key ring”"),
        "passwordless": _("Let it open my account without a password"),
    }

    help_texts: ClassVar[dict[str, StrPromise]] = {
        "password1": _("Ten characters or more: a few words in a row do well. Nothing like your name, and nothing that many use."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.help_texts.get(name, "")


class LoginForm(Plain, allauth_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", autofocus=True)


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):
    """The password once more."""


class AddEmailForm(Plain, allauth_forms.AddEmailForm):
    """One more address."""


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    """Another password."""


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordKeyForm(Plain, allauth_forms.ResetPasswordKeyForm):
    """A new password after a mailed code."""


class RequestLoginCodeForm(Plain, allauth_forms.RequestLoginCodeForm):
    """Ask for a code to sign in with."""

    _user: User | None

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


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    """Ask for a code to choose a new password with."""

    users: list[User]

    def clean_email(self) -> str:
        _limit_codes_everywhere()
        email: str = super().clean_email()
        self.users = [user for user in self.users if may_sign_in(user)]
        if not self.users:
            get_adapter().post_decoy("password_reset_code")
        return email


class _DerivedCode(Plain):
    """Compares what was typed with the code derived from the nonce which allauth keeps where it would keep the code."""

    purpose: str
    cleaned_data: dict[str, Any]
    expected_code: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(autofocus=True, autocapitalize="characters", spellcheck="false")  # type: ignore[attr-defined]

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
