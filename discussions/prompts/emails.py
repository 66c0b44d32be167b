"""What is mailed about prompts: to those who are asked to answer first, and to everybody when one opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, person_via_community
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions.emails import id_of
from discussions.models import Follow, Post, PromptRound, Responder, Thread
from discussions.moments import in_words
from discussions.prompts import recalling, rounds, rules
from discussions.rules import may_answer
from discussions.words import to_plain
from foundation.richtext import safe

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from ambassadors.models import User
    from correspondence.models import OutgoingMail

PREFIX = "prompt"
EARLY_ANSWERS = 7


@dataclass(frozen=True)
class Said:
    """One answer as a mail shows it: who, with the role labels of that day, and the words."""

    name: str
    labels: str
    text: str
    body: SafeString | str


def responder_of(mail: OutgoingMail) -> Responder | None:
    """Return who is asked, while they are a member and may know of the round."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = Responder.objects.visible_to(mail.person).filter(pk=mail.about["responder"], person=mail.person)
    found: Responder | None = rows.select_related("round__prompt__space", "round__thread", "asked_by", "person").first()
    return found


def round_of(mail: OutgoingMail) -> PromptRound | None:
    """Return the round that a mail speaks of, while its reader may see it."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = PromptRound.objects.visible_to(mail.person).filter(pk=mail.about["round"])
    found: PromptRound | None = rows.select_related("prompt__space", "prompt__facilitator", "thread__started_by").first()
    return found


def frame(one: PromptRound) -> dict[str, Any]:
    """What each mail about a round may say."""
    return {
        "title": one.prompt.title,
        "space": one.prompt.space.name,
        "text": to_plain(one.words),
        "body": safe(one.words),
        "opens": in_words(one.opens_at),
        "early": in_words(one.opens_at - timedelta(hours=one.prompt.private_hours)),
        "zone": timezone.get_current_timezone_name(),
    }


def _asked_is_wanted(mail: OutgoingMail) -> bool:
    responder = responder_of(mail)
    return responder is not None and responder.status == Responder.Status.ASKED and responder.round.is_to_come


def _asked_context(mail: OutgoingMail) -> dict[str, Any]:
    responder = responder_of(mail)
    assert responder is not None  # noqa: S101  asked just before
    return frame(responder.round) | {
        "asked_by": str(responder.asked_by or _("The facilitator")),
        "note": responder.note,
        "url": settings.SITE_URL + responder.get_absolute_url(),
        "answer_to": at_our_domain(ReplyAddress.objects.of(PREFIX, responder.person, responder).local_part),
    }


def _asked_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the answer: yes, or not this time."""
    local_part = context["answer_to"].partition("@")[0]
    return {
        "From": person_via_community(context["asked_by"], local_part),
        "Reply-To": formataddr((context["asked_by"], context["answer_to"])),
    }


def _early_is_wanted(mail: OutgoingMail) -> bool:
    """Until the round opens, to who agreed and has not answered yet."""
    responder = responder_of(mail)
    return (
        responder is not None
        and responder.status == Responder.Status.ACCEPTED
        and responder.round.is_to_come
        and _thread_for(mail, responder.round) is not None
    )


def _early_context(mail: OutgoingMail) -> dict[str, Any]:
    responder = responder_of(mail)
    assert responder is not None  # noqa: S101  asked just before
    assert mail.person is not None  # noqa: S101  likewise
    return frame(responder.round) | _own_last(mail.person, responder.round) | _thread_links(responder.round)


def _thread_for(mail: OutgoingMail, one: PromptRound) -> Thread | None:
    assert mail.person is not None  # noqa: S101  callers have asked
    found: Thread | None = Thread.objects.visible_to(mail.person).filter(pk=one.thread_id or 0).first()
    return found


def _thread_links(one: PromptRound) -> dict[str, Any]:
    assert one.thread is not None  # noqa: S101  it has begun
    name = str(one.thread.started_by or _("The facilitator"))
    return {"thread": one.thread, "author": name, "url": settings.SITE_URL + one.thread.get_absolute_url()}


def _own_last(person: User, one: PromptRound) -> dict[str, Any]:
    """The reader's own last answer, where they want to be reminded of it: in nobody else's mail."""
    last = recalling.own_last_answer(person, one)
    if last is None:
        return {"last_text": "", "last_body": "", "last_day": ""}
    return {
        "last_text": to_plain(last.body),
        "last_body": last.shown,
        "last_day": date_format(timezone.localtime(last.posted_at), "j F"),
    }


