"""The leak suite: a canary in every private field, every route fetched as each of the cast, and the exact set of what each may see."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, quote_plus, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

import tests
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from correspondence.tasks import deliver_mail
from discussions.models import Space, Thread
from foundation.audiences import Audience
from tests import make
from tests.community.test_access import names
from tests.community.walking import MOST, NOT_FOLLOWED, Walk
from tests.database import undone_at_the_end
from tests.leaks import EVERYBODY, TEAM, Chosen, Garden
from tests.sources import our_models

CANARY = re.compile(r"canary\d{4}x")
LINK = re.compile(r"""(?:href|src)=["']([^"'#]+)""")
SEARCH_PAGES = {"/ambassadors/": 1, "/search/": 10}  # and how many words one may ask of it at once, any of which it finds
# Fields that no builder can plant, with the reason.
NOT_PLANTED = {
    "correspondence.InboundMail.outcome": "one of a closed list",
    "correspondence.InboundMail.reason": "one of a closed list",
    "correspondence.InboundMail.recipient": "a token of ours, which nothing repeats: tests/correspondence/test_inbound_admin.py",
    "correspondence.InboundMail.target_id": "a number",
    "correspondence.MailPreference.kind": "one of a closed list",
    "correspondence.MailText.kind": "one of a closed list",
    "correspondence.OutgoingMail.kind": "one of a closed list",
    "foundation.HistoryEntry.actor_name": "the name of somebody who is in the tests already",
    "foundation.HistoryEntry.target_id": "a number",
    "foundation.HistoryEntry.target_name": "the name of somebody who is in the tests already",
    **{
        f"foundation.SearchEntry.{field}": "a copy of words planted where they stand"
        for field in ("title", "lead", "text", "names", "words")
    },
    "foundation.SearchEntry.audience": "a key such as people:4,9",
    "foundation.SearchEntry.target_id": "a number",
    "foundation.SearchEntry.kind": "one of a closed list",
    "foundation.SearchEntry.url": "an address",
    "foundation.SearchWord.word": "a copy of words planted where they stand",
    "foundation.Upload.content_type": "one of a closed list",
    "products.EditionPrint.failed_because": "words of the typesetter",
    "products.EditionPrint.names": "only a hash is ever stored",
    "practice.Answer.instead": "one of a closed list",
    "practice.Tally.answers": "numbers",
    "practice.Tally.weights": "numbers",
    "ambassadors.ProfileQuestion.field": "one of a closed list",
    "discussions.AskMeAbout.zone": "one of a closed list",
    "ambassadors.User.password": "only a hash is ever stored",
    "ambassadors.User.sort_name": "the name again, folded for sorting",
    "ambassadors.User.time_zone": "one of a closed list",
    "discussions.CircleCadence.time_zone": "one of a closed list",
    "discussions.Prompt.time_zone": "one of a closed list",
    "practice.Talk.time_zone": "one of a closed list",
}


def gardeners():
    for package in pkgutil.iter_modules(tests.__path__):
        if package.ispkg and importlib.util.find_spec(f"tests.{package.name}.canaries"):
            yield importlib.import_module(f"tests.{package.name}.canaries")


def private_fields() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField | models.BinaryField)
        and getattr(model, "audiences", {}).get(field.name, Audience.PUBLIC) != Audience.PUBLIC
    }


def plant_all() -> Garden:
    garden = Garden(make.cast())
    with TestCase.captureOnCommitCallbacks(execute=True):
        for gardener in gardeners():
            gardener.plant(garden)
    for row in OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED):
        deliver_mail(row.pk)
    garden.sent = list(django_mail.outbox)
    return garden


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker) -> Iterator[Garden]:
    """The garden, planted once for all tests of a module that commits nothing, and gone after them."""
    with undone_at_the_end(django_db_blocker):
        yield plant_all()


@pytest.fixture
def garden(planted, db) -> Garden:
    """Whatever a test changes in it is taken back after the test."""
    return planted


class Reader(Client):
    """Asks for each address once: what the tests of a module look at does not change between them."""

    def __init__(self, answers: dict[str, HttpResponse], chosen: Chosen) -> None:
        super().__init__()
        self.answers, self.chosen = answers, chosen

    def get(self, path, data=None, **extra):
        if data is not None:
            return super().get(path, data, **extra)
        if path not in self.answers:
            response = super().get(path, **extra)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            self.answers[path] = HttpResponse(body, status=response.status_code, headers=response.headers)
        return self.answers[path]


