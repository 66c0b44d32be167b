"""Nothing that a stranger writes crashes, hangs or gets lost."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.inbound.parsing import MAX_TEXT, parse
from correspondence.inbound.reading.html import to_plain
from correspondence.inbound.reading.lines import tidy
from correspondence.inbound.reading.plain import lines_of_plain
from correspondence.inbound.reading.splitting import split
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail

HEADERS = st.sampled_from(
    [
        b"From",
        b"To",
        b"Subject",
        b"Message-ID",
        b"References",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"Auto-Submitted",
        b"Date",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=b",
            b"multipart/alternative; boundary=",
            b"text/plain; charset=klingon",
            b"text/html; charset=utf-7",
            b"message/rfc822",
            b"base64",
            b"=?utf-8?b?/////w==?=",
            b"=?x?q?=00?=",
            b"<a@b>",
            b"\xff\xfe <@>, <<>>",
        ]
    ),
)
MAILS = st.one_of(
    st.binary(max_size=400),
    st.tuples(st.lists(st.tuples(HEADERS, VALUES), max_size=6), st.binary(max_size=300)).map(
        lambda mail: b"\n".join(b"%s: %s" % header for header in mail[0]) + b"\n\n--b\n" + mail[1] + b"\n--b--"
    ),
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=MAILS, recipient=st.one_of(st.text(max_size=40), st.sampled_from(["reply+aaaa@mail.example.org", "team@mail.example.org"]))
)
def test_any_bytes_are_stored_and_settled(raw, recipient):
    mail = receive(raw, recipient)

    assert bytes(mail.raw) == raw or InboundMail.objects.filter(identity=mail.identity).exists()
    assert mail.state == "settled"


def split_reply(text):
    done = split(lines_of_plain(text))
    return done.new_text, done.folded_text


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(deadline=None)
def test_folding_loses_no_word(text):
    text = tidy(text)

    new, folded = split_reply(text)

    assert " ".join(f"{new}\n{folded}".split()) == " ".join(text.split())


QUOTE = "On Mon, 16 Nov 2026 at 10:00, Alice Amadi via Concentric <reply+x@mail.example.org>\nwrote:\n\n> Shall we compare notes?\n> Tuesday?"
CASES = {
    "above": (f"Yes, gladly.\n\n{QUOTE}", "Yes, gladly.", QUOTE),
    "no quotation": ("Yes, gladly.", "Yes, gladly.", ""),
    "below": ("> Shall we compare notes?\n\nYes, gladly.", "> Shall we compare notes?\n\nYes, gladly.", ""),
    "below, with what introduces it": (f"{QUOTE}\n\nYes, gladly.", "Yes, gladly.", QUOTE),
    "between": (
        "On Mon, 16 Nov 2026, Alice Amadi wrote:\n> Shall we?\n\nGladly.\n\n> Tuesday?\n\nFriday.\n\n> I am free.",
        "> Shall we?\n\nGladly.\n\n> Tuesday?\n\nFriday.",
        "On Mon, 16 Nov 2026, Alice Amadi wrote:\n\n> I am free.",
    ),
    "bare quotation at the end": ("Yes.\n\n> Shall we?", "Yes.", "> Shall we?"),
    "German": (
        "Gern.\n\nAm 16.11.2026 um 10:00 schrieb Alice Amadi via Concentric:\n> Sollen wir?",
        "Gern.",
        "Am 16.11.2026 um 10:00 schrieb Alice Amadi via Concentric:\n> Sollen wir?",
    ),
    "words like a quotation's head": ("On Monday I wrote:\nall is well.", "On Monday I wrote:\nall is well.", ""),
    "only a quotation": ("> Shall we?", "> Shall we?", ""),
}


@pytest.mark.parametrize(("text", "new", "folded"), CASES.values(), ids=CASES)
def test_quoted_text_is_folded_and_answers_between_are_kept(text, new, folded):
    assert split_reply(text) == (new, folded)


@pytest.mark.parametrize("piece", ["On ", "\n", "> \n", "On a\nwrote", "From: a\nSent: b\n", "-- \n", "Le a écrit :\n", "_____\n"])
def test_no_text_takes_long_to_fold(piece):
    text = tidy((piece * 40_000)[:MAX_TEXT])
    begun = time.process_time()

    split_reply(text)
    split_reply("\n".join(text[start : start + 990] for start in range(0, 31_000, 990)))

    assert time.process_time() - begun < 5


LONG = {
    "deep": "<div>" * 50_000 + "deep",
    "deep and closed": "<div>" * 20_000 + "deep" + "</div>" * 20_000,
    "deep, with closing tags of others": "<div></b>" * 20_000,
    "deep quotations": "<blockquote>" * 20_000,
    "links": "<a href='http://x'>" * 20_000,
    "half tags": "<a " * 60_000,
    "half ends": "</" * 100_000,
    "half comments": "<!--" * 50_000,
    "half attributes": "<a href='" * 20_000,
    "entities": "&amp;" * 90_000,
}


@pytest.mark.row("R15")
@pytest.mark.parametrize("html", LONG.values(), ids=LONG)
def test_no_html_takes_long_to_read(html):
    begun = time.process_time()

    to_plain(html)

    assert time.process_time() - begun < 5


def test_a_mail_nested_without_end_is_read():
    raw = b"Subject: deep\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))

    assert parse(raw).subject == "deep"


@pytest.mark.row("R15")
def test_html_mail_becomes_words_and_nothing_else():
    html = """<html><head><style>p {color: red}</style><title>T</title></head><body onload="x()"><p>Dear <b>Alice</b>,</p>
    <p>see <a href="https://example.org/report">the report</a><img src="https://tracker.example/1.gif"></p><script>alert(1)</script>
    <blockquote><p>Shall we?</p></blockquote></body></html>"""
    message = EmailMessage()
    message.set_content(html, subtype="html")

    mail = parse(message.as_bytes())

    assert mail.new_text.split() == ["Dear", "Alice,", "see", "the", "report", "(https://example.org/report)"]
    assert mail.folded_text == "> Shall we?"


CHARSETS = {
    "utf-8": ("utf-8", "Grüße, Søren".encode()),
    "latin 1": ("iso-8859-1", "Grüße, Søren".encode("latin-1")),
    "said utf-8, is cp1252": ("utf-8", "Grüße, Søren".encode("cp1252")),
    "unknown": ("klingon", "Grüße, Søren".encode()),
    "none": ("", "Grüße, Søren".encode()),
}


@pytest.mark.parametrize(("charset", "body"), CHARSETS.values(), ids=CHARSETS)
def test_charsets_right_and_wrong(charset, body):
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    raw = f"From: a@b.example\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n".encode() + body

    assert parse(raw).text == "Grüße, Søren"


def test_what_came_along_is_named():
    message = EmailMessage()
    message.set_content("See attached.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")

    mail = parse(message.as_bytes().replace(b"report.pdf", b"report\x00.pdf"))

    assert (mail.text, len(mail.attachments)) == ("See attached.", 1)
    assert "report" in mail.attachments[0]


def test_a_numbered_list_keeps_its_numbers():
    html = "<ol><li>yes</li><li><p>no view</p></li><li>a<ul><li>inner</li></ul></li><li></li><li>last</li></ol><ul><li>dot</li></ul><p>after</p>"

    assert [line for line in to_plain(html).split("\n") if line] == [
        "1. yes",
        "2. no view",
        "3. a",
        "- inner",
        "5. last",
        "- dot",
        "after",
    ]
