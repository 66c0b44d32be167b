"""Who may do what with an Ask Me About and its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import AskMeAbout, Question, Thread
from discussions.rules import leads, may_answer

if TYPE_CHECKING:
    from ambassadors.models import User

Status = AskMeAbout.Status


def hosts(user: User | None, session: AskMeAbout) -> bool:
    """Whether `user` is the host, and a member still."""
    return user is not None and bool(user.is_member) and session.host_id == user.pk


def runs(user: User | None, session: AskMeAbout) -> bool:
    """Whether `user` looks after it: its host, and whoever leads the space."""
    return hosts(user, session) or leads(user, session.thread.space)


def may_prepare(user: User | None, session: AskMeAbout) -> bool:
    """Until the host has announced it, whoever leads the space may help with the words; from then on they are the host's."""
    return hosts(user, session) or (session.status == Status.PREPARING and leads(user, session.thread.space))


def may_say_more(user: User, question: Question) -> bool:
    """Whether `user` may answer the question: the host and whoever it was handed to until the grace ends, others while it is open."""
    session = question.session
    if question.post_id is None or not may_answer(user, session.thread):
        return False
    return session.is_open or (session.takes_answers and is_asked(user, session))


def is_asked(user: User, session: AskMeAbout) -> bool:
    """Whether answers of `user` are waited for: of the host, and of those to whom a question was handed."""
    return session.host_id == user.pk or Question.objects.filter(session=session, handed_to=user).exists()


def may_settle(user: User | None, question: Question) -> bool:
    """Whether `user` says of a question that others have answered it, that it is none, or who knows: those who run the session."""
    return question.post_id is not None and runs(user, question.session)


def is_reachable(thread: Thread, person: User) -> bool:
    """Whether somebody could answer in the thread if they were asked to."""
    return Thread.objects.visible_to(person).filter(pk=thread.pk).exists() and may_answer(person, thread)
