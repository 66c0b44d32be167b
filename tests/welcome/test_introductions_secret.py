"""Nobody learns of a refusal: all that the other one and the host can fetch or receive, byte for byte, in four worlds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from difflib import ndiff

import pytest
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client

from correspondence.inbound.receiving import receive
from discussions.moderation.blocking import block
from foundation.privacy_export import archive_of
from tests import make
from tests.correspondence.letters import letter
from tests.welcome.introducing import REASON, address_of, side_of
from welcome.introductions import workflow
from welcome.models import Introduction

BEGIN = datetime(2027, 3, 2, 9, tzinfo=UTC)
PAGE = "/welcome/introductions/"
PAGES = ["/desk/", PAGE, "/welcome/", "/settings/", "/settings/history/", "/messages/", "/ambassadors/", "/ambassadors/ben-ode/"]
OF_THE_TEAM = ["correspondence/outgoingmail/", "correspondence/inboundmail/", "foundation/historyentry/", "ambassadors/ambassador/"]
# Tokens differ from page to page; the key of a mail, which counts all mail there is, is no word about one.
ONCE = re.compile(
    rb'(csrfmiddlewaretoken" value="|csrf-token" content="|X-CSRFToken": ?")[^"]+|(?<=\+)[a-z2-7]{16,}|unsubscribe/[\w-]+'
    rb"|(?<=/admin/correspondence/outgoingmail/)\d+"
)


def nothing(made, ana, ben) -> None:
    """Ben says nothing: in each world he was here that day, and that is all that the support team may know."""


def decline(made, ana, ben) -> None:
    client = Client()
    client.force_login(ben)
    assert client.post(f"{PAGE}{side_of(made, ben).pk}/decline/").status_code == 302


def decline_by_mail(made, ana, ben) -> None:
    to = address_of(made, ben)
    assert receive(letter(ben.email, to, "Not now"), to).outcome == "posted"


def block_ana(made, ana, ben) -> None:
    block(ana, by=ben)


class World:
    """What Ana and the host see from the day on which the host proposes until long after, and what they are mailed."""

    def __init__(self, time, mails, callbacks) -> None:
        self.time, self.mails, self.callbacks, self.seen = time, mails, callbacks, []
        self.host = make.ambassador("Hanna Host", is_staff=True)
        self.ana, self.ben = make.ambassador("Ana Abel"), make.ambassador("Ben Ode")
        self.clients = {person: Client() for person in (self.ana, self.host)}

    def on(self, **after) -> None:
        """Go on to that day; sessions do not last that long."""
        self.time.move_to(BEGIN + timedelta(**after))
        for person, client in self.clients.items():
            client.force_login(person)

    def live(self, before, act) -> list:
        self.on()
        before(None, self.ana, self.ben)
        self.propose()
        made = Introduction.objects.get()
        self.on(days=1)
        Client().force_login(self.ben)
        self.do(lambda: act(made, self.ana, self.ben))
        self.on(days=2)
        self.look("/desk/", PAGE)
        self.note(self.clients[self.ana].post(f"{PAGE}{side_of(made, self.ana).pk}/accept/", follow=True))
        self.look(*PAGES)
        self.on(days=14, minutes=5)
        self.do(workflow.lapse_all)
        self.look(*PAGES)
        self.propose()
        self.on(days=91)
        self.propose()
        self.look(PAGE)
        return self.seen

    def do(self, what) -> None:
        with self.callbacks(execute=True):
            what()
        ours = {self.ana.email, self.host.email}
        self.seen += [(mail.to, mail.subject, _plain(mail.body.encode())) for mail in self.mails if ours & set(mail.to)]
        self.mails.clear()

    def propose(self) -> None:
        told = {"one": "Ana Abel", "two": "Ben Ode", "reason": REASON}
        self.do(lambda: self.note(self.clients[self.host].post(f"{PAGE}new/", told, follow=True)))

    def look(self, *pages) -> None:
        for person, client in self.clients.items():
            for page in pages:
                self.note(client.get(page), page)
            self.seen.append(json.dumps(archive_of(person), cls=DjangoJSONEncoder, sort_keys=True))
        if len(pages) == len(PAGES):
            for page in OF_THE_TEAM:
                self.note(self.clients[self.host].get(f"/admin/{page}"), page)

    def note(self, response, page="") -> None:
        assert response.status_code == 200, f"{page}: {response.status_code}"
        self.seen.append((page, _plain(response.content)))


def _plain(content: bytes) -> bytes:
    return ONCE.sub(b"", content)


def lived(world, before, act) -> list:
    """One world from the same beginning, with the same keys for new rows; what happened in it is undone afterwards."""
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(schemaname || '.' || sequencename, 100000) FROM pg_sequences WHERE schemaname = current_schema()"
        )
    world.seen = []
    whole = transaction.atomic()
    whole._from_testcase = True  # like the test's own: mail that comes in has durable blocks
    with whole:
        seen = world.live(before, act)
        transaction.set_rollback(True)
    return seen


def _differences(silent, seen) -> list[str]:
    return [line for one, other in zip(silent, seen, strict=True) if one != other for line in _lines(one, other)]


def _lines(one, other) -> list[str]:
    return [line[:300] for line in ndiff(*(str(each).split("\\n") for each in (one, other))) if line[:1] in "+-"]


@pytest.mark.row("C6")
def test_a_refusal_reads_like_silence_to_everybody_else(db, time_machine, mailoutbox, django_capture_on_commit_callbacks):
    """Declined on the web, declined by mail, blocked before, blocked afterwards; asked once, and again after three months."""
    time_machine.move_to(BEGIN - timedelta(days=1), tick=False)
    world = World(time_machine, mailoutbox, django_capture_on_commit_callbacks)
    silent = lived(world, nothing, nothing)

    worlds = ((nothing, decline), (nothing, decline_by_mail), (block_ana, nothing), (nothing, block_ana))
    found = {f"{before.__name__}, {act.__name__}": _differences(silent, lived(world, before, act)) for before, act in worlds}

    assert {name: differing for name, differing in found.items() if differing} == {}
    assert sum("introduction" in str(one) for one in silent) > 20
