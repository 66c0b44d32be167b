"""What is mailed about Ask Me Abouts: questions to whoever is to answer, answers to whoever asked, and what the clock says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import footers
from discussions.asking.following_up import has_told
from discussions.asking.sample import sample
from discussions.asking.windows import through, until_in_words
from discussions.by_mail.addresses import READ
from discussions.emails import answered_within
from discussions.labels import labels_of
from discussions.models import AskMeAbout, Post, Question
from discussions.posts.files import files_of
from discussions.quoting import post_for, words_for
from discussions.rules import may_answer

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail
    from discussions.footers import Footer

ANSWERS, UPDATES = "question", "update"
S = Question.Status


def question_of(mail: OutgoingMail) -> Question | None:
    """Return the question that a mail speaks of, while its recipient may read it."""
    if mail.person is None or not mail.person.is_member:
        return None
    found: Question | None = Question.objects.visible_to(mail.person).with_cast().filter(pk=mail.about["question"]).first()
    return found


def _asked(mail: OutgoingMail) -> Question:
    question = question_of(mail)
    assert question is not None  # noqa: S101  asked just before
    return question


def frame_of(question: Question, person: User) -> dict[str, Any]:
    """What each mail about a question says to its reader."""
    asker = question.asker
    return {
        "thread": question.session.thread,
        "subject": question.session.thread.subject,
        "asker": asker if asker and asker.is_credited else _("a former member"),
        "labels": question.post.labels if question.post else labels_of(asker) if asker else [],
        "question": words_for(person, question.session.thread, question.text),
        "number": question.number,
        "url": settings.SITE_URL + question.get_absolute_url(),
        "queue_url": settings.SITE_URL + question.get_absolute_url(),
    }


def foot_of_question(person: User, question: Question, door: str, *, answer: str, post: Post | None = None) -> Footer:
    """The foot of a mail whose answer goes to a question."""
    to = at_our_domain(ReplyAddress.objects.of(door, person, question).local_part)
    thread = question.session.thread
    return footers.of_thread(person, thread, answer=f"{answer} {footers.audience(thread)}", to=to, post=post, acts=(READ,))


def answered_via(context: dict[str, Any], name: str) -> dict[str, str]:
    """From and Reply-To both lead where the foot says; mail programs show it beside the posts of the session."""
    return answered_within(context["thread"], name, context["footer"])


def _waits_for(mail: OutgoingMail) -> bool:
    question = question_of(mail)
    if question is None or mail.person is None or not question.session.takes_answers:
        return False
    return Question.objects.waiting_for(mail.person).filter(pk=question.pk).exists()


def _question_context(mail: OutgoingMail) -> dict[str, Any]:
    question, person = _asked(mail), mail.person
    assert person is not None  # noqa: S101  such a mail goes to somebody
    said = _("Answer this mail to answer the question: your words are posted in the conversation.")
    return frame_of(question, person) | {
        "is_late": question.status == S.LATE,
        "until": until_in_words(question.session.answers_until),
        "word": "",
        "by": "",
        "footer": foot_of_question(person, question, ANSWERS, answer=said, post=question.post),
    }


def _handed_context(mail: OutgoingMail) -> dict[str, Any]:
    question = _asked(mail)
    assert mail.person is not None  # noqa: S101  such a mail goes to somebody
    by = Question.objects.select_related("handed_by").get(pk=question.pk).handed_by
    word = words_for(mail.person, question.session.thread, question.word)
    return _question_context(mail) | {"by": str(by or question.session.host or ""), "word": word}


def _to_the_question(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return answered_via(context, str(context["by"] or context["asker"]))


def answer_for(question: Question, person: User) -> Post | None:
    """The answer, if `person` may read it."""
    posts = Post.objects.visible_to(person).with_author().select_related("thread__space").annotate(files=files_of(person))
    found: Post | None = posts.filter(pk=question.answer_id or 0).first()
    return found


def _answer_is_wanted(mail: OutgoingMail) -> bool:
    question = question_of(mail)
    if question is None or mail.person is None or question.asker_id != mail.person_id:
        return False
    return question.status == S.PEERS or answer_for(question, mail.person) is not None


def _answered_context(mail: OutgoingMail) -> dict[str, Any]:
    question, person = _asked(mail), mail.person
    assert person is not None  # noqa: S101  asked just before
    thread, answer = question.session.thread, answer_for(question, person)
    alike = Question.objects.visible_to(person).filter(asker=person, answer=answer) if answer else None
    texts = list(alike.order_by("number", "pk").values_list("text", flat=True)) if alike is not None else [question.text]
    into = _("Answer this mail to answer in the conversation.")
    quoted = post_for(person, answer)._asdict() if answer else {"text": "", "body": ""}
    return (
        frame_of(question, person)
        | quoted
        | {
            "texts": [words_for(person, thread, text) for text in texts],
            "author": str(answer.author or "") if answer else "",
            "url": settings.SITE_URL + (answer or question).get_absolute_url(),
            "footer": footers.of_post(person, answer) if answer else footers.of_thread(person, thread, answer=into),
        }
    )


def _into_the_thread(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return answered_via(context, str(context["author"] or _asked(mail).session.host or context["subject"]))


def _follow_up_context(mail: OutgoingMail) -> dict[str, Any]:
    question, context = _asked(mail), _answered_context(mail)
    assert mail.person is not None  # noqa: S101  asked just before
    said = _("Answer this mail to tell: your words are added to the conversation.")
    return context | {"footer": foot_of_question(mail.person, question, UPDATES, answer=said)}


def _late_context(mail: OutgoingMail) -> dict[str, Any]:
    question = _asked(mail)
    assert mail.person is not None  # noqa: S101  asked just before
    said = {"through": through(question.session), "until": until_in_words(question.session.answers_until)}
    return frame_of(question, mail.person) | said | {"host": str(question.session.host or "")}


def session_of(mail: OutgoingMail) -> AskMeAbout | None:
    """Return the session that a mail speaks of, while its recipient sees it and it takes questions."""
    if mail.person is None or not mail.person.is_member:
        return None
    found: AskMeAbout | None = (
        AskMeAbout.objects.visible_to(mail.person).open_now().with_cast().filter(pk=mail.about["session"]).first()
    )
    return found


def _closing_context(mail: OutgoingMail) -> dict[str, Any]:
    session = session_of(mail)
    assert session is not None  # noqa: S101  asked just before
    is_host = session.host_id == mail.person_id
    waiting = Question.objects.waiting_for(mail.person).filter(session=session).count() if is_host else 0
    return {
        "thread": session.thread,
        "subject": session.thread.subject,
        "host": str(session.host or ""),
        "through": through(session),
        "is_host": is_host,
        "waiting": waiting,
        "url": settings.SITE_URL + session.get_absolute_url(),
        "footer": None if is_host else _foot_to_ask(mail, session),
    }


def _foot_to_ask(mail: OutgoingMail, session: AskMeAbout) -> Footer:
    assert mail.person is not None  # noqa: S101  callers have asked
    said = _("Answer this mail to ask: your question is posted in the conversation.")
    return footers.of_thread(mail.person, session.thread, answer=f"{said} {footers.audience(session.thread)}")


def _closing_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return {} if context["is_host"] else answered_via(context, str(context["host"] or context["subject"]))


def _follow_up_is_wanted(mail: OutgoingMail) -> bool:
    question = question_of(mail)
    if question is None or mail.person is None or not may_answer(mail.person, question.session.thread):
        return False
    return question.update_id is None and has_told(question) is None


def _follow_up_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return answered_via(context, str(_asked(mail).session.host or context["subject"]))


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context["url"])


KINDS = [
    Kind(
        name="asking_question",
        own_words=True,
        label=gettext_lazy("Questions in your Ask Me About"),
        description=gettext_lazy("Each question that somebody asks you while you host, to be answered by answering the mail."),
        context=_question_context,
        sample=sample,
        still_wanted=_waits_for,
        headers=_to_the_question,
        link=_link,
        placeholders=("subject", "asker", "question", "until", "url"),
        required=("question", "url"),
        answers_own_words=True,
    ),
    Kind(
        name="asking_handed",
        own_words=True,
        label=gettext_lazy("Questions that are handed to you"),
        description=gettext_lazy("When the host of an Ask Me About thinks that you know the answer. Once a question."),
        context=_handed_context,
        sample=sample,
        still_wanted=_waits_for,
        headers=_to_the_question,
        link=_link,
        placeholders=("subject", "asker", "by", "word", "question", "until", "url"),
        required=("question", "url"),
        asks=True,
    ),
    Kind(
        name="asking_answered",
        own_words=True,
        label=gettext_lazy("Answers to your questions"),
        description=gettext_lazy("When a question that you asked in an Ask Me About has an answer."),
        context=_answered_context,
        sample=sample,
        still_wanted=_answer_is_wanted,
        headers=_into_the_thread,
        link=_link,
        placeholders=("subject", "author", "text", "url"),
        required=("url",),
        answers_own_words=True,
    ),
    Kind(
        name="asking_late",
        label=gettext_lazy("Questions of yours that came after the close"),
        description=gettext_lazy("What becomes of a question that you mailed to an Ask Me About when it was closed."),
        context=_late_context,
        sample=sample,
        still_wanted=lambda mail: question_of(mail) is not None,
        link=_link,
        placeholders=("subject", "host", "question", "through", "until", "url"),
        required=("question",),
        optional=False,
    ),
    Kind(
        name="asking_closing",
        label=gettext_lazy("Two days before an Ask Me About closes"),
        description=gettext_lazy("For those you follow with every reply and have not asked anything yet; and when you host one."),
        context=_closing_context,
        sample=sample,
        still_wanted=lambda mail: session_of(mail) is not None,
        headers=_closing_headers,
        link=_link,
        placeholders=("subject", "host", "through", "url"),
        required=("url",),
        asks=True,
    ),
    Kind(
        name="asking_follow_up",
        label=gettext_lazy("How it went with what you asked"),
        description=gettext_lazy("Some weeks after your question was answered, once, if you have not told yet."),
        context=_follow_up_context,
        sample=sample,
        still_wanted=_follow_up_is_wanted,
        headers=_follow_up_headers,
        link=_link,
        placeholders=("subject", "question", "url"),
        required=("question",),
        asks=True,
    ),
]
for kind in KINDS:
    kinds.add(kind.name, kind)
