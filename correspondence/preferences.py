"""What changes when somebody says which mail they want."""

from __future__ import annotations

from correspondence.kinds import Kind, kinds
from correspondence.models import MailPreference, OutgoingMail


def kind_of(mail: OutgoingMail) -> Kind:
    """The kind of one mail."""
    return kinds[mail.kind]


def can_be_switched_off(mail: OutgoingMail) -> bool:
    """Whether its recipient may say no to this kind of mail."""
    return mail.kind in kinds and kinds[mail.kind].optional


def unsubscribe(mail: OutgoingMail) -> None:
    """Send no more mail of this kind to its recipient, and nothing else. Saying so twice is the same as once."""
    MailPreference.objects.say(mail.kind, person=mail.person, address=mail.address, wanted=False)
