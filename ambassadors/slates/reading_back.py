"""What we write to somebody who answered by mail: what was noted, what was not, and that it came too late to count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Slate, SlateAnswer, SlateEntry
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.slates import answers, rules
from ambassadors.slates.emails import answered_there, frame_of, slate_of
from ambassadors.slates.inbound import reading_of
from ambassadors.slates.reading import Reading, Unread, Why
from correspondence.addresses import in_answer_to
from correspondence.inbound.emails import mail_of
from correspondence.kinds import Kind, kinds

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import InboundMail, OutgoingMail

SENTENCES = {
    Why.NOT_READ: gettext_lazy("We could not read this with certainty, and we do not guess. It is not noted:"),
    Why.NO_WORDS: gettext_lazy(
        "Is this a concern? Say in a few words what it is, and it goes to the vetting leads alone; or “no view”. It is not noted yet:"
    ),
    Why.TWO_WAYS: gettext_lazy("Here you say two things of one nominee. Which one holds? Neither is noted:"),
    Why.NO_SUCH: gettext_lazy("There is nobody with such a number on this slate. It is not noted:"),
    Why.BESIDE: gettext_lazy("Only answers and concerns are kept. These words beside an answer reach nobody:"),
}


def _is_wanted(mail: OutgoingMail) -> bool:
    """While its writer may see the slate, and we still have their words."""
    return slate_of(mail) is not None and mail_of(mail) is not None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    """Read the mail once more: neither its words nor its reading are kept anywhere else."""
    slate, letter = slate_of(mail), mail_of(mail)
    assert slate is not None  # noqa: S101  asked just before
    assert letter is not None  # noqa: S101  likewise
    assert mail.person is not None  # noqa: S101  likewise
    parsed = letter.parsed()
    reading = reading_of(slate, parsed)
    lines = _noted(slate, mail.person, is_late=mail.kind == "slate_answers_late", since=letter)
    return frame_of(slate, mail.person) | _told(lines, _unread(reading), _notes(slate, reading, mail.person), parsed.message_id)


def _told(noted: list[dict[str, str]], unread: list[dict[str, str]], notes: list[str], message_id: str) -> dict[str, Any]:
    plain = "\n".join(f"{one['number']} {one['name']}: {one['answer']}" for one in noted)
    has_concern = any(one["concern"] for one in noted)
    return {"has_concern": has_concern, "noted": noted, "unread": unread, "notes": notes, "message_id": message_id, "plain": plain}


def _noted(slate: Slate, person: User, *, is_late: bool, since: InboundMail) -> list[dict[str, str]]:
    """All that the person has said in time and that holds now; of what came late, what this mail said."""
    rows = SlateAnswer.objects.visible_to(person).filter(entry__slate=slate, person=person, is_late=is_late)
    rows = rows.filter(at__gte=since.received_at) if is_late else rows
    found = rows.select_related("entry__nomination", "concern").order_by("entry__number")
    return [
        {
            "number": str(row.entry.number),
            "name": row.entry.nomination.name,
            "answer": _in_words(row.answer),
            "concern": row.concern.text if row.concern else "",
        }
        for row in found
        if not answers.is_gone(row.entry, slate)
    ]


def _in_words(answer: str) -> str:
    words = {"support": _("you support it"), "no view": _("you have no view"), "concern": _("you have a concern")}
    return words[answer]


def _unread(reading: Reading) -> list[dict[str, str]]:
    return [{"why": str(SENTENCES[one.why]), "words": one.words} for one in _shortest(reading.unread)]


def _shortest(unread: tuple[Unread, ...]) -> list[Unread]:
    """Questions first: what was noted all the same comes last."""
    return sorted(unread, key=lambda one: one.why == Why.BESIDE)


def _notes(slate: Slate, reading: Reading, person: User) -> list[str]:
    """Why some answers were not taken, though they were read."""
    stepped = rules.stepped_back(person, slate)
    said = {one.number: one for one in reading.answers}
    notes = []
    for entry in SlateEntry.objects.filter(slate=slate, number__in=said).select_related("nomination").order_by("number"):
        number = f"{entry.number}: "
        if reason := rules.why_barred(person, entry, stepped):
            notes.append(number + reason)
        elif answers.is_gone(entry, slate):
            notes.append(number + _("they have left this slate in the meantime, so nothing is asked about them any more."))
        elif len(said[entry.number].concern) > WORDS_ROOM:
            notes.append(
                number + _("your concern is longer than we can keep. Please shorten it, or ask the vetting leads to ring you.")
            )
    return notes


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """Answering it leads to the answers again, and it stands below the mail that it speaks of."""
    return answered_there(mail, context) | in_answer_to(context["message_id"])


def _sample() -> dict[str, Any]:
    noted = [
        {"number": "1", "name": "Maya Ito", "answer": _("you support it"), "concern": ""},
        {
            "number": "3",
            "name": "Ada Nwosu",
            "answer": _("you have a concern"),
            "concern": _("I would like to talk about last year."),
        },
    ]
    unread = [{"why": str(SENTENCES[Why.NO_WORDS]), "words": "2 no"}]
    url = settings.SITE_URL + reverse("ambassadors:slate-detail", args=[7])
    frame = {"title": _("Autumn slate"), "closes": _("Thursday 3 December, 23:59"), "zone": "Europe/Lisbon", "url": url}
    return frame | {"answer_to": "slate+…"} | _told(noted, unread, [], "")


for name, label in (
    ("slate_answers_read", gettext_lazy("What we noted of your answers to a slate")),
    ("slate_answers_late", gettext_lazy("Your answers to a slate came after its close")),
):
    kinds.add(
        name,
        Kind(
            name=name,
            label=label,
            context=_context,
            sample=_sample,
            still_wanted=_is_wanted,
            optional=False,
            headers=_headers,
            link=lambda mail, context: str(context["url"]),
            placeholders=("title", "plain", "closes", "url"),
            required=("plain", "url"),
        ),
    )