def client_of(garden: Garden, who: str) -> Reader:
    client = Reader(garden.answers.setdefault(who, {}), garden.chosen)
    person = getattr(garden.cast, who, None)
    if person is not None and person.is_active:
        client.force_login(person)
    return client


def entry_pages() -> list[str]:
    found = []
    for name in names(get_resolver().url_patterns):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return sorted(url for url in found if not NOT_FOLLOWED.search(url))


def links_in(page: str) -> set[str]:
    found = set()
    for raw in LINK.findall(page):
        parts = urlsplit(unescape(raw))
        if parts.scheme or parts.netloc or not parts.path.startswith("/") or NOT_FOLLOWED.search(parts.path):
            continue
        found.add(parts.path if parts.path.startswith("/admin/") else raw)
    return {unescape(link) for link in found}


def crawl(client: Reader, pages: list[str], limit: int = 4000, known: dict[str, str] | None = None) -> dict[str, str]:
    """Fetch `pages` and whatever they link to, but for what is `known`; return the text of each answer by its address."""
    seen: dict[str, str] = dict(known or {})
    waiting = list(pages)
    while waiting and len(seen) < limit:
        url = waiting.pop()
        if url in seen:
            continue
        response = client.get(url)
        answer = f"{response.headers}\n{response.content.decode(errors='replace')}"
        seen[url] = answer.replace(url, "").replace(quote(url), "")  # what one asks for is not told by being repeated
        waiting += [link for link in links_in(answer) - seen.keys() if client.chosen.is_looked_at(link)]
    assert len(seen) < limit, "the crawl did not come to an end"
    return seen


def for_(who: str, routes: list[str]) -> list[str]:
    """The addresses to ask as `who`. The admin has one door for each kind of page, and whoever is not let through it sees no object
    behind it: of each kind they ask for one."""
    if who in TEAM:
        return routes
    kinds = {url if not url.startswith("/admin/") else resolve(urlsplit(url).path).view_name: url for url in routes}
    return list(kinds.values())


def heard(pages: dict[str, str]) -> dict[str, str]:
    """Where each canary was heard first."""
    return {canary: url for url, text in pages.items() for canary in CANARY.findall(text)}


def test_every_private_field_has_a_canary(garden):
    assert private_fields() - set(garden.fields.values()) - NOT_PLANTED.keys() == set()


def test_each_of_the_cast_sees_exactly_what_is_for_them(garden):
    clients = {who: client_of(garden, who) for who in EVERYBODY}
    first = {who: crawl(client, entry_pages() + garden.pages) for who, client in clients.items()}
    routes = sorted({url for pages in first.values() for url in pages})

    seen = {who: heard(crawl(client, for_(who, routes), known=first[who])) for who, client in clients.items()}

    told = {
        who: {canary: garden.fields[canary] for canary, readers in garden.allowed.items() if who in readers} for who in EVERYBODY
    }
    leaks = {
        who: [f"{garden.fields[canary]} at {url}" for canary, url in pages.items() if canary not in told[who]]
        for who, pages in seen.items()
    }
    lost = {who: sorted(told[who][canary] for canary in told[who].keys() - pages.keys()) for who, pages in seen.items()}
    found = {who: places for who, places in leaks.items() if places}, {who: fields for who, fields in lost.items() if fields}
    assert found == ({}, {})


PREVIEWED = re.compile(
    r'<meta (?:property="(?:og|article|profile):|name="(?:twitter:|description|author))[^>]*>|<script type="application/ld\+json">.*?</script>',
    re.DOTALL,
)


