"""What is mailed to whoever asked for it by mail. All is read anew when it is sent: what they may no longer read is not mailed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from correspondence.addresses import HELP, Letter, at_our_domain, in_answer_to
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail
from discussions import footers, rules
from discussions.by_mail import reading, words
from discussions.by_mail.addresses import FOLLOW, MUTE, READ, REPLY, THANK, address, of_oneself, of_post, of_space, of_thread
from discussions.emails import post_of
from discussions.following.levels import standing_to_space, standing_to_thread
from discussions.following.recipients import readers_of
from discussions.footers import Act, Footer
from discussions.models import Participant, Space, Thanks, Thread

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail, ReplyAddress


def thread_of(mail: OutgoingMail) -> Thread | None:
    """The thread that the mail speaks of, if its recipient may still read it."""
    if mail.person is None:
        return None
    found: Thread | None = Thread.objects.visible_to(mail.person).select_related("space").filter(pk=mail.about["thread"]).first()
    return found


def space_of(mail: OutgoingMail) -> Space | None:
    """The space that it speaks of, likewise."""
    found: Space | None = Space.objects.read_by(mail.person).filter(pk=mail.about["space"]).first() if mail.person else None
    return found


def read_thread_context(mail: OutgoingMail) -> dict[str, Any]:
    """A page of posts, each with where one thanks for it and writes to its author alone, and what one does with the thread."""
    thread, person = thread_of(mail), mail.person
    assert thread is not None and person is not None  # noqa: S101, PT018  asked just before
    row, posts = of_thread(person, thread), reading.posts_of(person, thread, mail.about["before"])
    first = posts[0].number if posts else 1
    return {
        "thread": thread,
        "where": thread.space.name if thread.space else _("a private conversation"),
        "posts": posts,
        "is_whole": rules.may_be_mailed_whole(person, thread),
        "is_kept_out": rules.kept_out_of_mail(thread.space),
        "first": first,
        "last": posts[-1].number if posts else 1,
        "earlier": reading.earlier(row, thread.subject, first) if first > 1 else None,
        "footer": _foot_of_thread(person, thread, row),
        "url": reading.url_of(thread),
    }


def _foot_of_thread(person: User, thread: Thread, row: ReplyAddress) -> Footer:
    """An answer goes into the thread where its reader may answer; else it brings help."""
    acts = reading.acts_on(row, thread.subject)
    if not rules.finds_form(person, thread):
        return _foot(*acts)
    if thread.space is None:
        readers = footers.who_reads([one.person for one in _others_in(thread, person)])
    else:
        readers = footers.audience(thread)
    return Footer(f"{_('Answer this mail to answer.')} {readers}", address(row, REPLY), acts=acts)


def _others_in(thread: Thread, person: User) -> Iterable[Participant]:
    others: Iterable[Participant] = Participant.objects.filter(thread=thread).exclude(person=person).select_related("person")
    return others


def _foot(*acts: Act) -> Footer:
    """The foot of a mail to which nothing is to be answered."""
    return Footer(_("An answer to this mail brings you a list of all you can do by mail."), at_our_domain(HELP), acts=acts)


def read_space_context(mail: OutgoingMail) -> dict[str, Any]:
    """The conversations of a space, twenty at a time."""
    space, person = space_of(mail), mail.person
    assert space is not None and person is not None  # noqa: S101, PT018  asked just before
    row, lines = of_space(person, space), reading.threads_of(person, space, mail.about["before"])
    return {"space": space, "lines": [one for one, _pk in lines], "url": reading.url_of(space)} | {
        "start": reading.letter(row, "space") if rules.may_start(person, space) else None,
        "footer": _foot(*reading.acts_on(row, space.name)),
        "earlier": reading.earlier(row, space.name, lines[-1][1]) if len(lines) == reading.THREADS_A_MAIL else None,
    }


def read_all_context(mail: OutgoingMail) -> dict[str, Any]:
    """What is new, and where one can look for more."""
    person = mail.person
    assert person is not None  # noqa: S101  asked just before
    row = of_oneself(person)
    return {
        "number": Thread.objects.visible_to(person).listed().unread_by(person).count(),
        "lines": [one for one, _pk in reading.unread_of(person)],
        "spaces": reading.spaces_of(person),
        "private": reading.letter(row, "private"),
        "footer": _foot(reading.act(_("Mail this again"), reading.letter(row, READ, subject=_("Read: what is new")))),
    }


def done_context(mail: OutgoingMail) -> dict[str, Any]:
    """One sentence on how things stand now, and how to have it otherwise."""
    sentence, undo = _of_thanks(mail) if mail.about["act"] == THANK else _of_following(mail)
    return {"sentence": sentence, "undo": undo, "unsaid": unsaid_of(mail), "footer": _foot()}


def unsaid_of(mail: OutgoingMail) -> str:
    """Words of the recipient's own that went to nobody, while we have them."""
    own = (
        InboundMail.objects.visible_to(mail.person).filter(pk=mail.about["inbound"])
        if mail.person and "inbound" in mail.about
        else ()
    )
    return "".join(words.unsaid_in(one.parsed()) for one in own)


