"""What an answer to a mail about one's first weeks does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from ambassadors import workflow as people
from ambassadors.cleaning import clean_text
from ambassadors.commitments import workflow as commitments
from ambassadors.models import CommitmentsEdition, ProfileQuestion
from ambassadors.models.ambassador import BIO_ROOM
from ambassadors.workflow.questions import question_ask
from correspondence import outbox, preferences
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from welcome.models import Onboarding
from welcome.onboarding import workflow
from welcome.onboarding.due import REMINDER
from welcome.onboarding.emails import AFFIRM, WEEKS, word_of
from welcome.onboarding.registry import in_order
from welcome.onboarding.standing import standing_of
from welcome.onboarding.words import LATER, Asked, Did, understood

if TYPE_CHECKING:
    from ambassadors.models import User

Reason = InboundMail.Reason
I_AFFIRM = re.compile(r"^\W*(yes,?\s+)?(i\s+)?affirm(\s+(them|these|this|it|the commitments|all of them))?\W*$", re.IGNORECASE)


def answer_reminder(delivery: Delivery) -> Model | None:
    """Skip, put off, stop, or do by mail what can be done by mail; whatever is not understood goes back with what would work."""
    own = delivery.address.target if delivery.address else None
    if not isinstance(own, Onboarding) or delivery.person is None or own.person_id != delivery.person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    asked = understood(delivery.parsed.new_text, {word_of(step): step.name for step in in_order()})
    if asked.did == Did.UNCLEAR:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_what_works(own))
    _carry_out(asked, own, delivery)
    return own


def _carry_out(asked: Asked, own: Onboarding, delivery: Delivery) -> None:
    person = delivery.person
    assert person is not None  # noqa: S101  asked just before
    if asked.did in {Did.SKIP, Did.SKIP_ALL}:
        names = asked.names or tuple(step.name for step in standing_of(own).left)
        done = workflow.skip(own, names, by=person, via=Via.MAIL)
        _tell(delivery, own, "skip" if done else "nothing", done or names)
    elif asked.did == Did.LATER:
        workflow.put_off(own, by=person)
        _tell(delivery, own, "later")
    elif asked.did == Did.STOP:
        preferences.choose(person, REMINDER, wanted=False)
        _tell(delivery, own, "stop")
    elif asked.did == Did.ABOUT:
        _keep_words(asked.words, person)
        _tell(delivery, own, "about")
    else:
        here = [name for name in asked.names if not _done_by_mail(name, person, delivery)]
        if here:
            _tell(delivery, own, "do", here)


def _tell(delivery: Delivery, own: Onboarding | None, did: str, names: list[str] | tuple[str, ...] = ()) -> None:
    """Say what was done: no answer goes into a void."""
    key, pk = f"first-weeks-noted:{delivery.mail.pk}", own.pk if own else None
    outbox.post("first_weeks_noted", delivery.person, key=key, onboarding=pk, did=did, names=list(names))


def _done_by_mail(name: str, person: User, delivery: Delivery) -> bool:
    """Send what the step is done with, where an answer by mail can do it."""
    if name == "profile":
        return question_ask(person.ambassador, by=person, via=Via.MAIL) is not None
    edition = CommitmentsEdition.objects.current() if name == "affirm" else None
    if edition is None:
        return False
    outbox.post("commitments_to_affirm", person, key=f"commitments-to-affirm:{delivery.mail.pk}", edition=edition.pk)
    return True


def _keep_words(words: str, person: User) -> None:
    """A draft of “ask me about”, as an answer to the question about it would be."""
    try:
        cleaned = clean_text(words)
    except ValidationError as error:
        raise MailNotTaken(Reason.EMPTY) from error
    if len(cleaned) > BIO_ROOM:
        raise MailNotTaken(Reason.TOO_LARGE)
    field = ProfileQuestion.Field.ASK_ME_ABOUT
    question, _is_new = ProfileQuestion.objects.get_or_create(
        person=person, field=field, defaults={"status": ProfileQuestion.Status.ASKED}
    )
    people.question_answer(question, cleaned, by=person)


def _what_works(own: Onboarding) -> str:
    left = standing_of(own).left
    word = word_of(left[0]) if left else "profile"
    return _(
        "We did not find in it what to do with your first steps. One of these alone in the first line would work: "
        "“skip %(word)s”, “skip all”, “later”, “stop”; or “profile:” and what people could ask you about. "
        "If you meant to write to people: the support team reads what is sent to its own address."
    ) % {"word": word}


def answer_commitments(delivery: Delivery) -> Model:
    """Affirm the edition that was mailed, on the words “I affirm”; a newer one is not affirmed by them."""
    edition, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(edition, CommitmentsEdition) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    first = next((line.strip() for line in delivery.parsed.new_text.splitlines() if line.strip()), "")
    affirms, puts_aside = bool(I_AFFIRM.match(first)), _puts_aside(first)
    if not affirms and not puts_aside:
        why = _("To affirm the commitments, write “I affirm” in the first line; to leave it for now, “not now”.")
        raise MailNotTaken(Reason.NOT_CLEAR, why=why)
    try:
        (commitments.affirm if affirms else commitments.set_aside)(person.ambassador, edition, by=person, via=Via.MAIL)
    except ValidationError as newer:
        raise MailNotTaken(Reason.NOT_OPEN, why=newer.messages[0]) from newer
    _tell(delivery, Onboarding.objects.filter(person=person).first(), "affirmed" if affirms else "set aside")
    return edition


def _puts_aside(line: str) -> bool:
    return tuple(re.findall(r"\w+", line.casefold())) in LATER or (bool(line) and said_in(line) == Word.NO)


inbound.add(WEEKS, Door(answer_reminder))
inbound.add(AFFIRM, Door(answer_commitments))
