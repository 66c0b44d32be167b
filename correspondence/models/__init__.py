from correspondence.models.digest import DigestChoice
from correspondence.models.inbound import InboundMail, ReplyAddress
from correspondence.models.outgoing import OutgoingMail
from correspondence.models.preference import MailPreference, WaitingDigest
from correspondence.models.text import MailText
from correspondence.models.update import Subscription, Update, UpdatePart

__all__ = [
    "DigestChoice",
    "InboundMail",
    "MailPreference",
    "MailText",
    "OutgoingMail",
    "ReplyAddress",
    "Subscription",
    "Update",
    "UpdatePart",
    "WaitingDigest",
]
