"""The mail server's pipe, as a process of its own with the real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from correspondence.models import InboundMail, OutgoingMail
from discussions import workflow
from discussions.models import Post
from tests.correspondence.letters import letter, reply_address
from tests.sources import ROOT

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def pipe(raw: bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the command as a mail server does, against this test's database."""
    name = connection.settings_dict["NAME"]
    before, _slash, after = os.environ["DATABASE_URL"].rpartition("/")
    url = f"{before}/{name}" + (f"?{after.partition('?')[2]}" if "?" in after else "")
    own = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment}
    command = [sys.executable, str(ROOT / "manage.py"), "receive_mail", *arguments]
    return subprocess.run(command, input=raw, env=own, capture_output=True, timeout=60, check=False, cwd=ROOT)


@pytest.fixture
def conversation(alice, bob):
    return workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?")


@pytest.mark.parametrize("way", ["--to", "ORIGINAL_RECIPIENT", "RECIPIENT", "Delivered-To", "X-Original-To", "To"])
def test_a_piped_mail_is_posted_whichever_way_the_recipient_is_told(bob, conversation, way):
    address = reply_address(bob, conversation)
    hidden = "list@elsewhere.example"
    headers = {way.replace("-", "_"): address} if way in {"Delivered-To", "X-Original-To"} else {}
    raw = letter(bob.email, address if way == "To" else hidden, **headers)

    ran = pipe(
        raw,
        *(["--to", address] if way == "--to" else []),
        **({way: address} if way.endswith("RECIPIENT") else {}),
    )

    assert (ran.returncode, b": posted" in ran.stdout) == (0, True)
    assert list(Post.objects.filter(thread=conversation, author=bob).values_list("number", "via")) == [(2, "mail")]


def test_a_mail_nobody_can_take_is_stored_all_the_same(bob):
    ran = pipe(letter(bob.email, "nonsense@mail.example.org"))

    assert ran.returncode == 0
    assert InboundMail.objects.values_list("outcome", "reason").get() == ("refused", "unknown address")


def test_a_bounce_is_kept_and_never_answered(bob, conversation):
    ran = pipe(letter("postmaster@elsewhere.example", ""), "--to", reply_address(bob, conversation), "--from", "")

    assert ran.returncode == 0
    assert InboundMail.objects.values_list("outcome", "reason").get() == ("ignored", "bounce")
    assert list(OutgoingMail.objects.exclude(kind="private_message")) == []


def test_a_mail_is_explained_and_nothing_of_it_is_kept(tmp_path, bob, conversation):
    quoted = "Yes, gladly.\n\nOn Mon, 16 Nov 2026 at 10:00, Alice <a@people.example.org> wrote:\n> Shall we?\n"
    address = reply_address(bob, conversation)
    names = ["known.eml", "unknown.eml", "empty.eml"]
    mails = [letter(bob.email, address, quoted), letter("x@y.example", "z@y.example"), letter(bob.email, address, "> Shall we?\n")]
    for name, raw in zip(names, mails, strict=True):
        (tmp_path / name).write_bytes(raw)

    ran = pipe(b"", "--explain", *(str(tmp_path / name) for name in names))

    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(one["outcome"], one["reason"], one["member"], one["new"]) for one in told] == [
        ("posted", "", bob.email, "Yes, gladly."),
        ("refused", "unknown address", None, "Yes, gladly."),
        ("posted", "", bob.email, "> Shall we?"),
    ]
    assert told[0]["target"] == {"kind": "discussions.thread", "id": conversation.pk, "name": f"Thread {conversation.pk}"}
    assert told[0]["folded"] == "On Mon, 16 Nov 2026 at 10:00, Alice <a@people.example.org> wrote:\n> Shall we?"
    assert (InboundMail.objects.count(), Post.objects.filter(thread=conversation).count()) == (0, 1)
    assert list(OutgoingMail.objects.exclude(kind="private_message")) == []


def test_without_a_database_the_mail_server_is_asked_to_try_again():
    ran = pipe(letter("bob@people.example.org", "x@mail.example.org"), DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    assert ran.returncode == 75
    assert b"try again" in ran.stderr


def test_nothing_on_standard_input_is_said():
    assert pipe(b"").returncode == 66


def test_an_endless_mail_is_read_to_its_end_and_its_words_come_back(bob, conversation):
    address = reply_address(bob, conversation)
    raw = letter(bob.email, address, "My first words.") + b"x" * 11_000_000

    ran = pipe(raw, "--to", address)

    assert ran.returncode == 0
    mail = InboundMail.objects.get()
    assert (mail.outcome, mail.reason, len(mail.raw)) == ("refused", "too large", 256 * 1024)
    assert "My first words." in mail.parsed().text
