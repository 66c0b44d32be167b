"""Mail fetched from a real IMAP server."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from imap_tools import MailBoxUnencrypted

from community.embedded import free_port
from correspondence.inbound import imap
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
