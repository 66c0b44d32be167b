"""Mail fetched from a real IMAP server."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest
from imap_tools import MailBoxUnencrypted

from community.embedded import free_port
from correspondence.inbound import imap
from correspondence.inbound.receiving import receive
from correspondence.inbound.tasks import poll_inbound
from correspondence.models import InboundMail
from discussions import workflow
from discussions.models import Post
from tests.correspondence.letters import letter, reply_address
from tests.correspondence.mailbox import imap_server

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server():
    """An IMAP server in a process of its own; returns its port."""
    with imap_server() as port:
        yield port


@pytest.fixture
def mailbox(server):
    with MailBoxUnencrypted("127.0.0.1", server, timeout=10).login("demouser", "demopass") as box:
        box.delete(box.uids("ALL"))
        yield box


@pytest.fixture
def url(server, settings) -> str:
    settings.INBOUND_IMAP_URL = f"imap://demouser:demopass@127.0.0.1:{server}/INBOX"
    return settings.INBOUND_IMAP_URL


@pytest.fixture
def address(alice, bob):
    return reply_address(bob, workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?"))


def test_mail_in_the_mailbox_is_posted_and_moved_away(bob, mailbox, url, address):
    raw = letter(bob.email, "catchall@elsewhere.example", "Yes — gladly.", Delivered_To=address)
    mailbox.append(raw)
    mailbox.append(letter(bob.email, address, "And another word."))

    poll_inbound()
    poll_inbound()

    assert Post.objects.filter(author=bob, via="mail").count() == 2
    mailbox.folder.set("INBOX")
    assert mailbox.uids("ALL") == []
    mailbox.folder.set(imap.DONE)
    assert len(mailbox.uids("ALL")) == 2


def test_a_mail_that_cannot_be_stored_stays_in_the_mailbox(bob, mailbox, url, address, monkeypatch):
    mailbox.append(letter(bob.email, address))
    with monkeypatch.context() as broken:
        broken.setattr(imap, "receive", _no_database)
        poll_inbound()
    assert InboundMail.objects.count() == 0
    mailbox.folder.set("INBOX")
    assert len(mailbox.uids("ALL")) == 1

    poll_inbound()

    assert Post.objects.filter(author=bob).count() == 1


def _no_database(*args, **kwargs):
    from django.db import OperationalError

    raise OperationalError("the database is away")


@pytest.mark.parametrize("password", ["demopass", "wrong"])
def test_a_server_that_refuses_or_is_gone_is_a_line_in_the_log(settings, caplog, server, password):
    port = server if password == "wrong" else free_port()
    settings.INBOUND_IMAP_URL = f"imap://demouser:{password}@127.0.0.1:{port}/INBOX"

    poll_inbound()

    assert "could not be read" in caplog.text
    assert password not in caplog.text


def test_a_server_that_hangs_does_not_hang_the_worker(settings, monkeypatch, caplog):
    monkeypatch.setattr(imap, "SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        accepted: list[socket.socket] = []
        thread = threading.Thread(target=lambda: accepted.append(silent.accept()[0]))
        thread.start()
        settings.INBOUND_IMAP_URL = f"imap://demouser:demopass@127.0.0.1:{silent.getsockname()[1]}/INBOX"
        begun = time.monotonic()

        poll_inbound()

        assert time.monotonic() - begun < 5
        thread.join(5)
        for connection in accepted:
            connection.close()
    assert "could not be read" in caplog.text


class Dripping:
    """A server that speaks IMAP until it comes to `where`, and then sends a byte now and then, for ever."""

    def __init__(self, where: bytes, mail: bytes) -> None:
        self.where, self.mail = where, mail
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _address = self.listening.accept()
        with suppress(OSError), connection, connection.makefile("rb") as rows:  # until it is cut off
            self._say(connection, b"greeting", b"* OK IMAP4rev1 here\r\n")
            for row in rows:
                tag, command = row.split(maxsplit=1)
                self._say(connection, command.upper(), self._answer(command.upper()) + tag + b" OK done\r\n")

    def _say(self, connection: socket.socket, command: bytes, words: bytes) -> None:
        if not command.startswith(self.where):
            connection.sendall(words)
            return
        for number in range(10_000):
            connection.sendall(words[number % 20 : number % 20 + 1].strip() or b" ")
            time.sleep(0.05)

    def _answer(self, command: bytes) -> bytes:
        if command.startswith(b"UID FETCH"):
            return b"* 1 FETCH (UID 7 BODY[]<0> {%d}\r\n%s)\r\n" % (len(self.mail), self.mail)
        return {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
            b"UID SEARCH": b"* SEARCH 7 8\r\n",
            b"LIST": b'* LIST () "/" "Received"\r\n',
            b"SELECT": b"* 2 EXISTS\r\n",
        }.get(next((one for one in (b"CAPABILITY", b"UID SEARCH", b"LIST", b"SELECT") if command.startswith(one)), b""), b"")


@pytest.mark.parametrize("where", ["greeting", "LOGIN", "UID SEARCH", "UID FETCH 8", "UID COPY"])
def test_a_server_that_drips_does_not_hold_the_worker(settings, monkeypatch, caplog, bob, address, where):
    """Silence is never long enough to count: only all of it together is."""
    monkeypatch.setattr(imap, "MOST_SECONDS", 0.6)
    server = Dripping(where.encode(), letter(bob.email, "catchall@elsewhere.example", "Yes.", Delivered_To=address))
    settings.INBOUND_IMAP_URL = f"imap://demouser:demopass@127.0.0.1:{server.port}/INBOX"
    begun = time.monotonic()

    poll_inbound()

    assert time.monotonic() - begun < 5
    server.thread.join(5)
    server.listening.close()
    assert not server.thread.is_alive()
    assert "could not be read" in caplog.text
    assert Post.objects.filter(author=bob).count() == (1 if where in {"UID FETCH 8", "UID COPY"} else 0)


def test_mails_for_which_the_time_is_too_short_are_fetched_next_time(bob, mailbox, url, address, monkeypatch):
    for number in range(3):
        mailbox.append(letter(bob.email, address, f"Number {number}."))
    with monkeypatch.context() as short:
        short.setattr(imap, "MOST_SECONDS", 2)
        short.setattr(imap, "receive", _slow)
        poll_inbound()
    assert 1 <= Post.objects.filter(author=bob).count() < 3

    poll_inbound()

    assert Post.objects.filter(author=bob).count() == 3
    mailbox.folder.set("INBOX")
    assert mailbox.uids("ALL") == []


def _slow(*args, **kwargs):
    time.sleep(0.7)
    return receive(*args, **kwargs)