def _of_thanks(mail: OutgoingMail) -> tuple[str, Letter]:
    post, person = post_of(mail), mail.person
    assert post is not None and person is not None  # noqa: S101, PT018  asked just before
    said = {"author": post.author_name, "subject": post.thread.subject}
    row, subject = of_post(person, post), _("Thank you: %(subject)s") % said
    if Thanks.objects.filter(post=post, person=person).exists():
        sentence = _("You thanked %(author)s for a post in “%(subject)s”. Nobody else sees it.") % said
        return sentence, reading.letter(row, THANK, subject=subject, words="take it back")
    return _("Your thanks to %(author)s for a post in “%(subject)s” are taken back.") % said, reading.letter(
        row, THANK, subject=subject
    )


def _of_following(mail: OutgoingMail) -> tuple[str, Letter]:
    thing = thread_of(mail) if "thread" in mail.about else space_of(mail)
    assert thing is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    if isinstance(thing, Thread):
        row, standing, name = of_thread(mail.person, thing), standing_to_thread(mail.person, thing), thing.subject
    else:
        row, standing, name = of_space(mail.person, thing), standing_to_space(mail.person, thing), thing.name
    sentence = _("Of “%(name)s” you hear: %(how_much)s.") % {"name": name, "how_much": standing.shown}
    words = "stop" if standing.level else "every"
    return sentence, reading.letter(row, FOLLOW, subject=_("Follow: %(subject)s") % {"subject": name}, words=words)


def begun_context(mail: OutgoingMail) -> dict[str, Any]:
    """Where the conversation stands that its reader began, and who reads it."""
    thread, person = thread_of(mail), mail.person
    assert thread is not None and person is not None  # noqa: S101, PT018  asked just before
    row = of_thread(person, thread)
    return {"sentence": _who_reads(thread, person), "url": reading.url_of(thread), "footer": _foot()} | {
        "subject": thread.subject,
        "more": reading.letter(row, REPLY, subject=f"Re: {thread.subject}"),
    }


def _who_reads(thread: Thread, person: User) -> str:
    if thread.space is None:
        names = ", ".join(one.person.shown_name for one in _others_in(thread, person))
        said = {"subject": thread.subject, "names": names}
        return _("“%(subject)s” is with %(names)s, and nobody else can read it.") % said
    number = readers_of(thread.space).count()
    sentence = ngettext(
        "“%(subject)s” stands in “%(space)s”. One person can read it.",
        "“%(subject)s” stands in “%(space)s”. %(number)s people can read it.",
        number,
    )
    return sentence % {"subject": thread.subject, "space": thread.space.name, "number": number}


def is_there(mail: OutgoingMail) -> bool:
    """Whether its reader may still read what it speaks of."""
    if mail.person is None or not mail.person.is_member:
        return False
    find = {"thread": thread_of, "space": space_of, "post": post_of}
    return all(of(mail) is not None for name, of in find.items() if name in mail.about)


