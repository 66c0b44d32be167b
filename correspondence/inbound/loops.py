"""What keeps programs from answering each other without end where no header gives them away."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from correspondence import addresses
from correspondence.inbound.registry import inbound
from correspondence.kinds import kinds
from correspondence.models import InboundMail, OutgoingMail
from correspondence.rendering import message_for

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.inbound.parsing import ParsedMail
    from correspondence.inbound.registry import Door

Outcome = InboundMail.Outcome
POSTS_AN_HOUR = 20  # of one person, wherever
ACTS_AN_HOUR = 60  # likewise, with what needs no words
POSTS_IN_TEN_MINUTES = 60  # of all people together, in one conversation
AT_ONCE = timedelta(minutes=2)
MOST_WORDS = 120
OUR_LINK = re.compile(r"/unsubscribe/([a-z2-7]{33,45})/")
# What programs say for people who are away, in the words that people choose for them.
AWAY = re.compile(
    r"(out of (the )?office|automat(ic|ed) (reply|response|message|answer)|auto-?reply|auto-?responder|"
    r"(on|currently on) (annual |parental |maternity |paternity |sick )?(leave|vacation|holidays?)\b|"
    r"(am|are|is|will be) (currently )?(away|absent|unavailable|travell?ing)|limited access to (my )?(e-?mails?|mail)|"
    r"(thank you|thanks) for your (e-?mail|mail|message)[^.]{0,60}(away|back|return|respond|reply|soon|out)|"
    r"(will|shall) (reply|respond|answer|get back)[^.]{0,40}(when|after|on|as soon as)|"
    r"abwesen|nicht im (b[üu]ro|haus)|im urlaub|automatische antwort|wieder erreichbar|au[ßs]er haus|"
    r"absent[e]?s? (du|de|jusqu)|en (cong[ée]s?|vacances|d[ée]placement)|r[ée]ponse automatique|de retour le|"
    r"fuera de (la )?oficina|de vacaciones|respuesta autom[áa]tica|estar[ée] (ausente|fuera)|"
    r"afwezig|met (verlof|vakantie)|niet aanwezig|automatisch antwoord|"
    r"fuori (ufficio|sede)|in ferie|risposta automatica|fora do escrit[óo]rio|de f[ée]rias|resposta autom[áa]tica|"
    r"p[åa] semester|fr[åa]nvarande|na urlopie|nieobecn|odpowied[źz] automatyczna|"
    r"自动回复|不在办公室|休假|外出|自動返信|不在(に|です|通知)|休暇)",
    re.IGNORECASE,
)


def looks_written_by_a_machine(mail: InboundMail, parsed: ParsedMail) -> bool:
    """Whether a short mail that says somebody is away came at once upon one of ours to that person.

    Somebody who really writes so within two minutes finds it waiting on their desk; a program never asks after it.
    """
    words = parsed.new_text
    if len(words.split()) > MOST_WORDS or not AWAY.search(words):
        return False
    just_now = mail.received_at - AT_ONCE
    to_them = OutgoingMail.objects.filter(person=mail.person, created_at__gte=just_now - timedelta(minutes=10))
    return to_them.filter(sent_at__gte=just_now).exists()


def too_many(mail: InboundMail, person: User, door: Door) -> bool:
    """Whether more came from this person within an hour, or to this one thing within minutes, than people write.

    Acts without words (reading, thanking) are short, so more of them are let through; they do not count among what is written.
    """
    now, done = timezone.now(), InboundMail.objects.filter(outcome=Outcome.POSTED)
    lately = done.filter(person=person, received_at__gte=now - timedelta(hours=1))
    if door.wordless:
        return lately.count() >= ACTS_AN_HOUR
    written = ~_without_words()
    if lately.filter(written).count() >= POSTS_AN_HOUR:
        return True
    where: dict[str, Any] = {"recipient": mail.recipient}
    if mail.address is not None:  # an address is one person's, the conversation behind it everybody's
        where = {f"address__{field}": getattr(mail.address, field) for field in ("prefix", "target_type_id", "target_id")}
    return done.filter(written, received_at__gte=now - timedelta(minutes=10), **where).count() >= POSTS_IN_TEN_MINUTES


def _without_words() -> Q:
    """Mails to doors that need none."""
    names = [name for name, door in inbound.items() if door.wordless]
    return reduce(or_, (Q(recipient__startswith=f"{name}{after}") for name in names for after in "+@"), Q(pk=None))


def is_first_of_many(mail: InboundMail) -> bool:
    """Whether nobody was told within the hour that too many came: a program would answer each such word."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    told = InboundMail.objects.filter(person=mail.person, reason=mail.reason, answered=True, received_at__gte=an_hour_ago)
    return not told.exclude(pk=mail.pk).exists()


def is_ours_again(parsed: ParsedMail) -> bool:
    """Whether the mail is one of ours that something sent back under another Message-ID, without the headers that tell a machine's.

    It is recognised by a token of ours in its words, and by holding next to nothing that our mail did not say. Quoted marks are left
    as they are: whoever answers with nothing but a quotation is a person.
    """
    mail = next(filter(None, (addresses.mail_of(token, addresses.UNSUBSCRIBE) for token in _tokens_in(parsed.text))), None)
    if mail is None or mail.kind not in kinds:
        return False
    try:
        ours = _phrases(str(message_for(mail).body))
    except Exception:  # noqa: BLE001  what it spoke of is gone: then it cannot be compared, and goes the way of all mail
        return False
    theirs = _phrases(parsed.text)
    return len(theirs - ours) <= len(theirs) // 20


def _tokens_in(text: str) -> list[str]:
    return list(dict.fromkeys(OUR_LINK.findall(text)))[:5]


def _phrases(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row, however the lines were broken."""
    words = text.split()
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))
