from correspondence.models.inbound import InboundMail, ReplyAddress
from correspondence.models.outgoing import OutgoingMail
from correspondence.models.preference import MailPreference, WaitingDigest
from correspondence.models.text import MailText

__all__ = ["InboundMail", "MailPreference", "MailText", "OutgoingMail", "ReplyAddress", "WaitingDigest"]
