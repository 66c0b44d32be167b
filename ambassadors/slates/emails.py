"""What is mailed about slates: the slate itself, a word before it closes, what we noted of an answer, and that an answer came late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador, Slate, SlateAnswer, SlateEntry
from ambassadors.slates import rules
from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User
    from correspondence.models import OutgoingMail

PREFIX = "slate"


@dataclass(frozen=True)
class Shown:
    """One nominee as a mail shows them."""

    number: int
    name: str
    text: str
    barred: str = ""


def slate_of(mail: OutgoingMail) -> Slate | None:
    """Return the slate that a mail speaks of, while its reader may see it."""
    if mail.person is None or not mail.person.is_member:
        return None
    found: Slate | None = Slate.objects.visible_to(mail.person).filter(pk=mail.about["slate"]).first()
    return found


def nominees_for(slate: Slate, person: User) -> list[Shown]:
    """Those on the slate at this moment, with the text written for it and nothing else."""
    stepped = rules.stepped_back(person, slate)
    entries = SlateEntry.objects.shown().filter(slate=slate).select_related("nomination").order_by("number")
    return [Shown(one.number, one.nomination.name, one.text, rules.why_barred(person, one, stepped)) for one in entries]


def until(slate: Slate) -> str:
    """The last moment, in the zone that is active: the reader's."""
    assert slate.closes_at is not None  # noqa: S101  the database insists
    return in_words(slate.closes_at)


def in_words(closes_at: datetime) -> str:
    """Return a moment in the zone that is active."""
    moment = timezone.localtime(closes_at)
    return _("%(day)s, %(time)s") % {"day": date_format(moment, "l j F"), "time": date_format(moment, "H:i")}


def answer_address(slate: Slate, person: User) -> str:
    """Where this person's answers to this slate go."""
    return at_our_domain(ReplyAddress.objects.of(PREFIX, person, slate).local_part)


def answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the answers: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def frame_of(slate: Slate, person: User) -> dict[str, Any]:
    """What each mail about a slate says."""
    return {
        "title": slate.title,
        "closes": until(slate),
        "zone": timezone.get_current_timezone_name(),
        "url": settings.SITE_URL + slate.get_absolute_url(),
        "answer_to": answer_address(slate, person),
    }


def _is_open(mail: OutgoingMail) -> bool:
    slate = slate_of(mail)
    return slate is not None and slate.takes_answers and SlateEntry.objects.shown().filter(slate=slate).exists()


def _opened_context(mail: OutgoingMail) -> dict[str, Any]:
    slate = slate_of(mail)
    assert slate is not None  # noqa: S101  asked just before
    assert mail.person is not None  # noqa: S101  likewise
    return _opened(slate.intro, nominees_for(slate, mail.person)) | frame_of(slate, mail.person)


def _opened(intro: str, shown: list[Shown]) -> dict[str, Any]:
    """Its words; `nominees` is all of them as plain text, for a community that words the mail itself."""
    plain = "\n\n".join(f"{one.number}. {one.name}\n{one.text}" for one in shown)
    return {"intro": intro, "shown": shown, "nominees": plain, "example": _example(shown)}


def _example(shown: list[Shown]) -> str:
    """An answer as one may write it, with numbers that are on the slate."""
    kinds_of_answer = [_("yes"), _("no view"), _("concern: …")]
    pairs = zip([one.number for one in shown if not one.barred] or [1], kinds_of_answer, strict=False)
    return ", ".join(f"{number} {words}" for number, words in pairs)


def example_of(slate: Slate, person: User) -> str:
    """The same for one reader, with the first of the numbers that they may answer."""
    return _example(nominees_for(slate, person))


def preview_context(slate: Slate, texts: list[Shown], closes: str) -> dict[str, Any]:
    """The context of the mail as it will look, before there is any."""
    url = settings.SITE_URL + slate.get_absolute_url()
    frame = {"title": slate.title, "closes": closes, "zone": timezone.get_current_timezone_name(), "url": url, "answer_to": ""}
    return _opened(slate.intro, texts) | frame


def _sample_frame() -> dict[str, Any]:
    url = settings.SITE_URL + reverse("ambassadors:slate-detail", args=[7])
    frame = {"title": _("Autumn slate"), "closes": _("Thursday 3 December, 23:59"), "zone": "Europe/Lisbon", "url": url}
    return frame | {"answer_to": "slate+…"}


def _sample_opened() -> dict[str, Any]:
    shown = [
        Shown(1, "Maya Ito", _("She runs a night school that grew because it asked who was missing.")),
        Shown(2, "Tomas Berg", _("He opened the accounts of a harbour to everybody who works there.")),
        Shown(3, "Ada Nwosu", _("She asks foundations to fund what they cannot count.")),
    ]
    return _opened(_("Three people, three ways of asking for results."), shown) | _sample_frame()


def _reminder_is_wanted(mail: OutgoingMail) -> bool:
    """Not to who has said something by now, is away, pausing, or observing for now."""
    if not _is_open(mail) or mail.person is None:
        return False
    said = SlateAnswer.objects.counting().filter(entry__slate=mail.about["slate"], person=mail.person)
    there = Ambassador.objects.available_on(timezone.now()).filter(user=mail.person, is_observing=False)
    return not said.exists() and there.exists()


def _reminder_context(mail: OutgoingMail) -> dict[str, Any]:
    slate = slate_of(mail)
    assert slate is not None  # noqa: S101  asked just before
    assert mail.person is not None  # noqa: S101  likewise
    return frame_of(slate, mail.person)


kinds.add(
    "slate_opened",
    Kind(
        name="slate_opened",
        label=gettext_lazy("People who may join us"),
        description=gettext_lazy(
            "When a slate of nominees is open: who they are, in one mail. Answer it, or read on, or let it be."
        ),
        context=_opened_context,
        sample=_sample_opened,
        still_wanted=_is_open,
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "intro", "nominees", "closes", "zone", "example", "url"),
        required=("nominees", "url"),
        asks=True,
    ),
)
kinds.add(
    "slate_reminder",
    Kind(
        name="slate_reminder",
        label=gettext_lazy("Two days before a slate closes"),
        description=gettext_lazy("Once, if you have not said anything about the nominees. Silence is fine, too."),
        context=_reminder_context,
        sample=_sample_frame,
        still_wanted=_reminder_is_wanted,
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "closes", "zone", "url"),
        required=("url",),
        asks=True,
    ),
)
