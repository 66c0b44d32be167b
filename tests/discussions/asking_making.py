"""Builders for Ask Me Abouts, through the workflow functions."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from ambassadors.models import User
from correspondence.models import ReplyAddress
from discussions import workflow
from discussions.asking import sessions
from discussions.models import AskMeAbout, Question, Space
from tests.discussions import making


def plan(**fields) -> sessions.Plan:
    """A week from yesterday's morning, in UTC."""
    today = timezone.localdate()
    told = {
        "subject": "Ask me about coalitions",
        "about": "Twenty years of coalitions without a budget",
        "introduction": "<p>I have run four of them.</p>",
        "opening": "Who is missing at your table?",
        "zone": "UTC",
        "opens_on": today - timedelta(days=1),
        "opens_time": time(9),
        "closes_on": today + timedelta(days=6),
    }
    return sessions.Plan(**(told | fields))


def prepared(host: User, space: Space | None = None, **fields) -> AskMeAbout:
    return sessions.prepare(space or making.topic(), plan(**fields), host=host, by=host)


def opened(host: User, space: Space | None = None, **fields) -> AskMeAbout:
    """One that is open now."""
    session = prepared(host, space, **fields)
    sessions.open_session(session, by=host)
    return session


def ask(session: AskMeAbout, by: User, words: str = "How do you begin?") -> list[Question]:
    """Let somebody post in the session; return what it asks."""
    post = workflow.reply(session.thread, by=by, body=words)
    return list(Question.objects.filter(post=post).order_by("number"))


def closed(session: AskMeAbout, days: int = 1) -> AskMeAbout:
    """Put its close so many days back, as time would."""
    moment = timezone.now() - timedelta(days=days)
    until = moment + timedelta(days=session.grace_days)
    AskMeAbout.objects.filter(pk=session.pk).update(
        opens_at=moment - timedelta(days=7), closes_at=moment, closes_on=moment.date() - timedelta(days=1), answers_until=until
    )
    session.refresh_from_db()
    return session


def address(prefix: str, person: User, question: Question) -> str:
    """Where this person's mail program sends an answer to this question."""
    return f"{ReplyAddress.objects.of(prefix, person, question).local_part}@mail.example.org"
