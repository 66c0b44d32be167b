"""Talking in a space by mail alone: what a follower gets, and what an answer does."""

from __future__ import annotations

import pytest

from community.dev.writing import Writing, answer_of, as_mail
from correspondence.inbound.parsing import parse
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail
from discussions import workflow
from discussions.following.workflow import follow
from discussions.models import Participant, Post, Thread
from discussions.words import to_plain
from foundation.models import RoleLabel
from tests import make
from tests.correspondence.letters import letter, reply_address
from tests.discussions import making

pytestmark = pytest.mark.django_db
LABELS = ["Backbone organization", "Funder of initiatives", "Blog contributor"]


@pytest.fixture
def follower(db):
    return make.ambassador("Fay Follower")


@pytest.fixture
def talked(alice, follower, django_capture_on_commit_callbacks):
    """A thread of Alice's in a closed micro-community that Fay follows as a whole."""
    space = making.micro(alice, name="Winter school")
    making.join(space, follower)
    follow(space, by=follower, level="every reply")
    with django_capture_on_commit_callbacks(execute=True):
        return making.thread(space, alice, subject="Which rooms?", body="The hall is taken. Ideas?")


def answered(message, person, words: str, django_capture_on_commit_callbacks) -> InboundMail:
    """What happens when somebody presses Answer in their mail program."""
    parsed = parse(message.message().as_bytes())
    raw = as_mail(Writing(person.name, person.email, *answer_of(parsed), words, dmarc=""), answering=parsed)
    with django_capture_on_commit_callbacks(execute=True):
        return receive(raw, message.reply_to[0].partition("<")[2].rstrip(">"))


@pytest.mark.row("D4")
def test_all_role_labels_stand_under_the_name_in_web_and_mail(
    client, mailoutbox, talked, alice, follower, django_capture_on_commit_callbacks
):
    alice.ambassador.role_labels.set(RoleLabel.objects.get_or_create(name=name)[0] for name in LABELS)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(talked, by=alice, body="The library has two.")
    client.force_login(follower)

    without, with_labels = (mail.body for mail in mailoutbox)
    page = client.get(talked.get_absolute_url()).content.decode()

    assert without.splitlines()[:2] == ["Alice Amadi in “Winter school”:", ""]
    names = Post.objects.get(number=2).labels
    assert sorted(names) == sorted(LABELS)
    assert with_labels.splitlines()[:3] == ["Alice Amadi in “Winter school”:", f"({', '.join(names)})", ""]
    assert all(name in page for name in LABELS)


def test_a_mail_says_who_reads_an_answer_and_how_to_hear_less(mailoutbox, talked, follower):
    (mail,) = mailoutbox
    foot = mail.body.partition("\n-- \n")[2]

    assert mail.to == [follower.email]
    assert "The hall is taken. Ideas?" in mail.body
    assert "Answer this mail to answer. The people of “Winter school” can read it: 2 at the moment." in foot
    assert "/settings/follows/" in foot
    assert mail.extra_headers["List-Id"] == f"Winter school <space-{talked.space_id}.mail.example.org>"
    assert mail.extra_headers["From"].startswith("Alice Amadi via ")


def test_an_answer_by_mail_is_posted_and_reaches_the_others_as_one_conversation(
    mailoutbox, talked, alice, follower, django_capture_on_commit_callbacks
):
    first = mailoutbox[0]

    mail = answered(first, follower, "My garage, in summer.", django_capture_on_commit_callbacks)

    post = Post.objects.get(thread=talked, number=2)
    assert (mail.outcome, post.author, post.via, to_plain(post.body)) == ("posted", follower, "mail", "My garage, in summer.")
    to_alice = mailoutbox[1]
    assert (to_alice.to, to_alice.subject) == ([alice.email], "Re: Which rooms?")
    assert to_alice.extra_headers["In-Reply-To"] == first.extra_headers["Message-ID"]
    assert to_alice.extra_headers["References"].split() == [
        f"<thread-{talked.pk}@mail.example.org>",
        first.extra_headers["Message-ID"],
    ]
    assert len(mailoutbox) == 2


def test_the_next_mail_answers_the_one_in_ones_own_folder(mailoutbox, talked, alice, follower, django_capture_on_commit_callbacks):
    own = answered(mailoutbox[0], follower, "My garage.", django_capture_on_commit_callbacks).parsed().message_id
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(talked, by=alice, body="Then the garage.")

    assert mailoutbox[-1].to == [follower.email]
    assert mailoutbox[-1].extra_headers["In-Reply-To"] == own


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda thread, person: Thread.objects.filter(pk=thread.pk).update(status="locked"),
            "This conversation is locked: nothing can be added to it. Nothing was posted.",
        ),
        (
            lambda thread, person: type(thread.space).objects.filter(pk=thread.space_id).update(status="ended"),
            "This space has ended: its conversations can be read, and nothing can be added. Nothing was posted.",
        ),
        (
            lambda thread, person: thread.space.roles.filter(person=person).update(role="promoter"),
            "Your role in this space is to read along. Ask its leader for another one to take part. Nothing was posted.",
        ),
        (
            lambda thread, person: thread.space.roles.filter(person=person).delete(),
            "Only those who can read a conversation can write in it. Nothing was posted.",
        ),
    ],
    ids=["locked", "ended", "reads along", "out"],
)
def test_what_cannot_be_posted_comes_back_with_the_reason_and_the_words(
    mailoutbox, talked, follower, change, reason, django_capture_on_commit_callbacks
):
    first = mailoutbox[0]
    change(talked, follower)

    mail = answered(first, follower, "My garage, in summer.", django_capture_on_commit_callbacks)

    assert (mail.outcome, mail.reason) == ("refused", "not open")
    returned = mailoutbox[-1]
    assert returned.to == [follower.email]
    assert reason in returned.body
    assert "My garage, in summer." in returned.body
    assert Post.objects.count() == 1


def test_whoever_only_reads_along_answers_the_author_alone(mailoutbox, talked, alice, follower, django_capture_on_commit_callbacks):
    talked.space.roles.filter(person=follower).update(role="promoter")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(talked, by=alice, body="The library has two.")
    mail = mailoutbox[-1]

    outcome = answered(mail, follower, "I know the librarian.", django_capture_on_commit_callbacks)

    assert "You read along in this conversation. An answer to this mail goes to Alice Amadi alone." in mail.body
    assert outcome.outcome == "posted"
    private = Thread.objects.get(kind="private")
    assert [one.person for one in Participant.objects.filter(thread=private)] == [follower, alice]
    assert [to_plain(post.body) for post in private.posts.all()] == ["I know the librarian."]
    assert private.subject == "Which rooms?"
    assert mailoutbox[-1].to == [alice.email]


def test_the_private_address_of_a_post_is_nobody_elses(mailoutbox, talked, alice, bob, follower):
    """It is in Fay's mail: Bob, who has it from her, cannot use it, and without access to the post nobody can."""
    (line,) = (line for line in mailoutbox[0].body.splitlines() if line.startswith("Write to Alice Amadi alone: "))
    address = line.rpartition(" ")[2]

    assert receive(letter(bob.email, address, "Hello."), address).reason == "other member"
    talked.space.roles.filter(person=follower).delete()
    assert receive(letter(follower.email, address, "Hello."), address).reason == "not open"
    assert Thread.objects.filter(kind="private").count() == 0


def test_an_answer_in_another_persons_name_is_not_posted(talked, alice, bob, follower):
    address = reply_address(follower, talked)

    assert receive(letter(bob.email, address, "Ha."), address).outcome == "refused"
    assert Post.objects.count() == 1
