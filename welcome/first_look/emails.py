"""What is mailed about first looks: with whom one looks, a reminder, and what was sent in the names of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import rules as talk
from discussions.emails import answered_at
from discussions.footers import Footer
from discussions.models import Thread
from welcome.first_look.answering import answers_of, boxes
from welcome.first_look.sample import Asking, sample
from welcome.models import LookPair

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail

DOOR = "look"


def pair_of(mail: OutgoingMail) -> LookPair | None:
    """Return the pair that a mail speaks of, while its reader sits in it."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = LookPair.objects.of(mail.person).filter(pk=mail.about["pair"])
    found: LookPair | None = rows.select_related("look__space", "look__thread", "look__facilitator").with_people().first()
    return found


def _is_asked(mail: OutgoingMail) -> bool:
    """While there is something to write, and somebody to write it with."""
    pair = pair_of(mail)
    return pair is not None and pair.look.is_open and not pair.is_sent


def _is_told(mail: OutgoingMail) -> bool:
    pair = pair_of(mail)
    return pair is not None and pair.look.is_open


def names_of(pair: LookPair, reader: User) -> str:
    """Those with whom `reader` looks, by their names."""
    names = [seat.person.shown_name for seat in pair.people if seat.person_id != reader.pk and seat.person.is_member]
    return _(" and ").join(names)


def asked_in(pair: LookPair, reader: User) -> list[Asking]:
    """The questions with their numbers, and what stands there; nothing where words stay out of mail."""
    if not may_be_mailed(pair, reader):
        return []
    known = answers_of(pair)
    questions: dict[int, Asking] = {}
    for box in boxes(pair.look):
        asking = questions.setdefault(box.question.pk, Asking(box.question.text))
        answer = known.get((box.question.pk, box.part))
        asking.answers.append((box.number, answer.words if answer else ""))
    return list(questions.values())


def may_be_mailed(pair: LookPair, reader: User) -> bool:
    """Whether a mail to `reader` may hold words of it, or only that there are some."""
    return talk.may_be_mailed_whole(reader, pair.look.thread or Thread(space=pair.look.space))


def ours_in(pair: LookPair) -> str:
    """What the mails say of questions, line by line: wherever a mail program quotes it, it is no answer."""
    return "\n".join([pair.look.title, *pair.look.words.split("\n"), *(question.text for question in pair.look.questions.all())])


def _context(mail: OutgoingMail) -> dict[str, Any]:
    pair = pair_of(mail)
    assert pair is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    look, with_whom = pair.look, names_of(pair, mail.person)
    whole = may_be_mailed(pair, mail.person)
    to = at_our_domain(ReplyAddress.objects.of(DOOR, mail.person, pair).local_part)
    both = _("Your answer is kept for the two of you; “send” lets those who read “%(space)s” read it.") % {"space": look.space.name}
    return {
        "title": look.title if whole else _("First look"),
        "words": look.words if whole else "",
        "with_whom": with_whom,
        "due": date_format(look.due_on, "l j F"),
        "space": look.space.name,
        "asked": asked_in(pair, mail.person),
        "is_sent": pair.is_sent,
        "sent_by": pair.sent_by.shown_name if pair.sent_by else with_whom,
        "missing": _missing(pair),
        "url": settings.SITE_URL + pair.get_absolute_url(),
        "footer": Footer(both, to),
        "by": str(look.facilitator or _("The support team")),
    }


def _missing(pair: LookPair) -> str:
    known = answers_of(pair)
    return ", ".join(str(box.number) for box in boxes(pair.look) if (box.question.pk, box.part) not in known)


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer is one to the questions."""
    reply = answered_at(context["by"], context["footer"].local_part)
    return {"Reply-To": reply["Reply-To"]}


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    url: str = context["url"]
    return url


COMMON: Any = {
    "context": _context,
    "sample": sample,
    "headers": _headers,
    "link": _link,
    "placeholders": ("title", "with_whom", "due", "space", "url"),
    "required": ("url",),
}
kinds.add(
    "first_look_pair",
    Kind(
        name="first_look_pair",
        label=gettext_lazy("First looks that you take with somebody"),
        description=gettext_lazy(
            "When you are to look around here together with somebody, with the questions; answered by mail or here."
        ),
        still_wanted=_is_asked,
        asks=True,
        **COMMON,
    ),
)
kinds.add(
    "first_look_reminder",
    Kind(
        name="first_look_reminder",
        label=gettext_lazy("Reminders of a first look"),
        description=gettext_lazy("Once, two days before the answers of the two of you are wanted, if none are there."),
        still_wanted=_is_asked,
        asks=True,
        **COMMON,
    ),
)
kinds.add(
    "first_look_sent",
    Kind(
        name="first_look_sent",
        label=gettext_lazy("Your partner has sent your first look"),
        description=gettext_lazy("When somebody with whom you look around sends what the two of you found."),
        still_wanted=_is_told,
        **COMMON,
    ),
)
kinds.add(
    "first_look_noted",
    Kind(
        name="first_look_noted",
        label=gettext_lazy("What we read in your mail about a first look"),
        description=gettext_lazy("When you answered by mail: what was understood, and what is still open."),
        still_wanted=_is_told,
        answers_own_words=True,
        **COMMON,
    ),
)
