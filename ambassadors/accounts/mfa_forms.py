"""allauth's remaining forms about the second factor, in our words."""

from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditWebAuthnForm

from ambassadors.accounts.forms import Plain


class ActivateTOTPForm(Plain, AllauthActivateTOTPForm):
    """The first code of an app."""


class AddWebAuthnForm(Plain, AllauthAddWebAuthnForm):
    """A new passkey."""


class EditWebAuthnForm(Plain, AllauthEditWebAuthnForm):
    """Another name for a passkey."""
