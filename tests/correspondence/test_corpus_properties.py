"""What holds for each mail, whatever is in it: nothing is lost, reading twice changes nothing, and no mail takes long."""

from __future__ import annotations

import time
from base64 import b64encode
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.inbound.parsing import parse
from tests.correspondence.corpus.hostile import HOSTILE
from tests.correspondence.corpus.reading import bare_lines, cases, passages

CASES = [*cases("seen"), *cases("held back")]
SECONDS = 2  # of our own work, so that a busy machine does not count


def is_within(lines, whole):
    """Whether some lines stand in the whole in the same order."""
    rest = iter(whole)
    return all(line in rest for line in lines)


def losses(mail):
    """What is not kept: lines that are in neither half, that came out of nothing, or that changed their places."""
    whole, new, folded = bare_lines(mail.text), bare_lines(mail.new_text), bare_lines(mail.folded_text)
    lost = Counter(whole)
    lost.subtract(new + folded)
    return [line for line, times in lost.items() if times], is_within(new, whole), is_within(folded, whole)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_line_is_new_or_folded(case):
    assert losses(parse(case.raw)) == ([], True, True)


def letter(text, subject=""):
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(text)
    return message.as_bytes()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_new_stays_new_when_it_is_read_again(case):
    new = parse(case.raw).new_text
    subject = str(message_from_bytes(case.raw, policy=policy.default)["Subject"] or "")

    again = parse(letter(new, subject))

    assert (passages(again.new_text), again.folded_text) == (passages(new), "")


PIECES = st.sampled_from(
    [
        "Yes, gladly.",
        "On Mon, 16 Nov 2026 at 10:00, Alice Amadi",
        "<reply+x@mail.example.org> wrote:",
        "Am 16.11.2026 um 10:00 schrieb Alice Amadi:",
        "> Shall we compare notes?",
        ">> Tuesday?",
        "> ",
        "",
        "-- ",
        "--",
        "Best,",
        "Maya",
        "+44 20 7946 0123",
        "Sent from my iPhone",
        "From: Alice Amadi",
        "Sent: Monday, 16 November 2026 10:00",
        "To: Maya",
        "Subject: Re: notes",
        "-----Original Message-----",
        "________________________________",
        "---------- Forwarded message ---------",
        "发件人: Alice",
        "This e-mail is confidential.",
        "-----BEGIN PGP SIGNED MESSAGE-----",
    ]
)


@given(lines=st.lists(PIECES, max_size=12), subject=st.sampled_from(["", "Re: notes", "Fwd: notes"]))
@settings(max_examples=300, deadline=None)
def test_no_line_is_lost_however_quotation_and_words_are_mixed(lines, subject):
    mail = parse(letter("\n".join(lines), subject))

    assert losses(mail) == ([], True, True)


@given(lines=st.lists(PIECES, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_line_of_html_is_lost_either(lines):
    message = EmailMessage()
    html = "".join(f"<div>{line}</div>" if n % 3 else f"<blockquote type=cite>{line}</blockquote>" for n, line in enumerate(lines))
    message.set_content(html, subtype="html")

    assert losses(parse(message.as_bytes())) == ([], True, True)


DER = st.lists(
    st.sampled_from(
        [b"\x30\x80", b"\x30\x03", b"\x06\x09*\x86H\x86\xf7\r\x01\x07\x02", b"\xa0\x80", b"\x04\x02ab", b"\0\0", b"\x24\x84", b"x"]
    ),
    max_size=14,
)


@given(der=DER)
@settings(max_examples=150, deadline=None)
def test_what_only_says_that_it_is_signed_breaks_nothing(der):
    body = b64encode(b"".join(der))
    raw = b"Subject: signed\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"

    mail = parse(raw + b"Content-Transfer-Encoding: base64\n\n" + body)

    assert (mail.subject, mail.folded_text) == ("signed", "")


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_no_mail_of_ten_megabytes_takes_long(make):
    raw = make()
    begun = time.process_time()

    mail = parse(raw)
    halves = mail.new_text, mail.folded_text

    assert time.process_time() - begun < SECONDS
    assert max(len(half) for half in halves) <= 200_000
