"""What answers by mail do: to a community review, to an objection (by those who can answer it), and to an answer (by who objected).

What is certain is noted at once and read back to its writer. What may be an objection, and is not said as one, waits for their word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail, OutgoingMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import CommunityReview, Opinion
from products.window import rules, workflow
from products.window.emails import ANSWER, OBJECTOR, SPEAK
from products.window.saying import BACK, SETTLED, Said, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User

Reason = InboundMail.Reason
K, S = Opinion.Kind, Opinion.Status
HELD = _(
    "It may be an objection, and we do not guess. A “yes” notes it as a suggestion. To object, write again and begin with “object:”."
)
UNCLEAR = _("Begin with “I stand behind it”, with “object:” and what you object to, or with “suggest:” and what you suggest.")
OBJECTED = _("You have objected to it. Begin with “object:” to add words, with “I stand behind it”, or with “take it back”.")
OVER = _("The days of this community review are over, so it was not noted. You can still write to its authors.")
NO_ANSWER = _("Nothing of yours waits for that word any more. What was said stands on its page.")
CHOOSE = _("Write “that answers it”, or “object:” and what it does not answer, in the first line.")
CHANGED = _("Their words have changed since we sent them to you. A “yes” posts your answer all the same; read the page first.")
ANSWERED = _("It has been answered, overridden or taken back in the meantime.")


def note_opinion(delivery: Delivery) -> Opinion:
    """Note what a mail says of an edition that the whole community reads, and read it back to its writer."""
    window, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(window, CommunityReview) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    own = Opinion.objects.filter(window=window, person=person).select_related("window__edition").first()
    said = _meant(delivery, own)
    return _done(delivery, lambda: _noted(window, said, own, person), is_settled=said.kind == SETTLED)


def _meant(delivery: Delivery, own: Opinion | None) -> Said:
    """What the mail means, where that is certain, or its writer gave their word for it."""
    said = read(delivery.parsed.new_text)
    objected = own is not None and own.kind == K.OBJECTS and own.status in {S.OPEN, S.ANSWERED}
    if objected and not said.marked:
        raise MailNotTaken(Reason.NOT_CLEAR, why=str(OBJECTED))
    if said.kind:
        return said
    if not said.words:
        raise MailNotTaken(Reason.NOT_CLEAR, why=str(UNCLEAR))
    if not delivery.confirmed:
        raise MailNotTaken(Reason.NOT_CLEAR, held=True, why=str(HELD))
    return Said(K.SUGGESTS, said.words)


def _noted(window: CommunityReview, said: Said, own: Opinion | None, person: User) -> Opinion:
    if said.kind in {BACK, SETTLED}:
        if own is None:
            raise TransitionRefused("there is nothing to take back")
        (workflow.withdraw if said.kind == BACK else workflow.settle)(own, by=person, via=Via.MAIL)
        return own
    return workflow.speak(window.edition, kind=said.kind, words=_with_those_before(said, own), by=person, via=Via.MAIL)


def _with_those_before(said: Said, own: Opinion | None) -> str:
    """A second mail of the same kind adds to the first: a mail program does not show its writer what they said before."""
    if own is None or own.kind != said.kind or own.status != S.OPEN:
        return said.words
    return own.words if said.words in own.words else f"{own.words}\n\n{said.words}".strip()


def hear_objector(delivery: Delivery) -> Opinion:
    """Whoever got an answer says that it settles what they said, or that it does not."""
    own, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(own, Opinion) or person is None or own.person_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    said = read(delivery.parsed.new_text)
    settles = said.kind == SETTLED or (said.kind == K.STANDS and not said.words)
    if not settles and said.kind not in {BACK, K.OBJECTS}:
        raise MailNotTaken(Reason.NOT_CLEAR, why=str(CHOOSE))

    def heard() -> Opinion:
        if said.kind == K.OBJECTS:
            workflow.reopen(own, said.words, by=person, via=Via.MAIL)
        else:
            (workflow.settle if settles else workflow.withdraw)(own, by=person, via=Via.MAIL)
        return own

    return _done(delivery, heard, is_settled=settles)


def take_answer(delivery: Delivery) -> Opinion:
    """The words of an author or an editor are the answer to the objection that was mailed to them."""
    opinion, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(opinion, Opinion) or person is None:
        raise MailNotTaken(Reason.NOT_OPEN)
    if not rules.may_answer(person, opinion):
        raise MailNotTaken(Reason.NOT_OPEN, why=str(ANSWERED))
    if not delivery.confirmed and not _has_read(person, opinion):
        raise MailNotTaken(Reason.NOT_CLEAR, held=True, why=str(CHANGED))
    try:
        workflow.answer(opinion, delivery.parsed.new_text, by=person, revision=opinion.revision, via=Via.MAIL)
    except (TransitionRefused, PermissionDenied) as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(ANSWERED)) from over
    except ValidationError as wrong:
        raise MailNotTaken(Reason.NOT_CLEAR, why=wrong.messages[0]) from wrong
    return opinion


def _has_read(person: User, opinion: Opinion) -> bool:
    """Whether the last mail about it brought the words of now."""
    mails = OutgoingMail.objects.filter(person=person, kind="objection_raised", about__opinion=opinion.pk)
    told = mails.order_by("-created_at").values_list("created_at", flat=True).first()
    return told is not None and told >= max(moment for moment in (opinion.at, opinion.reopened_at) if moment)


def _done(delivery: Delivery, act: Callable[[], Opinion], *, is_settled: bool) -> Opinion:
    """Do it, and post to its writer what we noted."""
    try:
        opinion = act()
    except TransitionRefused as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=str(NO_ANSWER if is_settled else OVER)) from over
    except ValidationError as wrong:
        raise MailNotTaken(Reason.NOT_CLEAR, why=wrong.messages[0]) from wrong
    key = f"opinion-noted:{delivery.mail.pk}"
    outbox.post("opinion_noted", delivery.person, key=key, opinion=opinion.pk, is_settled=is_settled)
    return opinion


inbound.add(SPEAK, Door(note_opinion))
inbound.add(ANSWER, Door(take_answer))
inbound.add(OBJECTOR, Door(hear_objector))
