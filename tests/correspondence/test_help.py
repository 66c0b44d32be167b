"""`help@`: what one can do by mail, for whoever may know; and silence, where an answer would go to somebody who did not ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence import outbox
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from foundation.models import Community
from tests.correspondence.letters import letter

HELP = "help@mail.example.org"


@pytest.fixture(autouse=True)
def our_server(settings):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"


def ask(sender: str, verdict: str = "pass", words: str = "", **headers):
    told = f"mx.example.org; dmarc={verdict} header.from={sender.partition('@')[2]}"
    return receive(letter(sender, HELP, words, Subject="Help", In_Reply_To="", Authentication_Results=told, **headers), HELP)


def answers(mailoutbox) -> list:
    for pk in OutgoingMail.objects.filter(state="queued").values_list("pk", flat=True):
        outbox.deliver(pk)
    return mailoutbox


def test_a_member_is_told_what_there_is_for_them(alice, bob, mailoutbox):
    ask(bob.email)

    (sent,) = answers(mailoutbox)
    assert (sent.to, sent.subject) == ([bob.email], "What you can do by mail")
    for part in (sent.body, sent.alternatives[0].content):
        for prefix in ("read+", "private+", "nominate+"):
            assert prefix in part


def test_whoever_only_says_they_are_a_member_makes_us_write_to_that_member_once_a_day(bob, mailoutbox):
    for verdict in ("fail", "none", "fail"):
        ask(bob.email, verdict)

    assert [sent.to for sent in answers(mailoutbox)] == [[bob.email]]
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert ask(bob.email, "none").outcome == "posted"


def test_a_stranger_is_answered_once_a_day_and_only_where_the_mail_is_theirs(db, mailoutbox):
    outcomes = [ask("zoe@elsewhere.example", verdict).outcome for verdict in ("fail", "none", "pass", "pass")]

    (sent,) = answers(mailoutbox)
    assert outcomes == ["ignored", "ignored", "posted", "posted"]
    assert sent.to == ["zoe@elsewhere.example"]
    assert "read+" not in sent.body
    assert OutgoingMail.objects.get().person is None


def test_whoever_has_left_is_a_stranger(alumna, mailoutbox):
    ask(alumna.email)

    assert [sent.subject for sent in answers(mailoutbox)] == [f"You asked {Community.current().name} for help"]


def test_a_program_that_answers_each_help_mail_is_not_answered_without_end(bob, mailoutbox):
    for _round in range(100):
        ask(bob.email, words="Thank you for your mail. I have received it and will look at it soon.")

    assert [mail.subject for mail in answers(mailoutbox)] == ["What you can do by mail"] * 5 + [
        "Did you write this? A mail waits for your word"
    ]
    assert ask(bob.email, Auto_Submitted="auto-replied").outcome == "ignored"
