"""The addresses this site writes from. All are at MAIL_DOMAIN, all are read: by a machine that knows them, or by the support team."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.models import Community
from foundation.secrecy import address_token, fits, row_of

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

TEAM = "team"  # what is sent here, the support team reads
BOUNCE = "bounce"
COMPLAINTS = "complaints"  # for the feedback loops of the large mailbox providers
UNSUBSCRIBE = "unsubscribe"
HELP = "help"  # whoever writes here is told what they can do by mail


def at_our_domain(local_part: str) -> str:
    """Return the address; raises ValueError when a mail server would refuse its length."""
    if len(local_part) > 64:
        raise ValueError(f"The local part {local_part!r} is longer than 64 characters.")
    return f"{local_part}@{settings.MAIL_DOMAIN}"


def token_of(mail: OutgoingMail, purpose: str) -> str:
    """Return the token of one mail for one purpose: derived again at each rendering, never stored."""
    return address_token(purpose, mail.pk, mail.nonce)


def mail_of(token: str, purpose: str) -> OutgoingMail | None:
    """Return the mail whose token this is, or None."""
    from correspondence.models import OutgoingMail  # deferred: the queryset's module is read before the models

    pk = row_of(token)
    mail = OutgoingMail.objects.select_related("person").filter(pk=pk).first() if pk else None
    return mail if mail and fits(token, purpose, mail.pk, mail.nonce) else None


def bounce_address(mail: OutgoingMail) -> str:
    """The envelope sender of one mail, to which the world's mail servers report."""
    return at_our_domain(f"{BOUNCE}+{token_of(mail, BOUNCE)}")


def unsubscribe_address(mail: OutgoingMail) -> str:
    """Writing here switches the mail's kind off for its recipient."""
    return at_our_domain(f"{UNSUBSCRIBE}+{token_of(mail, UNSUBSCRIBE)}")


def message_id(mail: OutgoingMail) -> str:
    """The same at each attempt, so that a mail sent twice after all is shown once by most programs."""
    return f"<{token_of(mail, 'message-id')}@{settings.MAIL_DOMAIN}>"


def mailto(address: str, *, subject: str = "", body: str = "") -> str:
    """Return the link that opens a mail to an address, begun with a subject and with words (RFC 6068)."""
    begun = {name: words for name, words in (("subject", subject), ("body", body.replace("\n", "\r\n"))) if words}
    return f"mailto:{address}" + (f"?{urlencode(begun, quote_via=quote, safe='')}" if begun else "")


@dataclass(frozen=True)
class Letter:
    """An address to write to, with what the mail to it begins with: whole as a link, and in parts for whoever types it."""

    address: str
    subject: str = ""
    words: str = ""

    @property
    def url(self) -> str:
        """Opens the mail."""
        return mailto(self.address, subject=self.subject, body=self.words)


def in_answer_to(message_id: str) -> dict[str, str]:
    """The headers by which a mail program shows a mail below the one it answers; none where that one had no name."""
    return {"In-Reply-To": message_id, "References": message_id} if message_id else {}


def team_address() -> str:
    """Where the support team is written to, and what the community's own mail comes from: `team@`, or what the admin has instead."""
    return Community.current().sender_address or at_our_domain(TEAM)


def community_sender(local_part: str = "") -> str:
    """The community itself as a From."""
    community = Community.current()
    return formataddr((community.sender_name or community.name, at_our_domain(local_part) if local_part else team_address()))


def person_via_community(name: str, local_part: str) -> str:
    """A person as a From: their name, our address, so that the mail passes every check and the answer finds its way."""
    shown = _("%(person)s via %(community)s") % {"person": " ".join(name.split()), "community": Community.current().name}
    return formataddr((shown, at_our_domain(local_part)))
