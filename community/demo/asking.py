"""The Ask Me Abouts of the demo: one open, one closed whose host still answers, one to come, one in preparation, one long over."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from discussions import workflow
from discussions.asking import questions, reading, sessions
from discussions.asking.late import keep
from discussions.asking.windows import end_of
from discussions.models import AskMeAbout, Post, Question, Space, Thread
from discussions.words import rich_from_plain
from foundation.models import Via

DATA = Path(__file__).parent / "data" / "asking.toml"


def ask_and_answer() -> None:
    """Let the hosts prepare, open and answer, and everybody ask; then put it all where it belongs in time."""
    for told in tomllib.loads(DATA.read_text(encoding="utf-8"))["sessions"]:
        _hold(told)
    sessions.move_by_the_clock()


def _hold(told: dict[str, Any]) -> None:
    host, space = _called(told["host"]), Space.objects.get(name=told["space"])
    session = sessions.prepare(space, _plan(told), host=host, by=host)
    if told["opened"] > 0:
        if told.get("announced"):
            sessions.book(session, revision=session.revision, by=host)
        return
    sessions.open_session(session, by=host)
    for said in told["posts"]:
        _say(session, said)
    _put_back_in_time(session, told)
    for late in told.get("late", []):
        keep(Thread.objects.get(pk=session.thread_id), _called(late["author"]), rich_from_plain(late["text"].strip()), Via.WEB)
    for named in told.get("reading", []):
        _lift(session, named)


def _plan(told: dict[str, Any]) -> sessions.Plan:
    """Its words, and days in which it can be opened now if it is to be; they are put back afterwards."""
    today, is_to_come = timezone.localdate(), told["opened"] > 0
    return sessions.Plan(
        subject=told["subject"],
        about=told["about"],
        introduction="".join(f"<p>{part.strip()}</p>" for part in told["introduction"].split("\n\n")),
        opening=told["opening"].strip(),
        zone=told["zone"],
        opens_on=today + timedelta(days=told["opened"] if is_to_come else -2),
        opens_time=time(9),
        closes_on=today + timedelta(days=told["closes"] if is_to_come else 2),
    )


def _say(session: AskMeAbout, said: dict[str, Any]) -> None:
    earlier = Post.objects.filter(thread=session.thread, number=said.get("answers", 0)).first()
    post = workflow.reply(session.thread, by=_called(said["author"]), body=said["text"].strip(), answers=earlier)
    if said.get("hand_to") and session.host is not None:
        question = Question.objects.select_related("session__thread__space").get(post=post)
        questions.hand_over(question, _called(said["hand_to"]), word=said["word"], by=session.host)


def _put_back_in_time(session: AskMeAbout, told: dict[str, Any]) -> None:
    """As if it had been opened and everything said when it was."""
    opened = timezone.now() + timedelta(days=told["opened"])
    last_day = timezone.localdate() + timedelta(days=told["closes"])
    closes = end_of(last_day, session.own_zone)
    own = AskMeAbout.objects.filter(pk=session.pk)
    own.update(opens_at=opened, closes_on=last_day, closes_at=closes, answers_until=closes + timedelta(days=session.grace_days))
    hours = {1: 0.0} | {number: said["after"] for number, said in enumerate(told["posts"], start=2)}
    for number, after in hours.items():
        _put(Post.objects.get(thread=session.thread, number=number), opened + timedelta(hours=after), session)
    Thread.objects.filter(pk=session.thread_id).update(started_at=opened)
    session.refresh_from_db()


def _put(post: Post, at: datetime, session: AskMeAbout) -> None:
    told_at = at if at < timezone.now() - timedelta(days=1) else None  # of old ones nobody is mailed now
    Post.objects.filter(pk=post.pk).update(posted_at=at, told_at=told_at)
    Thread.objects.filter(pk=session.thread_id).update(last_post_at=at)
    Question.objects.filter(post=post).update(asked_at=at)
    answered = Question.objects.filter(answer=post)
    answered.update(answered_at=at)
    answered.filter(follow_up_at__isnull=False).update(follow_up_at=at + timedelta(weeks=session.follow_up_weeks))


def _lift(session: AskMeAbout, named: dict[str, Any]) -> None:
    post = Post.objects.get(thread=session.thread, number=named["post"])
    words = {name: named[name] for name in ("title", "writer", "note")}
    item = reading.lift(post, by=_called(named["by"]), **words)
    if named.get("public") and post.author is not None:
        reading.show_to_everybody(item, named=True, by=post.author)


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
