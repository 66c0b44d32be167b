from correspondence.models.inbound import InboundMail, ReplyAddress
from correspondence.models.outgoing import OutgoingMail
from correspondence.models.preference import MailPreference, WaitingDigest

__all__ = ["InboundMail", "MailPreference", "OutgoingMail", "ReplyAddress", "WaitingDigest"]
