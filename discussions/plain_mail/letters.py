"""Mails from outside as the page shows them to those who decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from ambassadors.models import User
from correspondence.addresses import mailto
from correspondence.inbound.authentication import fails_dmarc, passes_dmarc
from discussions.plain_mail.workflow import written_by

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail
    from correspondence.models import InboundMail

FILES_NAMED = 20
AT_A_GLANCE = 1500


@dataclass(frozen=True)
class Letter:
    """One mail. `proof` is what our mail server says of its sender; `is_namesake` that it bears the name of a member."""

    mail: InboundMail
    name: str
    subject: str
    beginning: str
    rest: str
    folded: str
    files: tuple[str, ...]
    proof: str
    is_namesake: bool
    write_back: str


def letters_of(mails: Sequence[InboundMail]) -> list[Letter]:
    """Read the mails; which of them bear the name of a member is asked in one query for all."""
    read = [(mail, mail.parsed()) for mail in mails]
    names = {written_by(parsed).casefold() for _mail, parsed in read}
    members = User.objects.members().annotate(folded=Lower("name")).filter(folded__in=names)
    taken = set(members.values_list("folded", flat=True)) if names else set()
    return [_letter(mail, parsed, taken) for mail, parsed in read]


def _letter(mail: InboundMail, parsed: ParsedMail, taken: set[str]) -> Letter:
    name, words = written_by(parsed), parsed.new_text
    return Letter(
        mail=mail,
        name=name,
        subject=parsed.subject,
        beginning=words[:AT_A_GLANCE],
        rest=words[AT_A_GLANCE:],
        folded=parsed.folded_text,
        files=parsed.attachments[:FILES_NAMED],
        proof="passes" if passes_dmarc(parsed) else "fails" if fails_dmarc(parsed) else "unknown",
        is_namesake=name.casefold() in taken,
        write_back=mailto(mail.sender, subject=f"Re: {parsed.subject}"[:150]) if mail.sender else "",
    )
