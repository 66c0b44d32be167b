"""What stands in the file of an archive: where messages begin, who wrote them, when, in answer to what, under which subject."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from discussions.archive.heads import head_of
from discussions.archive.mbox import NoArchive, messages_in, raw_at
from discussions.archive.subjects import Subject, bare, tag_of
from tests.discussions.archives import BEGAN, google

ABOVE = "From noor@harbour.example  Mon Mar  4 09:30:00 2019\n"


def read(raw: bytes) -> list[bytes]:
    file = io.BytesIO(raw)
    return [raw_at(file, place, 1000) for place in list(messages_in(file))]


def test_a_line_that_only_begins_like_a_message_belongs_to_the_words():
    prose = (
        "Subject: a\n\nDear all,\n\nFrom Monday on we meet at nine.\n\nFrom Mon Mar 4 10:00 we count.\n>From here on it is said.\n"
    )
    raw = f"{ABOVE}{prose}\n{ABOVE}Subject: b\n\nShort.\n".encode()

    assert read(raw) == [prose.replace(">From", "From").encode() + b"\n", b"Subject: b\n\nShort.\n"]


@pytest.mark.parametrize(
    "separator",
    [
        "From noor at harbour.example  Mon Mar  4 09:30:00 2019",
        "From 1642337523154882560@xxx Mon Mar 04 09:30:00 +0000 2019",
        "From - Mon, 04 Mar 2019 09:30:00",
        "From MAILER-DAEMON",
        "From noor@harbour.example",
    ],
)
def test_programs_write_the_line_above_a_message_in_many_ways(separator):
    raw = f"{separator}\nSubject: a\n\nOne.\n\n{separator}\nSubject: b\n\nTwo.\n".encode()

    assert [one.split(b"\n")[0] for one in read(raw)] == [b"Subject: a", b"Subject: b"]


def test_a_file_that_is_no_mbox_is_refused():
    with pytest.raises(NoArchive, match="does not begin with a message"):
        read(b"%PDF-1.7 what somebody took for an archive\n")


def test_a_line_of_many_megabytes_is_never_held_whole():
    raw = ABOVE.encode() + b"Subject: a\n\n" + b"x" * 3_000_000 + b"\n\n" + ABOVE.encode() + b"Subject: b\n\nTwo.\n"

    assert [len(one) for one in read(raw)] == [1000, 17]


@pytest.mark.parametrize(
    ("told", "name", "address"),
    [
        ("From: Noor Haddad <Noor@harbour.example>", "Noor Haddad", "noor@harbour.example"),
        ("From: noor at harbour.example (Noor Haddad)", "Noor Haddad", "noor@harbour.example"),
        ("From: Noor Haddad <noor(a)harbour.example>", "Noor Haddad", "noor@harbour.example"),
        ('From: "Haddad, Noor" <noor@harbour.example>', "Haddad, Noor", "noor@harbour.example"),
        ("From: noor.haddad@harbour.example", "noor.haddad", "noor.haddad@harbour.example"),
        ("From: =?utf-8?q?No=C3=ABl_Haddad?= <noel@harbour.example>", "Noël Haddad", "noel@harbour.example"),
        ("From: Noël Haddad <noel@harbour.example>", "Noël Haddad", "noel@harbour.example"),
        (
            "From: 'Noor Haddad' via Harbour <harbour@lists.example>\nX-Original-From: Noor Haddad <noor@harbour.example>",
            "Noor Haddad",
            "noor@harbour.example",
        ),
        ("From: Noor Haddad via Harbour <h@lists.example>\nReply-To: noor@harbour.example", "Noor Haddad", "noor@harbour.example"),
        ("Subject: nobody", "Somebody", ""),
    ],
)
def test_a_name_and_an_address_are_found_behind_what_lists_make_of_them(told, name, address):
    head = head_of(f"{told}\n\nWords".encode())

    assert (head.name, head.address) == (name, address)


@pytest.mark.parametrize(
    ("told", "separator", "moment"),
    [
        ("Date: Mon, 04 Mar 2019 10:30:00 +0100 (CET)", b"", BEGAN),
        ("Date: yesterday\nReceived: from a by b; Mon, 4 Mar 2019 09:30:00 +0000", b"", BEGAN),
        ("Date: Sun, 03 Jan 1904 00:00:00 +0000", b"From x at y.example  Mon Mar  4 09:30:00 2019\n", BEGAN),
        ("Subject: a", b"From 16423@xxx Mon Mar 04 09:30:00 +0000 2019\n", BEGAN),
        ("Date: Mon, 04 Mar 2099 09:30:00 +0000", b"From noor@harbour.example\n", None),
    ],
)
def test_the_date_is_the_mails_own_or_the_next_best(told, separator, moment):
    assert head_of(f"{told}\n\nWords".encode(), separator).sent_at == moment


def test_the_nearest_message_that_is_answered_comes_first():
    root, middle, answer = (head_of(google(number, "Words").split(b"\n", 1)[1]) for number in (1, 2, 3))
    head = head_of(google(4, "Words", answers=(1, 2, 3), at=datetime(2019, 3, 5, tzinfo=UTC)).split(b"\n", 1)[1])

    assert head.answers == (answer.key, middle.key, root.key)


@pytest.mark.parametrize(
    ("subject", "text", "is_answer"),
    [
        ("Re: [harbour] Tide tables", "Tide tables", True),
        ("[harbour] AW: Re[2]: [Harbour] Tide  tables", "Tide tables", True),
        ("回复\uff1aTide tables", "Tide tables", True),
        ("[Question] Tide tables", "[Question] Tide tables", False),
        ("Fwd: Tide tables", "Fwd: Tide tables", False),
        ("Research: what we found", "Research: what we found", False),
    ],
)
def test_a_subject_loses_what_programs_and_the_list_put_before_it(subject, text, is_answer):
    assert bare(subject, "harbour") == Subject(text, is_answer)


def test_the_tag_of_the_list_is_the_one_that_its_own_headers_name_or_that_most_subjects_bear():
    assert tag_of([("[harbour] One", "To: harbour@lists.example"), ("Re: [harbour] One", "")]) == "harbour"
    assert tag_of([("[Question] One", "harbour@lists.example")]) == ""
    assert tag_of([("[Tide Talk] One", ""), ("[Tide Talk] Two", ""), ("Three", "")]) == "tide talk"
    assert tag_of([("[Question] One", ""), ("Re: [Question] One", "")]) == ""
    assert tag_of([]) == ""