def answers_go_to_the_thread(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer to the mail is an answer to the prompt; mail programs show all of it as one conversation."""
    assert mail.person is not None  # noqa: S101  a prompt always goes to somebody
    local_part = ReplyAddress.objects.of("reply", mail.person, context["thread"]).local_part
    return {
        "From": person_via_community(context["author"], local_part),
        "Reply-To": formataddr((context["author"], at_our_domain(local_part))),
        "References": f"<thread-{context['thread'].pk}@{settings.MAIL_DOMAIN}>",
    }


def _opened_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return answers_go_to_the_thread(mail, context) | {"Message-ID": context["message_id"]}


def _opened_is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: the reader still reads the space and has not muted the thread."""
    one = round_of(mail)
    thread = _thread_for(mail, one) if one is not None else None
    if mail.person is None or thread is None or thread.status not in {Thread.Status.OPEN, Thread.Status.LOCKED}:
        return False
    muted = Follow.objects.filter(thread=thread, person=mail.person, level=Follow.Level.MUTED)
    return Post.objects.visible_to(mail.person).filter(thread=thread, number=1).exists() and not muted.exists()


def _opened_context(mail: OutgoingMail) -> dict[str, Any]:
    one = round_of(mail)
    assert one is not None  # noqa: S101  asked just before
    assert mail.person is not None  # noqa: S101  likewise
    assert one.thread is not None  # noqa: S101  it is open
    posts = Post.objects.visible_to(mail.person).filter(thread=one.thread, status=Post.Status.SHOWN).with_author().in_order()
    asked, *answers = posts[: EARLY_ANSWERS + 1]
    words = {"text": to_plain(asked.body), "body": asked.shown, "message_id": id_of(asked)}
    early = [post for post in answers if post.posted_at <= (one.opened_at or post.posted_at)]
    return (
        frame(one)
        | words
        | _own_last(mail.person, one)
        | _thread_links(one)
        | {"answers": [_said(post) for post in early], "can_answer": may_answer(mail.person, one.thread)}
    )


def _said(post: Post) -> Said:
    name = post.author.shown_name if post.author else _("a former member")
    return Said(name, " · ".join(post.labels), to_plain(post.body), post.shown)


def _held_is_wanted(mail: OutgoingMail) -> bool:
    one = round_of(mail)
    return one is not None and one.status == PromptRound.Status.HELD and rules.runs_round(mail.person, one)


def _held_context(mail: OutgoingMail) -> dict[str, Any]:
    one = round_of(mail)
    assert one is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + one.get_absolute_url()
    return frame(one) | {"missing": rounds.missing(one), "minimum": one.prompt.minimum, "url": url}


def sample() -> dict[str, Any]:
    """An invented round, with all that any of the mails may say."""
    text = _("One to three things that you are working on this week. A line each is plenty.")
    answer = _("Two interviews, and the board paper that I keep putting off.")
    said = Said("Maya Ito", _("Practitioner"), answer, answer)
    return {
        "title": _("What is on your bench?"),
        "space": _("Working out loud"),
        "text": text,
        "body": text,
        "opens": _("Thursday 3 December, 09:00"),
        "early": _("Thursday 3 December, 06:00"),
        "zone": "Europe/Lisbon",
        "asked_by": "Tomas Berg",
        "author": "Tomas Berg",
        "note": _("Your story of the night school would get others going."),
        "rests": False,
        "missing": 1,
        "minimum": 2,
        "last_text": _("A survey in four questions."),
        "last_body": _("A survey in four questions."),
        "last_day": _("19 November"),
        "answers": [said],
        "can_answer": True,
        "thread": {"subject": _("What is on your bench?")},
        "url": settings.SITE_URL + reverse("discussions:prompt-detail", args=[7]),
        "answer_to": "prompt+…",
    }


kinds.add(
    "prompt_asked",
    Kind(
        name="prompt_asked",
        label=gettext_lazy("Requests to answer a prompt first"),
        description=gettext_lazy("When a facilitator would like you to be among the first to answer. Yes, or not this time."),
        context=_asked_context,
        sample=sample,
        still_wanted=_asked_is_wanted,
        headers=_asked_headers,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "text", "opens", "early", "zone", "asked_by", "note", "url"),
        required=("url",),
        asks=True,
    ),
)
kinds.add(
    "prompt_early",
    Kind(
        name="prompt_early",
        label=gettext_lazy("Prompts that you answer first"),
        description=gettext_lazy("When you agreed to answer first: the prompt, some hours before everybody else gets it."),
        context=_early_context,
        sample=sample,
        still_wanted=_early_is_wanted,
        headers=answers_go_to_the_thread,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "text", "opens", "zone", "url"),
        required=("text", "url"),
        answers_own_words=True,
    ),
)
kinds.add(
    "prompt_opened",
    Kind(
        name="prompt_opened",
        label=gettext_lazy("Working out loud"),
        description=gettext_lazy("A prompt of your spaces, with the first answers. Answer the mail, and you have taken part."),
        context=_opened_context,
        sample=sample,
        still_wanted=_opened_is_wanted,
        headers=_opened_headers,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "text", "author", "url"),
        required=("text", "url"),
    ),
)
kinds.add(
    "prompt_held",
    Kind(
        name="prompt_held",
        label=gettext_lazy("A prompt of yours waits"),
        description=gettext_lazy("For whoever runs a prompt: when too few agreed to answer first, and it did not open."),
        context=_held_context,
        sample=sample,
        still_wanted=_held_is_wanted,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "opens", "zone", "missing", "minimum", "url"),
        required=("url",),
        answers_own_words=True,
    ),
)
