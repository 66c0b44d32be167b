from correspondence.models.digest import DigestChoice
from correspondence.models.health import AddressHealth, MailFailure
from correspondence.models.inbound import InboundMail, ReplyAddress
from correspondence.models.outgoing import OutgoingMail
from correspondence.models.preference import MailPreference, WaitingDigest
from correspondence.models.text import MailText
from correspondence.models.update import Subscription, Update, UpdatePart

__all__ = [
    "AddressHealth",
    "DigestChoice",
    "InboundMail",
    "MailFailure",
    "MailPreference",
    "MailText",
    "OutgoingMail",
    "ReplyAddress",
    "Subscription",
    "Update",
    "UpdatePart",
    "WaitingDigest",
]
