"""What somebody says waits a little before it is mailed: what is mailed is what stands there then, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from correspondence import outbox
from correspondence.models import OutgoingMail
from correspondence.tasks import sweep_outbox
from discussions import workflow
from discussions.following import fanout
from discussions.following.workflow import follow
from discussions.models import Post
from discussions.posts.workflow import edit, withdraw
from foundation.models import Community
from tests.discussions import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_minutes(db):
    Community.objects.create(pk=1, name="Riverside Circle", mail_delay=2)


@pytest.fixture
def talked(alice, bob):
    """A thread of Alice's that Bob follows, of which everybody was told."""
    thread = making.thread(making.topic(), alice)
    Post.objects.update(told_at=timezone.now())
    follow(thread, by=bob, level="every reply")
    return thread


@pytest.fixture
def say(django_capture_on_commit_callbacks):
    def said(do, *args, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return do(*args, **fields)

    return said


def minutes_later(minutes: float, do) -> None:
    """Let the clock stand there, and do what it does each minute."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        do(fanout.sweep)
        sweep_outbox()


def test_a_post_is_mailed_when_its_author_had_time_to_mend_it(mailoutbox, say, talked, alice):
    post = say(workflow.reply, talked, by=alice, body="We ment to say Thursday.")
    minutes_later(1.5, say)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)

    say(edit, post, by=alice, body="We meant to say Thursday.", revision=1)
    minutes_later(2.1, say)

    (mail,) = mailoutbox
    assert "We meant to say Thursday." in mail.body
    assert "ment to say" not in mail.body


def test_a_post_that_was_taken_back_in_time_is_mailed_to_nobody(mailoutbox, say, talked, alice, bob):
    post = say(workflow.reply, talked, by=alice, body="Not for everybody's eyes, @Bob Brandt.")

    say(withdraw, post, by=alice)
    minutes_later(2.1, say)

    assert mailoutbox == []


def test_whoever_is_named_hears_of_it_as_late_and_only_if_they_still_are(mailoutbox, say, talked, alice, bob):
    say(workflow.reply, talked, by=alice, body="@Bob Brandt, what do you think?")
    (mail,) = OutgoingMail.objects.all()
    outbox.deliver(mail.pk)
    assert mailoutbox == []

    minutes_later(2.1, say)

    assert [(one.to, one.subject) for one in mailoutbox] == [([bob.email], "Re: What worked this week")]


def test_private_messages_wait_as_long(mailoutbox, say, alice, bob):
    say(workflow.start_private_thread, by=alice, to=bob, subject="Between us", body="A word.")
    minutes_later(1.9, say)
    assert mailoutbox == []

    minutes_later(2.1, say)

    assert [one.to for one in mailoutbox] == [[bob.email]]


def test_codes_do_not_wait(mailoutbox, say, alice):
    say(outbox.post, "test_mail", alice, key="one")

    assert [one.to for one in mailoutbox] == [[alice.email]]


def test_without_a_delay_it_is_mailed_at_once(mailoutbox, say, talked, alice, bob):
    Community.objects.update(mail_delay=0)
    Community.objects.get().save()

    say(workflow.reply, talked, by=alice, body="At once.")

    assert [one.to for one in mailoutbox] == [[bob.email]]
