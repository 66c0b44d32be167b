"""What happens to a question: it comes with a post, waits in the queue, is answered, handed over, or found to be none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import outbox
from discussions import workflow
from discussions.asking import late
from discussions.asking.extracting import questions_of, short
from discussions.asking.rules import is_asked, is_reachable, may_say_more, may_settle
from discussions.models import AskMeAbout, Question
from discussions.words import to_plain
from foundation.models import Community, Via
from foundation.workflow import Transition, anybody, apply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ambassadors.models import User
    from discussions.attachments import Attachment
    from discussions.models import Post, Thread

S = Question.Status
OPEN_ONES = frozenset({S.WAITING, S.HANDED})
ANSWER = Transition("answered a question", OPEN_ONES, S.ANSWERED, anybody)  # whoever may answer has posted by then
PEERS = Transition("called a question answered by others", OPEN_ONES, S.PEERS, may_settle, gettext_lazy("Answered by others"))
DISMISS = Transition("called a post no question", OPEN_ONES, S.NONE, may_settle, gettext_lazy("Not a question"))
REOPEN = Transition("put a question back into the queue", frozenset({S.PEERS, S.NONE, S.ANSWERED}), S.WAITING, may_settle)
HAND_OVER = Transition("handed a question over", OPEN_ONES, S.HANDED, may_settle, gettext_lazy("Hand it over"))


def take_from(post: Post, thread: Thread) -> None:
    """Note what a new post means for the questions: an answer of somebody who is waited for, word of how it went, or new ones."""
    session = AskMeAbout.objects.filter(thread=thread).select_related("host").first()
    if session is None or session.status not in {AskMeAbout.Status.OPEN, AskMeAbout.Status.CLOSED}:
        if session is not None:
            note_update(post, session)
    elif post.answers_id:
        _settle_by(post, session)
    elif post.author is not None and not note_update(post, session) and not is_asked(post.author, session):
        _ask(post, session)


def note_update(post: Post, session: AskMeAbout) -> bool:
    """Note that somebody told how it went, if we had asked them; return whether it was that."""
    asked = Question.objects.filter(session=session, asker=post.author_id, followed_up_at__isnull=False, update=None)
    return bool(post.author_id and asked.update(update=post))


def _settle_by(post: Post, session: AskMeAbout) -> None:
    """An answer settles what waits for its author in the post that it answers: the questions that it quotes, or all, if it quotes none."""
    if note_update(post, session):
        return
    there = list(Question.objects.filter(session=session, post=post.answers_id).select_related("session", "asker"))
    quoted = _one_line("\n".join(line[1:] for line in to_plain(post.body).splitlines() if line.startswith(">")))
    named = [question for question in there if _one_line(question.text)[:200] in quoted]
    for question in named or there:
        if question.status in OPEN_ONES and post.author_id in {question.handed_to_id, session.host_id}:
            _mark_answered(question, post)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ask(post: Post, session: AskMeAbout) -> None:
    """Put the questions of a new post into the queue, and mail each to the host with an address for the answer."""
    found = questions_of(post.body)
    kept = Question.objects.filter(late.TAKEN_UP, session=session, asker=post.author_id).first()
    if kept is not None:  # it had come late, is in the queue since, and the host has been told
        number, text = found[0] if found else (0, kept.text)
        Question.objects.filter(pk=kept.pk).update(post=post, number=number, text=text)
        found = found[1:]
    _put_into_the_queue(post, session, found)


def _put_into_the_queue(post: Post, session: AskMeAbout, found: Sequence[tuple[int, str]]) -> None:
    for number, text in found:
        question = Question.objects.create(
            session=session, post=post, number=number, text=text, asker=post.author, via=post.via, asked_at=post.posted_at
        )
        key = f"asking-question:{question.pk}"
        outbox.post("asking_question", session.host, key=key, wait=Community.seen().time_to_mend, question=question.pk)


def reword(post: Post) -> None:
    """Let the questions of an edited post say what it says now: what it asks besides is asked, what it asks no more is gone from here."""
    words = dict(questions_of(post.body))
    there = {question.number: question for question in Question.objects.filter(post=post)}
    for number, question in there.items():
        text = words.get(number)
        if text is None and question.is_pending:
            question.delete()
        elif question.text != text:  # of one that was answered before, the whole post tells what it was about
            Question.objects.filter(pk=question.pk).update(text=text or short(to_plain(post.body)))
    session = AskMeAbout.objects.filter(thread=post.thread_id).select_related("host").first()
    if session is not None and session.is_open and _may_ask(post, session):
        _put_into_the_queue(post, session, [(number, text) for number, text in words.items() if number not in there])


def _may_ask(post: Post, session: AskMeAbout) -> bool:
    """Whether the words of a post are looked into for questions: not those of an answer, nor of who is to answer, nor of how it went."""
    told = Question.objects.filter(update=post).exists()
    return post.answers_id is None and post.author is not None and not told and not is_asked(post.author, session)


@transaction.atomic
def answer(
    answers: Sequence[tuple[Question, str]],
    *,
    by: User,
    via: Via = Via.WEB,
    quoted: str = "",
    message_id: str = "",
    files: Sequence[Attachment] = (),
) -> list[Post]:
    """Post answers (HTML), those to questions of one post together, each below the words it answers; their askers are told.

    `files` go with the first post. One that came late is posted first, in its asker's name. Raises PermissionDenied when `by` may not answer, PostNotTaken when the
    grace has ended, ValidationError when the asker of a late one has left.
    """
    posts: dict[int, list[tuple[Question, str]]] = {}
    for question, html in answers:
        if question.post_id is None:
            _take_up(question, by)
        posts.setdefault(question.post_id or 0, []).append((question, html))
    mail = {"quoted": quoted, "message_id": message_id}
    return [_answer_post(each, by=by, via=via, files=() if at else files, **mail) for at, each in enumerate(posts.values())]


def _take_up(question: Question, by: User) -> None:
    if by.pk != question.session.host_id or late.take_up(question) is None:
        raise ValidationError(_("Whoever asked this has left: there is nobody to answer."))


def _answer_post(pairs: Sequence[tuple[Question, str]], *, by: User, **door: Any) -> Post:
    """What was asked beside other things is quoted above its answer: readers see what is answered, and so does the queue."""
    question = pairs[0][0]
    alone = Question.objects.filter(post=question.post_id).count() == 1
    body = pairs[0][1] if alone else "".join(_below_its_question(one, html) for one, html in pairs)
    return workflow.reply(question.session.thread, by=by, body=body, is_rich=True, answers=question.post, seen=0, **door)


def _below_its_question(question: Question, html: str) -> str:
    return format_html("<blockquote><p>{}</p></blockquote>", question.text) + html


def _mark_answered(question: Question, post: Post) -> None:
    weeks = question.session.follow_up_weeks
    fields: dict[str, Any] = {"answer": post, "answered_at": post.posted_at, "follow_up_at": _in_weeks(weeks)}
    apply(ANSWER, question, by=post.author, via=Via(post.via), about=question.asker, **fields)
    _tell_the_asker(question, by=post.author)


def _in_weeks(weeks: int) -> Any:
    return timezone.now() + timedelta(weeks=weeks) if weeks else None


def _tell_the_asker(question: Question, by: User | None) -> None:
    """Once an answer, however many of their questions it answers."""
    if question.asker is not None and question.asker != by:
        key = f"asking-answered:{question.asker_id}:{question.answer_id or f'question {question.pk}'}"
        outbox.post("asking_answered", question.asker, key=key, wait=Community.seen().time_to_mend, question=question.pk)


@transaction.atomic
def call_answered_by_peers(question: Question, *, by: User, via: Via = Via.WEB) -> None:
    """Others have answered: it leaves the queue, and its asker is told."""
    weeks = question.session.follow_up_weeks
    apply(PEERS, question, by=by, via=via, about=question.asker, answered_at=timezone.now(), follow_up_at=_in_weeks(weeks))
    _tell_the_asker(question, by=by)


def dismiss(question: Question, *, by: User, via: Via = Via.WEB) -> None:
    """It was no question: it leaves the queue, and stays where it was said."""
    apply(DISMISS, question, by=by, via=via)


def put_back(question: Question, *, by: User, via: Via = Via.WEB) -> None:
    """It is to be answered after all."""
    apply(REOPEN, question, by=by, via=via, answer=None, answered_at=None, follow_up_at=None)


@transaction.atomic
def hand_over(question: Question, to: User, *, word: str = "", by: User, via: Via = Via.WEB) -> None:
    """Point to an ambassador who knows: they are invited once by mail, which they can answer, and the question says whom it waits for.

    Raises ValidationError when they could not answer there, or asked it themselves.
    """
    if to.pk in {question.asker_id, question.handed_to_id, question.session.host_id}:
        raise ValidationError({"to": _("Choose somebody else than whoever asked, or was asked already.")})
    if not is_reachable(question.session.thread, to):
        raise ValidationError({"to": _("They cannot answer in this space: its leader would have to give them a role first.")})
    fields: dict[str, Any] = {"handed_to": to, "handed_by": by, "handed_at": timezone.now(), "word": word.strip()}
    apply(HAND_OVER, question, by=by, via=via, about=to, **fields)
    outbox.post("asking_handed", to, key=f"asking-handed:{question.pk}:{to.pk}", question=question.pk)


def answer_together(answers: Iterable[tuple[Question, str]], *, by: User) -> int:
    """Answer several in one sitting; return how many. One that is no longer to be answered by `by` is refused before any is posted."""
    chosen = [(question, html) for question, html in answers if html]
    for question, _html in chosen:
        if question.post_id is not None and not may_say_more(by, question):
            raise PermissionDenied(_("This question is not yours to answer now."))
    with transaction.atomic():
        answer(chosen, by=by)
    return len(chosen)
