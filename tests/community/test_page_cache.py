"""Public pages come from the cache whole, to those whom everybody's page is for, and never a moment longer than they are true."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import include, path

from community import at_hand, page_cache
from community.page_cache import PageNotForAll
from foundation.access import public_page
from foundation.cache import ForgivingRedisCache
from foundation.models import Community
from foundation.publication import take_new_version
from tests.make import ambassador
from tests.sources import ROOT

RENDERED: list[str] = []
GATE = threading.Event()


@public_page(queries=("after",))
def plain(request):
    RENDERED.append(request.get_full_path())
    return HttpResponse(f"page {len(RENDERED)} {request.GET.get('after', '')} {sorted(request.COOKIES)} " + "x" * 2000)


@public_page
def slow(request):
    RENDERED.append("slow")
    GATE.wait(5)
    return HttpResponse(f"slow {Community.objects.count()}")


@public_page
def missing(request):
    return HttpResponse("no", status=404)


@public_page
def with_cookie(request):
    answer = HttpResponse("hello")
    answer.set_cookie("seen", "1")
    return answer


@public_page
def with_token(request):
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@public_page
def with_message(request):
    from django.contrib import messages

    messages.success(request, "Well done, you.")
    return HttpResponse("hello")


@public_page
def with_nonce(request):
    return HttpResponse("hello", headers={"Content-Security-Policy": "script-src 'nonce-abc'"})


@public_page
def streaming(request):
    return StreamingHttpResponse(["hello"])


@public_page
def for_one_browser(request):
    return HttpResponse("hello", headers={"Vary": "User-Agent"})


@public_page
def private(request):
    return HttpResponse("hello", headers={"Cache-Control": "private"})


@public_page
def bodyless(request):
    return HttpResponse("" if request.method == "HEAD" else "here it is")


VIEWS = [bodyless, plain, slow, missing, with_cookie, with_token, with_message, with_nonce, streaming, for_one_browser, private]
urlpatterns = [*(path(f"{view.__name__}/", view) for view in VIEWS), path("", include("community.urls"))]


@pytest.fixture(autouse=True)
def cached(settings):
    settings.ROOT_URLCONF = __name__
    settings.PAGE_CACHE = True
    RENDERED.clear()
    GATE.set()


def test_page_is_rendered_once_and_costs_no_query(client, db, django_assert_num_queries):
    first = client.get("/plain/")

    with django_assert_num_queries(0):
        second = client.get("/plain/")
    assert (second.content, RENDERED) == (first.content, ["/plain/"])


@pytest.mark.row("R14")
def test_every_header_of_a_page_is_on_its_copy(client, db, settings):
    settings.PAGE_CACHE = False
    rendered = client.get("/")
    settings.PAGE_CACHE = True
    client.get("/")

    with CountedQueries() as queries:
        copy = client.get("/")

    assert queries.count == 0
    assert dict(copy.headers) == dict(rendered.headers)
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"} <= copy.headers.keys()
    assert "Cross-Origin-Opener-Policy" in copy.headers
    assert copy.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


class CountedQueries:
    def __enter__(self):
        self.count = 0
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)


@pytest.mark.parametrize(
    "others",
    [
        {"SERVER_NAME": "127.0.0.1"},
        {"path": "/plain/?after=3"},
        {"headers": {"HX-Request": "true"}},
        {"cookies": {"messages": "for me"}},
        {"cookies": {"sessionid": "anything"}},
        {"method": "post"},
    ],
    ids=str,
)
def test_other_requests_get_a_page_of_their_own(db, others):
    Client().get("/plain/")
    client = Client()
    client.cookies.load(others.pop("cookies", {}))

    getattr(client, others.pop("method", "get"))(others.pop("path", "/plain/"), **others)

    assert len(RENDERED) == 2


def test_other_languages_get_a_page_of_their_own(db, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    german = Client()
    german.cookies.load({settings.LANGUAGE_COOKIE_NAME: "de"})

    answers = [
        Client().get("/plain/"),
        german.get("/plain/"),
        Client().get("/plain/", headers={"Accept-Language": "de-AT,de;q=0.8"}),
        Client().get("/plain/", headers={"Accept-Language": "en-GB"}),
    ]

    assert [answer.headers["Content-Language"] for answer in answers] == ["en", "de", "de", "en"]
    assert (answers[2].content, answers[3].content, len(RENDERED)) == (answers[1].content, answers[0].content, 2)


def test_cookies_of_others_neither_stop_the_cache_nor_reach_the_page(client, db):
    client.cookies.load({"csrftoken": "abc", "of_some_proxy": "1"})

    first, second = client.get("/plain/").content, client.get("/plain/").content

    assert (first, b" [] " in first) == (second, True)


def test_member_gets_the_own_page(client, db):
    Client().get("/")
    client.force_login(ambassador("Alice Amadi"))

    page = client.get("/")

    assert "Alice Amadi" in page.content.decode()
    assert page.headers["Cache-Control"] == "private"
    assert "Alice Amadi" not in Client().get("/").content.decode()


def test_address_that_asks_for_more_is_answered_and_not_kept(client, db):
    for _ in range(2):
        assert client.get("/plain/?after=3&utm_source=x").status_code == 200

    assert len(RENDERED) == 2


def test_what_did_not_work_is_not_kept(client, db):
    client.get("/missing/")

    assert [key for key in kept_keys() if "page" in key] == []


def kept_keys():
    return [str(key) for key in cache._cache.get_client().keys("*:page:*")]


@pytest.mark.parametrize(
    "name", ["with_cookie", "with_token", "with_message", "with_nonce", "streaming", "for_one_browser", "private"]
)
def test_page_that_is_not_for_all_fails_its_tests_and_is_not_kept(client, db, settings, name, caplog):
    with pytest.raises(PageNotForAll):
        client.get(f"/{name}/")

    settings.PAGE_CACHE_IS_STRICT = False
    caplog.clear()
    answers = [Client().get(f"/{name}/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert caplog.text.count("is marked as a public page, but it ") == 2
    assert kept_keys() == []


def test_visitors_copy_is_confirmed_or_replaced(client, db):
    etag = client.get("/plain/").headers["ETag"]

    same = client.get("/plain/", headers={"If-None-Match": etag})
    take_new_version()
    new = client.get("/plain/", headers={"If-None-Match": etag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert (new.status_code, new.headers["ETag"] != etag) == (200, True)


def test_packed_and_head(client, db):
    page = client.get("/plain/")

    packed = client.get("/plain/", headers={"Accept-Encoding": "br, gzip"})
    head = client.head("/plain/")

    assert (packed.headers["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", page.content)
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(page.content)
    assert (head.content, head.headers["Content-Length"], len(RENDERED)) == (b"", str(len(page.content)), 1)


def test_new_version_makes_every_page_an_old_one(client, db):
    client.get("/plain/")
    client.get("/plain/?after=3")

    take_new_version()
    client.get("/plain/")
    client.get("/plain/?after=3")

    assert len(RENDERED) == 4


@pytest.mark.django_db(transaction=True)
def test_page_begun_before_a_change_and_ready_after_it_is_served_to_nobody_else():
    """The race of foundation/publication.py: the page read the old state, and is stored when the new version is out."""
    GATE.clear()
    answers = []
    early = threading.Thread(target=lambda: answers.append(Client().get("/slow/").content) or connection.close())
    early.start()
    wait_until(lambda: RENDERED == ["slow"])

    Community.found()
    GATE.set()
    early.join()

    assert Client().get("/slow/").content == b"slow 1"
    assert RENDERED == ["slow", "slow"]


def wait_until(true) -> None:
    deadline = time.monotonic() + 5
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert true()


def many(number: int, path: str) -> list[bytes]:
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(Client().get(path).content) or connection.close()) for _ in range(number)
    ]
    for thread in threads:
        thread.start()
    wait_until(lambda: RENDERED)
    time.sleep(0.2)
    GATE.set()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_renders():
    GATE.clear()

    answers = many(8, "/slow/")

    assert (set(answers), RENDERED) == ({b"slow 0"}, ["slow"])


@pytest.mark.django_db(transaction=True)
def test_when_a_page_has_aged_one_renders_and_the_others_get_the_old_one(monkeypatch):
    monkeypatch.setattr(page_cache, "FRESH", -1)
    Client().get("/slow/")
    RENDERED.clear()
    GATE.clear()
    renderer = threading.Thread(target=lambda: Client().get("/slow/") and connection.close())
    renderer.start()
    wait_until(lambda: RENDERED)

    begun = time.monotonic()
    others = [Client().get("/slow/").content for _ in range(5)]
    taken = time.monotonic() - begun
    GATE.set()
    renderer.join()

    assert (others, RENDERED) == ([b"slow 0"] * 5, ["slow"])
    assert taken < 1  # nobody waited for the renderer, who waits for us


@pytest.mark.django_db(transaction=True)
def test_who_waits_in_vain_renders(monkeypatch):
    monkeypatch.setattr(page_cache, "WAIT", 0.1)
    version = page_cache.first_version()
    key = page_cache._key_of(Client().get("/plain/").wsgi_request)
    cache.delete(key)
    cache.add(page_cache._lock(key, version), 1, 10)  # its holder died

    assert Client().get("/plain/").status_code == 200
    assert len(RENDERED) == 2


def test_without_a_cache_pages_are_rendered_as_ever(client, db, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"}}

    answers = [client.get("/plain/").status_code for _ in range(2)]

    assert (answers, len(RENDERED)) == ([200, 200], 2)


def test_change_that_the_cache_was_not_told_of_is_seen_within_a_minute(client, db, time_machine):
    time_machine.move_to("2026-11-22 12:00:00", tick=False)
    client.get("/plain/")
    time_machine.shift(page_cache.FRESH + 1)

    client.get("/plain/")

    assert len(RENDERED) == 2
    assert page_cache.KEPT <= 60


def test_entry_of_another_release_reads_as_none(client, db):
    key = page_cache._key_of(client.get("/plain/").wsgi_request)
    cache.set(key, ("of another shape", page_cache.first_version()), 60)

    assert client.get("/plain/").status_code == 200


def test_foreign_host_is_refused_as_ever(client, db):
    assert client.get("/plain/", SERVER_NAME="evil.example").status_code == 400
    assert RENDERED == []


@pytest.mark.parametrize(
    ("accepted", "packs"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip", True),
        ("gzip;q=0.5, *;q=0", True),
        ("x-gzip", True),
        ("gzip;q=0", False),
        ("br, gzip; q=0.0", False),
        ("notgzip", False),
        ("identity", False),
        ("", False),
    ],
)
def test_a_page_is_packed_for_whom_it_may_be(client, db, accepted, packs):
    answer = client.get("/plain/", headers={"Accept-Encoding": accepted})

    assert answer.has_header("Content-Encoding") is packs


def test_what_answers_head_is_not_kept_for_get(client, db):
    client.head("/bodyless/")

    assert client.get("/bodyless/").content == b"here it is"


def test_visitors_cannot_fill_the_cache_with_addresses_that_they_make_up(client, db, monkeypatch):
    monkeypatch.setattr(page_cache, "MADE_UP", 2)

    for number in range(4):
        client.get(f"/plain/?after={number}")
        client.get("/plain/", SERVER_PORT=str(8000 + number))
    client.get("/plain/", SERVER_NAME="localhost")

    assert len(kept_keys()) == 2 + 1


class Questions:
    """Counts what the cache is asked."""

    def __init__(self, monkeypatch) -> None:
        self.count, ask = 0, ForgivingRedisCache._or_else

        def counted(*args):
            self.count += 1
            return ask(*args)

        monkeypatch.setattr(ForgivingRedisCache, "_or_else", counted)


def test_for_a_second_a_process_asks_nobody(client, db, monkeypatch):
    client.get("/plain/")
    client.get("/plain/")
    questions = Questions(monkeypatch)

    client.get("/plain/")
    at_once = questions.count
    monkeypatch.setattr(at_hand, "HOLDS", -1)
    at_hand.at_hand.version_until = 0.0
    client.get("/plain/")

    assert (at_once, questions.count, len(RENDERED)) == (0, 1, 1)


def test_a_visitor_who_was_not_asked_for_is_asked_for(client, db):
    client.get("/plain/")
    client.get("/plain/")
    cache.set("trapped:10.9.8.7", 1, 60)

    answers = [client.get("/plain/", REMOTE_ADDR=address).status_code for address in ("127.0.0.1", "10.9.8.7")]

    assert answers == [200, 403]


def test_a_process_holds_only_so_many_pages_and_visitors(client, db, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST_PAGES", 2)
    monkeypatch.setattr(at_hand, "MOST_VISITORS", 3)

    for number in range(9):
        for _ in range(2):
            client.get(f"/plain/?after={number}", REMOTE_ADDR=f"10.0.0.{number}")

    assert len(at_hand.at_hand.pages) <= 2
    assert len(at_hand.at_hand.welcome_until) <= 3


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_change_in_one_process_is_seen_in_the_other_within_seconds():
    community = Community.found("Old Harbour")
    with other_process() as ask:
        assert "Old Harbour" in ask()
        assert "Old Harbour" in ask()  # at hand from now on
        community.name = "New Harbour"
        community.save()
        changed = time.monotonic()
        while "New Harbour" not in (page := ask()):
            assert time.monotonic() - changed < 3
            time.sleep(0.05)
        assert "Old Harbour" not in page


ASKS = """
import sys, django
django.setup()
from django.test import Client
client = Client()
for line in sys.stdin:
    print(client.get("/norms/", SERVER_NAME="localhost").content.decode().replace(chr(10), " "), flush=True)
"""


@contextmanager
def other_process():
    """A second process of the site, which is asked for a page with each call."""
    environment = os.environ | {"DATABASE_URL": url_of_the_tests(), "DJANGO_SETTINGS_MODULE": "tests.settings_with_page_cache"}
    command = [sys.executable, "-W", "ignore", "-c", ASKS]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:

        def ask() -> str:
            process.stdin.write("page\n")
            process.stdin.flush()
            return process.stdout.readline()

        try:
            yield ask
        finally:
            process.stdin.close()


def url_of_the_tests() -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
