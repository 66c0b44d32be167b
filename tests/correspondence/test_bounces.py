"""What a report says of a mailbox, as many kinds of mail servers put it."""

from __future__ import annotations

import pytest

from correspondence.health.bounces import failure_in, kind_of
from correspondence.inbound.parsing import parse
from tests.correspondence.reports import delivery_report, plain_bounce

TO = "bounce+x@mail.example.org"

WORDS = {
    # status of the report, what the other server said: what it says of the mailbox
    ("5.1.1", "smtp; 550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table"): "hard",
    ("5.1.1", "smtp; 550-5.1.1 The email account that you tried to reach does not exist."): "hard",
    ("5.2.1", "smtp; 550 5.2.1 The email account that you tried to reach is disabled."): "hard",
    ("5.0.0", "smtp; 550 5.1.1 unknown or illegal alias: a@b.example"): "hard",
    ("5.0.0", "smtp; 550 Requested action not taken: mailbox unavailable"): "hard",
    ("5.5.0", "smtp; 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."): "hard",
    ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied."): "hard",
    ("5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"): "hard",
    ("5.4.4", "dns; Host or domain name not found. Name service error for name=gone.example type=AAAA"): "hard",
    ("", "550 No such person at this address"): "hard",
    ("", "550 Mailbox unbekannt: Empfänger existiert nicht"): "hard",
    ("", "554 delivery error: dd This user doesn't have a mailbox.example account (a@b.example) [0]"): "hard",
    ("", "550 该收件人不存在"): "hard",
    ("", "553 sorry, that address is not in my list of allowed recipients"): "hard",
    ("5.2.2", "smtp; 552 5.2.2 mailbox full"): "soft",
    ("5.2.2", "smtp; 552-5.2.2 The email account that you tried to reach is over quota"): "soft",
    ("", "552 Requested mail action aborted: exceeded storage allocation. Mailbox quota exceeded"): "soft",
    ("4.4.7", "smtp; 450 4.4.7 delivery time expired"): "soft",
    ("4.2.2", "smtp; 452 4.2.2 mailbox full"): "soft",
    ("4.4.1", "smtp; connect to mx.b.example[192.0.2.1]:25: Connection timed out"): "soft",
    ("", "a sentence without any code"): "soft",
    (
        "5.7.1",
        "smtp; 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent: part of their network is on our block list",
    ): "policy",
    ("5.7.26", "smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated."): "policy",
    ("", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example"): "policy",
    ("", "550 spam message rejected"): "policy",
    ("5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit; message too large"): "policy",
    ("5.6.0", "smtp; 554 5.6.0 message content rejected"): "policy",
    ("5.1.8", "smtp; 553 5.1.8 sender address rejected: domain of sender does not resolve"): "policy",
}


@pytest.mark.parametrize(("told", "kind"), WORDS.items(), ids=lambda value: str(value)[:60])
def test_a_refusal_says_of_the_mailbox_what_it_says(told, kind):
    assert kind_of(*told) == kind


REPORTS = {
    "postfix": (delivery_report(TO), ("hard", "smtp; 550 5.1.1 no such user")),
    "delayed": (delivery_report(TO, "4.4.1", "smtp; timed out", action="delayed"), None),
    "arrived": (delivery_report(TO, "2.0.0", "smtp; 250 ok", action="delivered"), None),
    "given up": (delivery_report(TO, "4.4.7", "smtp; delivery time expired"), ("soft", "smtp; delivery time expired")),
    "without words": (delivery_report(TO, "5.1.1", ""), ("hard", "5.1.1")),
    "qmail": (
        plain_bounce(
            TO,
            "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message.\n\n"
            "<a@b.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n550 people came.",
        ),
        ("hard", "Sorry, no mailbox here by that name. (#5.1.1)"),
    ),
    "exim": (
        plain_bounce(
            TO,
            "This message was created automatically by mail delivery software.\n\n  a@b.example\n    host mx.b.example [192.0.2.1]\n"
            "    SMTP error from remote mail server after RCPT TO:<a@b.example>:\n    550 5.1.1 <a@b.example>: unknown user\n\n"
            "------ This is a copy of the message, including all the headers. ------\n\n450 later",
            subject="Mail delivery failed: returning message to sender",
            X_Failed_Recipients="a@b.example",
        ),
        ("hard", "550 5.1.1 <a@b.example>: unknown user"),
    ),
    "exchange, in German": (
        plain_bounce(
            TO,
            "Fehler bei der Nachrichtenzustellung an folgende Empfänger:\n\na@b.example\nDas Postfach des Empfängers ist voll.\n",
            sender="postmaster@b.example",
            subject="Unzustellbar: Ein Gespräch geht weiter",
        ),
        ("soft", "Das Postfach des Empfängers ist voll."),
    ),
    "a Chinese service": (
        plain_bounce(TO, "您的邮件被退回来了\n退信原因 收件人不存在\n", sender="postmaster@mailbox.example", subject="系统退信"),
        ("hard", "退信原因 收件人不存在"),
    ),
    "a warning": (plain_bounce(TO, "450 4.2.0 greylisted", subject="Warning: message delayed 4 hours"), None),
    "a vacation notice": (
        plain_bounce(
            TO, "I am away. For 550 reasons.", sender="a@b.example", subject="Out of office", Auto_Submitted="auto-replied"
        ),
        None,
    ),
    "a vacation notice that speaks of failure": (
        plain_bounce(
            TO, "No such user, says she.", sender="a@b.example", subject="Undeliverable until Monday", Auto_Submitted="auto-replied"
        ),
        None,
    ),
    "somebody's letter": (plain_bounce(TO, "550 5.1.1 was what I read.", sender="a@b.example", subject="A question"), None),
}


@pytest.mark.parametrize(("raw", "expected"), REPORTS.values(), ids=REPORTS)
def test_a_report_tells_of_a_final_failure_or_of_none(raw, expected):
    failure = failure_in(parse(raw))

    assert (failure and (failure.kind, failure.words)) == expected
