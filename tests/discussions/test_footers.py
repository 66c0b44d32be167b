"""The foot of each mail of a conversation promises what its reader can do by mail, and nothing else; what it promises happens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from ambassadors.models import User
from correspondence import allowance
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from discussions import workflow
from discussions.asking import questions
from discussions.asking.emails import UPDATES
from discussions.by_mail import addresses
from discussions.facilitating.nudging import nudge
from discussions.following.workflow import follow
from discussions.models import Follow, Nudge, Participant, Post, Question, Space, Thanks, Thread
from discussions.threads.people import add_people
from foundation.models import Topic
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import asking_making, making, prompting

pytestmark = pytest.mark.django_db
LINE = re.compile(r"^(?P<label>.+): (?P<address>(?P<act>[a-z]+)\+[a-z2-7]+@mail\.example\.org)$", re.MULTILINE)
HREF = re.compile(r'href="mailto:([^"?]+)')
HELP = "help@mail.example.org"
ALL = {"author", "thank", "read", "mute"}


@pytest.fixture
def fay(db):
    """Who gets the mail."""
    return make.ambassador("Fay Follower")


def mailed(kind: str, person: User, **about: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(kind=kind, person=person, key=f"{kind}:{about}", about=about)


def said(thread: Thread, by: User, kind: str, to: User, level: str = "every reply", body: str = "Ideas, anybody?") -> OutgoingMail:
    """A post, and the mail about it to somebody who hears of the thread that much."""
    post = workflow.reply(thread, by=by, body=body)
    if level:
        follow(thread, by=to, level=level)
    return mailed(kind, to, post=post.pk)


def in_topic(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(making.topic(), alice), alice, "thread_post", fay)


def in_closed_space(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(shared(alice, fay, "advisor"), alice), alice, "thread_post", fay)


def shared(alice: User, fay: User, role: str = "participant", **fields: Any) -> Space:
    space = making.micro(alice, **fields)
    making.join(space, fay, role)
    return space


def reading_along(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(shared(alice, fay, "promoter"), alice), alice, "thread_post", fay)


def locked(alice: User, fay: User) -> OutgoingMail:
    mail = in_topic(alice, fay)
    Thread.objects.update(status="locked")
    return mail


def ended(alice: User, fay: User) -> OutgoingMail:
    mail = in_closed_space(alice, fay)
    Space.objects.update(status="ended")
    return mail


def author_left(alice: User, fay: User) -> OutgoingMail:
    mail = in_topic(alice, fay)
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")
    return mail


def locked_and_author_left(alice: User, fay: User) -> OutgoingMail:
    mail = author_left(alice, fay)
    Thread.objects.update(status="locked")
    return mail


def headlines_of_space(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(making.topic(headlines_only=True), alice), alice, "thread_post", fay)


def headlines_of_reader(alice: User, fay: User) -> OutgoingMail:
    fay.headlines_only = True
    fay.save()
    return in_topic(alice, fay)


def named(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(making.topic(), alice), alice, "mention", fay, level="", body="What does @Fay Follower say?")


def named_and_follows(alice: User, fay: User) -> OutgoingMail:
    return said(making.thread(making.topic(), alice), alice, "mention", fay, body="What does @Fay Follower say?")


def private(alice: User, fay: User, *also: User) -> OutgoingMail:
    thread = workflow.start_private_thread(by=alice, to=fay, also=also, subject="Our survey", body="Shall we?")
    return OutgoingMail.objects.get(kind="private_message", person=fay, about__post=thread.posts.get().pk)


def private_of_three(alice: User, fay: User) -> OutgoingMail:
    return private(alice, fay, make.ambassador("Third Thorn"))


def grew(alice: User, fay: User) -> OutgoingMail:
    thread = workflow.start_private_thread(by=alice, to=make.ambassador("Third Thorn"), subject="Our survey", body="Shall we?")
    add_people(thread, [fay], by=alice)
    return OutgoingMail.objects.get(kind="conversation_grew", person=fay)


def needed(alice: User, fay: User) -> OutgoingMail:
    from discussions.needs.workflow import start_need

    make.ambassador("Knows", topics=["Budgets"])
    type(fay.ambassador).objects.get(user=fay).topics.set(Topic.objects.filter(name="Budgets"))
    start_need(making.topic(), Topic.objects.get(name="Budgets"), by=alice, subject="A second pair of eyes", body="Who would look?")
    return OutgoingMail.objects.get(kind="need_alert", person=fay)


def nudged(alice: User, fay: User) -> OutgoingMail:
    thread = making.thread(shared(alice, fay), alice)
    nudge(thread, by=alice, people=[fay], words="You did this.")
    return OutgoingMail.objects.get(kind="nudge", person=fay)


def asked(alice: User, fay: User) -> OutgoingMail:
    """Fay hosts, Alice asks."""
    asking_making.ask(asking_making.opened(fay), alice)
    return OutgoingMail.objects.get(kind="asking_question", person=fay)


def answered(alice: User, fay: User) -> OutgoingMail:
    """Alice hosts, and has answered what Fay asked."""
    (question,) = asking_making.ask(asking_making.opened(alice), fay)
    questions.answer([(question, "<p>With two people.</p>")], by=alice)
    return OutgoingMail.objects.get(kind="asking_answered", person=fay)


def followed_up(alice: User, fay: User) -> OutgoingMail:
    answered(alice, fay)
    return mailed("asking_follow_up", fay, question=Question.objects.get().pk)


def closing(alice: User, fay: User) -> OutgoingMail:
    session = asking_making.opened(alice)
    return mailed("asking_closing", fay, session=session.pk)


def closing_for_who_reads_along(alice: User, fay: User) -> OutgoingMail:
    session = asking_making.opened(alice, shared(alice, fay, "promoter"))
    return mailed("asking_closing", fay, session=session.pk)


def prompted(alice: User, fay: User, role: str = "participant") -> OutgoingMail:
    from discussions.prompts.rounds import open_now

    series = prompting.series(shared(alice, fay, role), alice, minimum=0, starts_on=timezone.localdate() + timedelta(days=7))
    one = prompting.next_round(series)
    open_now(one, by=alice)
    return mailed("prompt_opened", fay, round=one.pk)


def prompted_to_read_along(alice: User, fay: User) -> OutgoingMail:
    return prompted(alice, fay, "promoter")


SITUATIONS: dict[Callable[..., OutgoingMail], tuple[set[str], str]] = {
    # what the foot offers, and where an answer to the mail goes
    in_topic: (ALL, "reply"),
    in_closed_space: (ALL, "reply"),
    reading_along: (ALL - {"author"}, "author"),
    locked: (ALL - {"author"}, "author"),
    ended: (ALL - {"author"}, "author"),
    author_left: (ALL - {"author"}, "reply"),
    locked_and_author_left: (ALL - {"author"}, "team"),
    headlines_of_space: (ALL, "reply"),
    headlines_of_reader: (ALL, "reply"),
    named: (ALL | {"follow"}, "reply"),
    named_and_follows: (ALL, "reply"),
    private: ({"read", "mute"}, "reply"),
    private_of_three: ({"author", "read", "mute"}, "reply"),
    grew: ({"read", "mute"}, "reply"),
    needed: (ALL | {"follow"}, "reply"),
    nudged: ({"read", "mute"}, "nudge"),
    asked: ({"author", "read"}, "question"),
    answered: (ALL, "reply"),
    followed_up: ({"read"}, UPDATES),
    closing: ({"read", "mute"}, "reply"),
    closing_for_who_reads_along: ({"read", "mute"}, "team"),
    prompted: (ALL | {"follow"}, "reply"),
    prompted_to_read_along: ((ALL | {"follow"}) - {"author"}, "author"),
}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.__name__)
def test_what_the_foot_promises_happens_and_what_it_leaves_out_cannot_be_done(situation, alice, fay):
    offered, answers = SITUATIONS[situation]
    mail = situation(alice, fay)
    thread = thread_of(mail)
    assert allowance.refusal(mail) == ""

    message = message_for(mail)
    foot = message.body.partition("\n-- \n")[2]
    html = message.alternatives[0].content.partition('mail__foot">')[2]
    promised = {line["act"]: line["address"] for line in LINE.finditer(foot)}
    answer_to = message.reply_to[0].partition("<")[2].rstrip(">") or message.reply_to[0]

    assert set(promised) == offered
    assert set(HREF.findall(html)) - {HELP} == set(promised.values()), "text and HTML promise the same"
    assert answer_to.partition("@")[0].partition("+")[0] == answers
    assert message.extra_headers["From"].endswith(f"<{answer_to}>")
    assert sorting_of(message) == ((None, False) if mail.kind == "nudge" else (thread.space_id, True))
    for act in ("read", "thank", "follow", "mute", "author"):
        if act in promised:
            write(fay, promised[act], "Between the two of us." if act == "author" else "", subject="")
            assert DONE[act](fay, alice, thread, mail), act
    if answers != "team":
        write(fay, answer_to, "This is my answer.", subject=f"Re: {message.subject}")
        assert DONE[answers](fay, alice, thread, mail), "the answer"
    for act in {"author", "reply"} - set(promised) - {answers} if "post" in mail.about and thread.space else ():
        assert refused(fay, thread, mail, act), f"{act} is possible, and not offered"


def sorting_of(message: EmailMultiAlternatives) -> tuple[int | None, bool]:
    """By which space a mail program can sort it, and whether it shows it within its conversation. A nudge is for its reader alone."""
    listed = re.search(r"<space-(\d+)\.mail\.example\.org>", message.extra_headers.get("List-Id", ""))
    return int(listed[1]) if listed else None, message.extra_headers.get("References", "").startswith("<thread-")


def thread_of(mail: OutgoingMail) -> Thread:
    return Thread.objects.order_by("pk").last() if "post" not in mail.about else Post.objects.get(pk=mail.about["post"]).thread


def write(person: User, address: str, words: str, subject: str) -> None:
    mail = receive(letter(person.email, address, words, Subject=subject), address)
    assert (mail.outcome, mail.reason) == ("posted", ""), address


def refused(fay: User, thread: Thread, mail: OutgoingMail, act: str) -> bool:
    post = Post.objects.get(pk=mail.about["post"])
    row = addresses.of_post(fay, post) if act == "author" else addresses.of_thread(fay, thread)
    where = addresses.address(row, act)
    return receive(letter(fay.email, where, "All the same.", Subject=f"Re: {thread.subject}"), where).outcome == "refused"


def last_words_of(fay: User, thread: Thread) -> str:
    post = Post.objects.filter(thread=thread, author=fay).order_by("-number").first()
    return re.sub(r"<[^>]+>", "", post.body).strip() if post else ""


def writes_alone(fay: User, alice: User, thread: Thread, mail: OutgoingMail) -> bool:
    """A conversation of the two, and of nobody else."""
    found = Thread.objects.filter(kind="private", started_by=fay).exclude(pk=thread.pk).order_by("pk").last()
    return found is not None and set(Participant.objects.filter(thread=found).values_list("person", flat=True)) == {
        fay.pk,
        alice.pk,
    }


DONE: dict[str, Callable[[User, User, Thread, OutgoingMail], bool]] = {
    "read": lambda fay, alice, thread, mail: OutgoingMail.objects.filter(
        kind="read_thread", person=fay, about__thread=thread.pk
    ).exists(),
    "thank": lambda fay, alice, thread, mail: Thanks.objects.filter(person=fay, post__thread=thread, post__author=alice).exists(),
    "follow": lambda fay, alice, thread, mail: Follow.objects.get(person=fay, thread=thread).level == "every reply",
    "mute": lambda fay, alice, thread, mail: Follow.objects.get(person=fay, thread=thread).level == "muted",
    "author": writes_alone,
    "reply": lambda fay, alice, thread, mail: last_words_of(fay, thread) == "This is my answer.",
    "question": lambda fay, alice, thread, mail: "This is my answer." in last_words_of(fay, thread),
    UPDATES: lambda fay, alice, thread, mail: last_words_of(fay, thread) == "This is my answer.",
    "nudge": lambda fay, alice, thread, mail: Nudge.objects.filter(person=fay).exists() and writes_alone(fay, alice, thread, mail),
}
