"""What an Ask Me About adds to its thread's page: who hosts it and until when, which questions are answered, and what to do about them.

A page asks twice, however many posts it shows: once for the session, once for the questions of its posts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from discussions.acts import Act, post_acts, post_parts, thread_acts
from discussions.asking import late
from discussions.asking.rules import hosts, may_prepare, runs
from discussions.asking.windows import through, until_in_words
from discussions.models import AskMeAbout, Question, Thread
from discussions.moments import in_words
from discussions.rules import closings, may_answer, may_start
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from discussions.models import Post

KIND = Thread.Kind.ASK_ME_ABOUT


def session_of(reader: User | AnonymousUser, thread: Thread) -> AskMeAbout | None:
    """Return the session of a thread, asked for once a page."""
    if thread.kind != KIND:
        return None
    if "asking_seen" not in thread.__dict__:
        found = AskMeAbout.objects.visible_to(reader).filter(thread=thread.pk).select_related("host__ambassador").with_counts()
        thread.__dict__["asking_seen"] = session = found.first()
        if session is not None:
            session.thread = thread
    seen: AskMeAbout | None = thread.__dict__["asking_seen"]
    return seen


def questions_on(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, list[Question]]:
    """Return the questions of a page's posts by the key of the post, asked for once a page."""
    if thread.kind != KIND or not posts:
        return {}
    if "asking_questions" not in thread.__dict__:
        seen = Question.objects.visible_to(reader).filter(post__in=[post.pk for post in posts]).exclude(status="no question")
        by_post: dict[int, list[Question]] = defaultdict(list)
        for question in seen.select_related("handed_to__ambassador").order_by("number", "pk"):
            by_post[question.post_id or 0].append(question)
        thread.__dict__["asking_questions"] = by_post
    found: dict[int, list[Question]] = thread.__dict__["asking_questions"]
    return found


def head(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """The host, what they know, and how long one can ask."""
    session = session_of(reader, thread)
    if session is None:
        return None
    now = timezone.now()
    looks_after = _looks_after(reader, session)
    return {
        "session": session,
        "through": through(session),
        "is_open": session.is_open,
        "takes_answers": session.takes_answers,
        "answers_until": until_in_words(session.answers_until),
        "opens": in_words(session.opens_at),
        "waiting": getattr(session, "asked") - getattr(session, "answered"),  # noqa: B009  annotated by `with_counts`
        "looks_after": looks_after,
        "may_prepare": session.status in {"preparing", "booked"} and may_prepare(_member(reader), session),
        "may_book": session.status == "preparing" and hosts(_member(reader), session),
        "may_open": session.status in {"preparing", "booked"}
        and hosts(_member(reader), session)
        and session.opens_at <= now < session.closes_at,
    }


def _member(reader: User | AnonymousUser) -> User | None:
    return reader if reader.is_authenticated else None


def _looks_after(reader: User | AnonymousUser, session: AskMeAbout) -> bool:
    """Whether to show the ways of whoever runs it; the page of a thread has read the reader's roles with the space."""
    return runs(_member(reader), session)


def takes_no_more(reader: User, thread: Thread) -> bool:
    """Of a session that is over: from everybody but those who are asked how it went."""
    session = session_of(reader, thread)
    return session is not None and session.status == AskMeAbout.Status.OVER and bool(late.refusal(session, reader))


def foot(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """In the place of the form to answer with: since when it is over, and where one asks now."""
    person = _member(reader)
    if thread.kind != KIND or person is None or not may_answer(person, thread) or not takes_no_more(person, thread):
        return None
    session = session_of(person, thread)
    assert session is not None  # noqa: S101  asked just before
    space = thread.space if thread.space is not None and may_start(person, thread.space) else None
    return {"why": late.why_not(session), "space": space}


def acts_on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """A way to answer each post that asks something; for whoever asked, the states below say enough."""
    session = session_of(reader, thread)
    if session is None or not session.takes_answers:
        return {}
    return {pk: list(_acts(reader, session, asked)) for pk, asked in questions_on(reader, thread, posts).items()}


def _acts(reader: User, session: AskMeAbout, asked: list[Question]) -> Iterable[Act]:
    waiting = [one for one in asked if one.is_pending] or asked
    if waiting[0].asker_id == reader.pk:
        return
    if _looks_after(reader, session):
        url = reverse("discussions:question-list", args=[session.pk])
        yield Act(_("In the queue"), url, icon="list-checks", in_menu=True, weight=12)
    if session.is_open or reader.pk in {session.host_id, waiting[0].handed_to_id}:
        yield Act(
            _("Answer this"), reverse("discussions:question-answer", args=[waiting[0].pk]), icon="reply", in_menu=False, weight=4
        )


def parts_of_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, SafeString]:
    """Below a post, where its questions stand."""
    return {
        pk: mark_safe(render_to_string("discussions/asking/_questions_of_post.html", {"questions": asked}))  # noqa: S308  a template's
        for pk, asked in questions_on(reader, thread, posts).items()
    }


def acts_on_thread(reader: User, thread: Thread) -> Iterable[Act]:
    """The queue and a longer window, for whoever looks after the session."""
    session = session_of(reader, thread)
    if session is None or not _looks_after(reader, session) or session.status in {"preparing", "booked"}:
        return
    yield Act(_("Questions"), reverse("discussions:question-list", args=[session.pk]), icon="list-checks", in_menu=False, weight=5)
    yield Act(
        _("Keep it open longer"), reverse("discussions:ask-me-about-extend", args=[session.pk]), icon="calendar-plus", weight=15
    )


def lift_acts(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """A way to put what a post of an Ask Me About names on the reading list."""
    if thread.kind != KIND:
        return {}
    label = _("Put on the reading list")
    return {
        post.pk: [Act(label, reverse("discussions:reading-item-add", args=[post.pk]), icon="book-open", weight=30)]
        for post in posts
        if post.status == "shown" and post.number > 1
    }


panels.add("ask me about", Panel("thread-head", "discussions/asking/_head.html", head, weight=0))
panels.add("over", Panel("thread-foot", "discussions/asking/_foot.html", foot, weight=20))
closings.add(KIND, takes_no_more)
post_acts.add("ask me about", acts_on_posts)
post_acts.add("reading list", lift_acts)
post_parts.add("ask me about", parts_of_posts)
thread_acts.add("ask me about", acts_on_thread)