@pytest.mark.row("R18")
def test_feeds_maps_previews_and_data_tell_a_visitor_what_visitors_may_read_and_nothing_else(garden):
    """What machines fetch: everything that is no page (feeds, sitemaps, JSON, calendars), and what pages say to those who show a link to them."""
    client = client_of(garden, "visitor")
    pages = crawl(client, entry_pages() + garden.pages)
    types = {
        url: answer.headers.get("Content-Type", "")
        for url, answer in garden.answers["visitor"].items()
        if answer.status_code == 200
    }
    fetched = {url: pages[url] for url, kind in types.items() if url in pages and not kind.startswith("text/html")}
    previews = {
        url: " ".join(PREVIEWED.findall(pages[url])) for url, kind in types.items() if url in pages and kind.startswith("text/html")
    }

    told = heard(fetched), heard(previews)

    leaks = [
        f"{garden.fields[canary]} at {url}"
        for found in told
        for canary, url in found.items()
        if "visitor" not in garden.allowed[canary]
    ]
    assert leaks == []
    assert all(told), "nothing was told at all: there is nothing to look at"
    assert {kind.partition(";")[0] for url, kind in types.items() if url in fetched} >= {"application/xml", "application/atom+xml"}


@pytest.mark.parametrize("who", ["visitor", "ambassador", "alumnus", "staff"])
def test_every_link_opens_for_the_one_who_is_shown_it(garden, who):
    walk = Walk(client_of(garden, who))

    assert walk.broken == {}
    assert 4 < len(walk.answers) < MOST


def test_a_search_finds_nothing_by_words_that_the_reader_may_not_read(garden):
    """A hit would tell that the word is there: the page must read as it does for a word that is nowhere.

    Near misses are left out: canaries resemble each other, and of what the reader may read each has another likest one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 1")
    told = []
    for who in EVERYBODY:
        client = client_of(garden, who)
        forbidden = [canary for canary, readers in garden.allowed.items() if who not in readers]
        for page, at_once in SEARCH_PAGES.items():
            nothing = answer_to(client, page, "canary9999x")
            for start in range(0, len(forbidden), at_once):
                some = forbidden[start : start + at_once]
                if answer_to(client, page, " or ".join(some)) != nothing:
                    told.append(f"one of {[garden.fields[canary] for canary in some]} to {who} at {page}")

    assert told == []


def answer_to(client: Client, page: str, words: str) -> str:
    """What a search says, without the words themselves and the marks that differ on each page."""
    text = client.get(page, {"q": words}).content.decode()
    for repeated in (words, quote_plus(words), quote(words)):
        text = text.replace(repeated, "…")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text)


def reader_of(address: str, by_address: dict[str, str]) -> str:
    """Which of the cast reads this mailbox: nobody, when it is a planted person's own, and a visitor when it is a stranger's."""
    if address in by_address:
        return by_address[address]
    return "" if EmailAddress.objects.filter(email__iexact=address).exists() else "visitor"


@pytest.mark.row("R18")
def test_no_mail_tells_its_reader_what_a_page_would_not(garden):
    by_address = {getattr(garden.cast, who).email: who for who in EVERYBODY if who != "visitor"}

    assert garden.sent, "no mail was sent: there is nothing to look at"
    told = [
        f"{garden.fields[canary]} to {address}"
        for message in garden.sent
        for address in message.recipients()
        for canary in set(CANARY.findall(message.message().as_string()))
        if (who := reader_of(address, by_address)) and who not in garden.allowed[canary] | garden.mailed.get(canary, frozenset())
    ]
    assert told == []


@pytest.mark.row("R19")
def test_whoever_asks_by_mail_is_mailed_no_more_than_the_pages_show_them(garden):
    """Every thread and space there is, asked for by each of the cast as if they had an address of it."""
    told, mailed = [], 0
    wanted = [("read_thread", {"thread": pk, "before": None}) for pk in Thread.objects.values_list("pk", flat=True)]
    wanted += [("read_space", {"space": pk, "before": None}) for pk in Space.objects.values_list("pk", flat=True)]
    wanted += [("read_all", {}), ("help_by_mail", {})]
    for who in EVERYBODY:
        person = getattr(garden.cast, who, None)
        mails = [
            OutgoingMail(kind=kind, person=person, key=f"{who} {number}", about=about)
            for number, (kind, about) in enumerate(wanted)
        ]
        for mail in OutgoingMail.objects.bulk_create(mail for mail in mails if kinds[mail.kind].still_wanted(mail)):
            mailed += 1
            found = set(CANARY.findall(message_for(mail).message().as_string()))
            told += [f"{garden.fields[one]} to {who}: {mail.kind}" for one in found if who not in garden.allowed[one]]

    assert (told, mailed > len(wanted)) == ([], True)
