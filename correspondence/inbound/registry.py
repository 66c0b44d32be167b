"""What a mail to `<prefix>+<token>@` does. Each app registers its prefixes in its `inbound.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from correspondence.inbound.files import Brought, brought
from correspondence.inbound.parsing import ParsedMail
from correspondence.models import InboundMail, ReplyAddress
from foundation.registry import Registry

if TYPE_CHECKING:
    from django.db import models

    from ambassadors.models import User
    from correspondence.inbound.guide import Offer


class MailNotTaken(Exception):
    """Raised by a handler that does not do what the mail asks: nothing it wrote is kept, and the writer is told why.

    `held` keeps the mail until its writer confirms it; else it is refused and the words go back, unless `outcome` says something else:
    one that is ignored is kept, and nobody hears of it. `why` is a sentence for the writer, where the handler can say more than the
    reason does. `target` is what the mail was about.
    """

    def __init__(
        self,
        reason: InboundMail.Reason,
        *,
        held: bool = False,
        why: str = "",
        outcome: InboundMail.Outcome = InboundMail.Outcome.REFUSED,
        target: models.Model | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome = InboundMail.Outcome.HELD if held else outcome
        self.why = why
        self.target = target


@dataclass(frozen=True)
class Delivery:
    """One mail at the door it was sent to. `confirmed` says that the person gave their word for it, on the web or by mail."""

    mail: InboundMail
    parsed: ParsedMail
    token: str
    person: User | None = None
    address: ReplyAddress | None = None
    confirmed: bool = False

    @cached_property
    def brought(self) -> Brought:
        """What it says and what came along, looked into like every upload; asked for once its sender is known."""
        return brought(self.parsed)


@dataclass(frozen=True)
class Door:
    """What one prefix does.

    `handle(delivery)` runs inside the transaction that settles the mail, so it happens once or not at all; it writes rows, does no
    I/O, and returns what it made (or None). It raises MailNotTaken to hold or refuse. A door with `own_tokens` finds its person by
    itself from `delivery.token` (the address of a bounce, say) and takes mail from anywhere. One `by_sender` has an address without any
    secret: its person is the active member who has verified the sender's address, or None, and it believes that no more than
    `authentication.passes_dmarc` lets it; where it `is_unknown_to` whoever wrote, they are told what they would be told of an address
    that is not there. All others get only mail whose token and verified sender agree on one active member.
    `takes_automatic` also gets what machines write; for a `wordless` one an empty mail is enough. One that `takes_files` keeps those of
    `delivery.brought`; whoever sends files to another, or some that cannot be kept, is told of each by mail. Of a mail that was refused,
    `hints(mail)` says what its person can do instead; it is asked when the words go back.

    Of a door that `is_unlisted` the support team's list of mails shows none that was settled: that somebody wrote there at all is theirs.

    The token of a row that was made for one prefix may carry more than one act: `rows_of` names the prefixes of the rows that this
    door's addresses are derived from (`ReplyAddress.as_address`), its own where it is empty.
    """

    handle: Callable[[Delivery], models.Model | None]
    own_tokens: bool = False
    by_sender: bool = False
    takes_automatic: bool = False
    wordless: bool = False
    takes_files: bool = False
    is_unlisted: bool = False
    rows_of: tuple[str, ...] = ()
    hints: Callable[[InboundMail], Iterable[Offer]] = field(default=lambda mail: ())
    is_unknown_to: Callable[[Delivery], bool] = field(default=lambda delivery: False)


inbound: Registry[Door] = Registry("inbound address")
# Addresses without a secret that rows have (a space's own, say): each is asked with what stands before the @, in lower case.
named: Registry[Callable[[str], Door | None]] = Registry("inbound names")
# By kind of row (`app.model`): who is told of a mail that is held for those who look after such a row, and is nobody's own.
keepers: Registry[Callable[[InboundMail], None]] = Registry("keeper of held mail")


def split_recipient(recipient: str) -> tuple[str, str]:
    """Return (prefix, token) of an address of ours."""
    prefix, _plus, token = recipient.partition("@")[0].lower().partition("+")
    return prefix, token


def door_of(recipient: str) -> Door | None:
    """Return what an address of ours leads to: by its prefix, else by its name."""
    prefix, token = split_recipient(recipient)
    if prefix in inbound:
        return inbound[prefix]
    return next((door for find in named if (door := find(prefix))), None) if not token else None
