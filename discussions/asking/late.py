"""What is asked after the close: it is not posted, not lost either. It is kept for the host, and whoever asked is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import workflow
from discussions.asking.rules import is_asked
from discussions.asking.windows import through, until_in_words
from discussions.models import AskMeAbout, Question, Thread
from discussions.moments import in_words
from discussions.words import rich_from_plain, to_plain
from foundation.models import Via
from foundation.workflow import Transition, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post

S = Question.Status
TAKE_UP = Transition("posted a question that came after the close", frozenset({S.LATE}), S.WAITING, anybody)
TAKEN_UP = Q(post=None, status=S.WAITING)  # as it is while its words are being posted


def gate(thread: Thread, by: User) -> None:
    """Raise PostNotTaken with the reason, where an Ask Me About takes nothing from `by` at this moment."""
    session = AskMeAbout.objects.filter(thread=thread).first()
    if session is not None and (reason := refusal(session, by)):
        raise workflow.PostNotTaken(reason)


def refusal(session: AskMeAbout, by: User) -> str:
    """Until the close nobody is refused, until the grace ends neither host nor those asked by them; later comes only word of how it went."""
    if session.is_open or (session.takes_answers and is_asked(by, session)):
        return ""
    own = Question.objects.filter(session=session, asker=by)
    is_awaited = own.filter(followed_up_at__isnull=False).exists() or own.filter(TAKEN_UP).exists()
    return "" if is_awaited else why_not(session)


def why_not(session: AskMeAbout) -> str:
    """Say why nothing is posted at this moment."""
    if session.status in {AskMeAbout.Status.PREPARING, AskMeAbout.Status.BOOKED}:
        return _("This Ask Me About opens on %(moment)s.") % {"moment": in_words(session.opens_at)}
    if session.takes_answers:
        return _("This Ask Me About was open %(through)s; only answers come until %(moment)s.") % {
            "through": through(session),
            "moment": until_in_words(session.answers_until),
        }
    return _("This Ask Me About is over since %(moment)s. Ask in a conversation of your own: more people will see it.") % {
        "moment": until_in_words(session.answers_until)
    }


def keep(thread: Thread, by: User, html: str, via: Via) -> Question | None:
    """Keep what `by` wrote after the close for the host, while the host still answers; by mail, the answer is an explanation."""
    session = AskMeAbout.objects.filter(thread=thread).select_related("thread").first()
    if session is None or not session.takes_answers or thread.status != Thread.Status.OPEN:
        return None
    with transaction.atomic():
        # Whoever presses twice waits here for the first press, and then finds what it kept.
        AskMeAbout.objects.select_for_update(no_key=True).get(pk=session.pk)
        question, is_new = Question.objects.get_or_create(
            session=session, asker=by, post=None, text=to_plain(html), defaults={"status": S.LATE, "via": via}
        )
        if is_new:
            record("asked after the close", question, by=by, via=via)
            if via == Via.MAIL:
                outbox.post("asking_late", by, key=f"asking-late:{question.pk}", question=question.pk)
            outbox.post("asking_question", session.host, key=f"asking-question:{question.pk}", question=question.pk)
    return question


def post_all(session: AskMeAbout) -> None:
    """Post what came after the close, the oldest first: the session is open again."""
    kept = Question.objects.filter(session=session, status=S.LATE, post=None).order_by("asked_at", "pk")
    for question in kept.select_related("asker", "session__thread"):
        take_up(question)


def take_up(question: Question) -> Post | None:
    """Post a kept question in its asker's name, as the asker was told; None when the asker has left."""
    asker = question.asker
    if asker is None or not asker.is_member:
        return None
    with transaction.atomic():
        apply(TAKE_UP, question, by=None, via=Via.CLOCK, about=asker)  # the gate lets its asker in from here on
        post = workflow.reply(
            question.session.thread, by=asker, body=rich_from_plain(question.text), is_rich=True, via=Via(question.via)
        )
    question.refresh_from_db()
    return post