def threaded(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """Let a mail program show it below the mail that asked for it."""
    return in_answer_to(mail.about.get("answers", ""))


def headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer goes where the foot says."""
    return threaded(mail, context) | {"Reply-To": context["footer"].address}


HELPS = "An answer to this mail brings you a list of all you can do by mail."


def _example(act: str, words: str = "") -> Letter:
    return Letter(f"{act}+example@community.example.org", words=words)


def read_thread_sample() -> dict[str, Any]:
    """A page of one post."""
    said = "We asked the parents first. They cut eleven of our fourteen questions, and answered the other three."
    post = reading.ReadPost(
        21, "Maya Okafor", "backbone organization", timezone.now(), said, mark_safe(f"<p>{said}</p>"),  # noqa: S308  our own words
        files=("questions.pdf",), thank=_example("thank"), alone=_example("author"),
    )  # fmt: skip
    return {
        "thread": {"subject": "Which questions did you drop?"},
        "where": "Counting what matters",
        "posts": [post],
        "is_whole": True,
        "first": 21,
        "last": 21,
        "earlier": _example("read", "before 21"),
        "footer": footers.sample(acts=(READ, FOLLOW, MUTE), alone=""),
        "url": "https://community.example.org/discussions/7/",
    }


def read_space_sample() -> dict[str, Any]:
    """A space of one conversation."""
    return {
        "space": {"name": "Counting what matters"},
        "lines": [reading.Line("Which questions did you drop?", "21 posts, 3 new", _example("read"))],
        "start": _example("space"),
        "footer": footers.sample(acts=(READ, FOLLOW, MUTE), alone="", answer=HELPS),
        "earlier": _example("read", "before 7"),
        "url": "https://community.example.org/spaces/counting/",
    }


def read_all_sample() -> dict[str, Any]:
    """Something new, in one of two spaces."""
    return {
        "number": 1,
        "lines": [reading.Line("Which questions did you drop?", "21 posts, 3 new", _example("read"))],
        "spaces": [reading.Line("Counting what matters", "you are in it", _example("read"), _example("space"))],
        "private": _example("private"),
        "footer": footers.sample(acts=(READ,), alone="", answer=HELPS),
    }


def begun_sample() -> dict[str, Any]:
    """A conversation in a space."""
    return {
        "sentence": "“Which questions did you drop?” stands in “Counting what matters”. 74 people can read it.",
        "subject": "Which questions did you drop?",
        "more": _example("reply"),
        "footer": footers.sample(acts=(), alone="", answer=HELPS),
        "url": "https://community.example.org/discussions/7/",
    }


def done_sample() -> dict[str, Any]:
    """A conversation that was muted."""
    sentence = "Of “Which questions did you drop?” you hear: nothing, even when somebody names you."
    return {
        "sentence": sentence,
        "undo": _example("follow", "stop"),
        "unsaid": "",
        "footer": footers.sample(acts=(), alone="", answer=HELPS),
    }


READING = gettext_lazy("What you asked to read by mail")
kinds.add(
    "read_thread",
    Kind("read_thread", READING, read_thread_context, read_thread_sample, is_there, optional=False, headers=headers),
)
kinds.add(
    "read_space", Kind("read_space", READING, read_space_context, read_space_sample, is_there, optional=False, headers=headers)
)
kinds.add("read_all", Kind("read_all", READING, read_all_context, read_all_sample, is_there, optional=False, headers=headers))
kinds.add(
    "done_by_mail",
    Kind(
        name="done_by_mail",
        label=gettext_lazy("What you did by mail"),
        description=gettext_lazy("A word that it is done, when you follow, mute or thank by mail, and how to have it otherwise."),
        context=done_context,
        sample=done_sample,
        still_wanted=is_there,
        answers_own_words=True,
        headers=headers,
        placeholders=("sentence",),
        required=("sentence",),
    ),
)
kinds.add(
    "begun_by_mail",
    Kind(
        name="begun_by_mail",
        label=gettext_lazy("What you began by mail"),
        description=gettext_lazy("A word that the conversation stands which you began by mail, and where."),
        context=begun_context,
        sample=begun_sample,
        still_wanted=is_there,
        answers_own_words=True,
        headers=headers,
        placeholders=("sentence", "subject", "url"),
        required=("sentence",),
    ),
)
