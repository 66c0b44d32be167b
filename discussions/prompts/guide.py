"""What the help mail says of prompts: those that are open and not answered yet, and whether one would answer one first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import Letter, at_our_domain
from correspondence.inbound.guide import MOST, Guide, Offer, guides
from correspondence.models import ReplyAddress
from discussions import rules
from discussions.models import Post, PromptRound, Responder, Thread
from discussions.prompts.emails import PREFIX

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User


def offers(person: User) -> Iterator[Offer]:
    """Whoever is asked first says yes or no; everybody answers what is open."""
    asked = Responder.objects.visible_to(person).waiting().filter(person=person).select_related("round__prompt")
    for one in asked.order_by("round__opens_at", "pk")[:MOST]:
        where = at_our_domain(ReplyAddress.objects.of(PREFIX, person, one).local_part)
        title = {"title": one.round.prompt.title}
        yield Offer(_("Would you answer “%(title)s” first? Write yes or no.") % title, Letter(where, one.round.prompt.title))
    for thread, opened_at in _open_to(person):
        if rules.may_answer(person, thread):
            where = at_our_domain(ReplyAddress.objects.of("reply", person, thread).local_part)
            said = {"title": thread.subject, "day": date_format(timezone.localtime(opened_at), "j F")}
            yield Offer(_("Answer “%(title)s” of %(day)s.") % said, Letter(where, f"Re: {thread.subject}"))


def _open_to(person: User) -> list[tuple[Thread, datetime]]:
    said = Post.objects.visible_to(person).filter(thread=OuterRef("thread"), author=person.pk)
    rounds = PromptRound.objects.visible_to(person).filter(~Exists(said), status="open", thread__status="open")
    newest = rounds.select_related("thread__space").order_by("-opened_at", "-pk")[:MOST]
    return [(one.thread, one.opened_at) for one in newest if one.thread is not None and one.opened_at is not None]


guides.add("prompts", Guide(gettext_lazy("Working out loud"), 30, offers))
