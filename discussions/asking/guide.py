"""What the help mail says of Ask Me About: what one may ask now, and what one is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import Letter, at_our_domain
from correspondence.inbound.guide import MOST, Guide, Offer, guides
from correspondence.models import ReplyAddress
from discussions import rules
from discussions.asking.emails import ANSWERS
from discussions.asking.extracting import short
from discussions.models import AskMeAbout, Question

if TYPE_CHECKING:
    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """First the questions that wait for them, the oldest first; then the sessions that are open."""
    for question in Question.objects.visible_to(person).waiting_for(person).with_cast()[:MOST]:
        where = ReplyAddress.objects.of(ANSWERS, person, question)
        yield Offer(
            _("Answer: %(question)s") % {"question": short(question.text)},
            Letter(at_our_domain(where.local_part), f"Re: {question.session.thread.subject}"),
        )
    for session in AskMeAbout.objects.visible_to(person).open_now().with_cast().exclude(host=person)[:MOST]:
        if rules.may_answer(person, session.thread):
            where = ReplyAddress.objects.of("reply", person, session.thread)
            line = _("Ask %(name)s: %(subject)s") % {"name": session.host, "subject": session.thread.subject}
            yield Offer(line, Letter(at_our_domain(where.local_part), f"Re: {session.thread.subject}"))


guides.add("asking", Guide(gettext_lazy("Ask Me About"), 40, offers))
