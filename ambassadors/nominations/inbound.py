"""Nominations that come by mail: the form with answers, a sentence about somebody, what was still missing, and “submit”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.cleaning import clean_line, clean_text
from ambassadors.models import CriteriaEdition, Nomination, User
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.nominations import workflow
from ambassadors.nominations.mail_form import Answers, headings, own_words, read
from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail, ReplyAddress
from foundation.models import Via

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail

PREFIX = "nominate"
FORM_INTRO = gettext_lazy("Write your answers below the lines and send this mail back. Leave out what you do not know yet.")
FORM_HOW = gettext_lazy(
    "We read your answers into a draft that nobody but you sees, and write back what we understood and what is missing."
)
BACK_HOW = gettext_lazy("To add something, answer this mail and write below these lines:")
BACK_SUBMIT = gettext_lazy(
    "Nothing is missing. To hand it over, answer with the word “submit” in the first line, or press the button on its page."
)
Reason = InboundMail.Reason
ANSWER = re.compile(r"^\s*(re|aw|wg|fw|fwd|sv|vs|antw|rif)\s*:\s*", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
REASON_ROOM = 500


def address_of(person: User) -> ReplyAddress:
    """The person's own secret address for nominations, made when it is first needed."""
    return ReplyAddress.objects.of(PREFIX, person, person)


def nominate(delivery: Delivery) -> Nomination:
    """Read one mail: into a new draft or an entry of the prospect list, or into the draft of its address."""
    target = delivery.address.target if delivery.address else None
    if delivery.person is None or not isinstance(target, User | Nomination):
        raise MailNotTaken(Reason.NOT_OPEN)
    if isinstance(target, Nomination):
        return _go_on(target, delivery, delivery.person)
    answers = answers_in(delivery.parsed, delivery.person)
    made = _draft(answers, delivery.person) if answers else _prospect(delivery.parsed, delivery.person)
    _read_back(made, delivery)
    return made


def answers_in(parsed: ParsedMail, person: User) -> Answers:
    """What a mail answers to the form of today."""
    ours = [str(one) for one in (FORM_INTRO, FORM_HOW, BACK_HOW, BACK_SUBMIT)]
    ours.append(_("Dear %(name)s,") % {"name": person.get_short_name()})
    return read(parsed.text, headings(CriteriaEdition.objects.in_force()), "\n".join(ours))


def _draft(answers: Answers, by: User) -> Nomination:
    fields = _acceptable(answers, by)
    fields.setdefault("name", _("A name to come"))
    if answers.unplaced and not fields.get("reason"):
        fields["reason"] = clean_line(answers.unplaced[0])[:REASON_ROOM]
    return workflow.save_draft(None, fields, answers.evidence, by=by, via=Via.MAIL)


def _acceptable(answers: Answers, by: User) -> dict[str, Any]:
    """The answers without an address that may not be put forward; the mail that reads back says why."""
    try:
        workflow.refuse_who_is_here(answers.fields.get("name", ""), answers.fields.get("email", ""), by=by)
    except ValidationError:
        return {name: value for name, value in answers.fields.items() if name != "email"}
    return dict(answers.fields)


def _prospect(parsed: ParsedMail, by: User) -> Nomination:
    """A free mail: its subject is the name, its text the reason. A text too long for a sentence is kept whole beside it."""
    try:
        words, name = clean_text(own_words(parsed.new_text)), clean_line(_subject(parsed.subject))
    except ValidationError as error:
        raise MailNotTaken(Reason.EMPTY) from error
    if not words:
        raise MailNotTaken(Reason.EMPTY)
    if len(words) > WORDS_ROOM:
        raise MailNotTaken(Reason.TOO_LARGE)
    line = clean_line(words)
    name = (name or line)[:120].strip()
    email = _address_in(words, name, by)
    return workflow.drop_prospect(
        name, reason=_cut(line), email=email, by=by, via=Via.MAIL, whole=words if len(line) > REASON_ROOM else ""
    )


def _subject(subject: str) -> str:
    while (bare := ANSWER.sub("", subject)) != subject:
        subject = bare
    return subject


def _address_in(words: str, name: str, by: User) -> str:
    found = ADDRESS.search(words)
    email = found[0].rstrip(".") if found and len(found[0]) <= 254 else ""
    try:
        workflow.refuse_who_is_here(name, email, by=by)
    except ValidationError:
        return ""
    return email


def _cut(line: str) -> str:
    return line if len(line) <= REASON_ROOM else line[: REASON_ROOM - 1].rpartition(" ")[0] + "…"


def _go_on(draft: Nomination, delivery: Delivery, by: User) -> Nomination:
    """Fill what was missing, and submit when the first line says so."""
    if draft.status != Nomination.Status.DRAFT or draft.nominator_id != by.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    answers = answers_in(delivery.parsed, by)
    wants_to_submit = says_submit(delivery.parsed)
    fields = _acceptable(answers, by)
    spare = [words for words in answers.unplaced if not _is_submit(words)]
    if spare and not (fields.get("reason") or draft.reason):
        fields["reason"] = clean_line(spare[0])[:REASON_ROOM]
    if fields or answers.evidence:
        fields = {"name": draft.name, "email": draft.email} | fields
        draft = workflow.save_draft(draft, fields, answers.evidence, by=by, via=Via.MAIL)
    if wants_to_submit and _submitted(draft, by):
        return draft
    _read_back(draft, delivery)
    return draft


def _submitted(draft: Nomination, by: User) -> bool:
    draft.refresh_from_db()
    try:
        workflow.submit(draft, revision=draft.revision, by=by, via=Via.MAIL)
    except ValidationError:
        return False
    return True


def says_submit(parsed: ParsedMail) -> bool:
    """Whether the first line of the writer's own is the word."""
    return _is_submit(own_words(parsed.new_text).partition("\n")[0])


def _is_submit(words: str) -> bool:
    return words.strip(' .!“”"*').casefold() == "submit"


def _read_back(nomination: Nomination, delivery: Delivery) -> None:
    key = f"nomination-read-back:{delivery.mail.pk}"
    outbox.post("nomination_read_back", delivery.person, key=key, nomination=nomination.pk, inbound=delivery.mail.pk)


inbound.add(PREFIX, Door(nominate))
