from correspondence.models.outgoing import OutgoingMail
from correspondence.models.preference import MailPreference, WaitingDigest

__all__ = ["MailPreference", "OutgoingMail", "WaitingDigest"]
