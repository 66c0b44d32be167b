"""What is mailed about prompts: to those who are asked to answer first, and to everybody when one opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import footers
from discussions.by_mail.addresses import READ
from discussions.emails import answered_at, answered_within, id_of
from discussions.footers import Footer
from discussions.models import Follow, Post, PromptRound, Responder, Thread
from discussions.moments import in_words
from discussions.posts.files import files_of
from discussions.prompts import recalling, rounds, rules
from discussions.prompts.sample import Said, sample
from discussions.quoting import post_for, rich_for, words_for
from foundation.richtext import safe

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail

PREFIX = "prompt"
EARLY_ANSWERS = 7
ROOM_OF_EACH = 8_000  # bytes, of nine posts at most


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


def frame(one: PromptRound, person: User) -> dict[str, Any]:
    """What each mail about a round may say to its reader."""
    return rich_for(person, _place_of(one), safe(one.words), one.words)._asdict() | {
        "title": one.prompt.title,
        "space": one.prompt.space.name,
        "opens": in_words(one.opens_at),
        "early": in_words(one.opens_at - timedelta(hours=one.prompt.private_hours)),
        "zone": timezone.get_current_timezone_name(),
    }


def _place_of(one: PromptRound) -> Thread:
    """Where it is asked: its thread, or one that is still to be begun."""
    return one.thread or Thread(space=one.prompt.space)


def _asked_is_wanted(mail: OutgoingMail) -> bool:
    responder = responder_of(mail)
    return responder is not None and responder.status == Responder.Status.ASKED and responder.round.is_to_come


def _asked_context(mail: OutgoingMail) -> dict[str, Any]:
    responder = responder_of(mail)
    assert responder is not None  # noqa: S101  asked just before
    by, person = str(responder.asked_by or _("The facilitator")), responder.person
    answer = _("Your answer goes to those who run this prompt, %(by)s among them.") % {"by": by}
    return frame(responder.round, person) | {
        "asked_by": by,
        "note": words_for(person, _place_of(responder.round), responder.note),
        "url": settings.SITE_URL + responder.get_absolute_url(),
        "footer": Footer(answer, at_our_domain(ReplyAddress.objects.of(PREFIX, person, responder).local_part)),
    }


def _asked_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the answer: yes, or not this time."""
    return answered_at(context["asked_by"], context["footer"].local_part)


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
    links = _thread_links(responder.round)
    said = _("Answer this mail to answer the prompt. Until it opens only %(author)s and the others who answer first read it.")
    foot = footers.of_thread(mail.person, links["thread"], answer=said % {"author": links["author"]}, acts=(READ,))
    return frame(responder.round, mail.person) | _own_last(mail.person, responder.round) | links | {"footer": foot}


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
    quoted = post_for(person, last, room=ROOM_OF_EACH)
    return {
        "last_text": quoted.text,
        "last_body": quoted.body,
        "last_day": date_format(timezone.localtime(last.posted_at), "j F"),
    }


def _early_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer to the mail is an answer to the prompt; mail programs show all of it as one conversation."""
    return answered_within(context["thread"], context["author"], context["footer"])


def _opened_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    return _early_headers(mail, context) | {"Message-ID": context["message_id"]}


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
    shown = Post.objects.visible_to(mail.person).filter(thread=one.thread, status=Post.Status.SHOWN).with_author()
    posts = shown.select_related("thread__space").annotate(files=files_of(mail.person)).in_order()
    asked, *answers = posts[: EARLY_ANSWERS + 1]
    words = post_for(mail.person, asked, room=ROOM_OF_EACH)._asdict() | {
        "message_id": id_of(asked),
        "footer": footers.of_post(mail.person, asked),
    }
    early = [post for post in answers if post.posted_at <= (one.opened_at or post.posted_at)]
    return (
        frame(one, mail.person)
        | words
        | _own_last(mail.person, one)
        | _thread_links(one)
        | {"answers": [_said(mail.person, post) for post in early]}
    )


def _said(person: User, post: Post) -> Said:
    name = post.author.shown_name if post.author else _("a former member")
    return Said(name, " · ".join(post.labels), *post_for(person, post, room=ROOM_OF_EACH))


def _held_is_wanted(mail: OutgoingMail) -> bool:
    one = round_of(mail)
    return one is not None and one.status == PromptRound.Status.HELD and rules.runs_round(mail.person, one)


def _held_context(mail: OutgoingMail) -> dict[str, Any]:
    one = round_of(mail)
    assert one is not None  # noqa: S101  asked just before
    assert mail.person is not None  # noqa: S101  likewise
    url = settings.SITE_URL + one.get_absolute_url()
    return frame(one, mail.person) | {"missing": rounds.missing(one), "minimum": one.prompt.minimum, "url": url}


kinds.add(
    "prompt_asked",
    Kind(
        name="prompt_asked",
        own_words=True,
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
        own_words=True,
        label=gettext_lazy("Prompts that you answer first"),
        description=gettext_lazy("When you agreed to answer first: the prompt, some hours before everybody else gets it."),
        context=_early_context,
        sample=sample,
        still_wanted=_early_is_wanted,
        headers=_early_headers,
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
        own_words=True,
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
