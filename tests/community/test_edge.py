"""What machines are told: robots.txt, the sitemap, security.txt; and the trap for those that do not listen."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community import trap
from tests import make

TRAP = "/not-for-people/"
SECOND_ADDRESS = "203.0.113.9"


def robots(client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def test_robots_leave_alone_what_is_private_and_read_what_is_public(client, db):
    parser = robots(client)
    closed = [
        "/desk/",
        "/discussions/new/",
        "/admin/",
        "/accounts/login/",
        "/settings/",
        "/search/?q=x",
        "/mail/1/",
        "/dev/mailbox/",
    ]

    assert [path for path in [*closed, TRAP] if parser.can_fetch("any", path)] == []
    assert [
        path for path in ["/", "/ambassadors/", "/contact/", "/sitemap.xml", "/look/mark.svg"] if not parser.can_fetch("any", path)
    ] == []
    assert parser.site_maps() == ["http://localhost/sitemap.xml"]


def locations(client, path: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get(path).content.decode())


def test_sitemap_lists_who_shows_themselves_and_nobody_else(client, db):
    shown = make.ambassador("Alice Amadi", listed_for="public")
    for number, fields in enumerate([{}, {"listed_for": "staff"}, {"listed_for": "public", "status": "removed"}]):
        make.ambassador(f"Hidden {number}", **fields)

    index = locations(client, "/sitemap.xml")
    found = [page for section in index for page in locations(client, section.removeprefix("http://localhost"))]

    sections = ["news", "pages", "people", "pillars", "products", "slides", "updates"]
    assert sorted(index) == [f"http://localhost/sitemap-{name}.xml" for name in sections]
    assert f"http://localhost{shown.ambassador.get_absolute_url()}" in found
    assert {"http://localhost/", "http://localhost/ambassadors/"} <= set(found)
    assert [page for page in found if "hidden" in page] == []
    assert [page for page in found if Client().get(page.removeprefix("http://localhost")).status_code != 200] == []


def test_sitemap_is_paged(client, db, monkeypatch):
    monkeypatch.setattr("foundation.sitemaps.Section.limit", 2)
    for number in range(3):
        make.ambassador(f"Shown {number}", listed_for="public")

    pages = [page for page in locations(client, "/sitemap.xml") if "people" in page]

    assert pages == ["http://localhost/sitemap-people.xml", "http://localhost/sitemap-people.xml?p=2"]
    assert [len(locations(client, page.removeprefix("http://localhost"))) for page in pages] == [2, 1]
    assert client.get("/sitemap-people.xml?p=3").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_security_txt_names_a_way_to_us_and_runs_out_within_a_year(client, db):
    page = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in page.content.decode().splitlines())

    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (said["Contact"], said["Canonical"]) == ("http://localhost/contact/", "http://localhost/.well-known/security.txt")
    assert timedelta(days=290) < datetime.fromisoformat(said["Expires"]) - timezone.now() < timedelta(days=365)


@pytest.mark.row("J8")
def test_client_that_follows_the_trap_is_shut_out_for_some_minutes(client, db, settings):
    settings.PAGE_CACHE = True
    assert client.get("/").status_code == 200  # its copy lies in the cache now

    followed = client.get(TRAP)
    while_shut_out = [client.get(path).status_code for path in ("/", "/ambassadors/", "/sitemap.xml", "/no/such/page/")]
    posted = client.post("/ambassadors/").status_code

    assert (followed.status_code, while_shut_out, posted) == (403, [403] * 4, 403)
    assert followed.headers["Retry-After"] == str(trap.MINUTES * 60)
    assert 0 < cache._cache.get_client().ttl(cache.make_key(trap.key_of(followed.wsgi_request))) <= trap.MINUTES * 60
    cache.delete(trap.key_of(followed.wsgi_request))  # the minutes are over
    assert client.get("/").status_code == 200


@pytest.mark.row("J8")
def test_member_who_shares_the_address_is_never_shut_out(client, db):
    client.get(TRAP)
    member = Client()
    member.force_login(make.ambassador("Alice Amadi"))

    pages = [member.get(path).status_code for path in ("/", "/desk/", TRAP, "/desk/")]
    stranger = Client(REMOTE_ADDR=SECOND_ADDRESS).get("/").status_code

    assert (pages, stranger, client.get("/").status_code) == ([200] * 4, 200, 403)


def test_signed_out_member_behind_a_shut_address_can_still_sign_in(client, db):
    alice = make.ambassador("Alice Amadi")
    client.get(TRAP)

    client.post("/accounts/login/", {"login": alice.email, "password": make.PASSWORD})

    assert client.get("/desk/").status_code == 200


def test_member_who_follows_the_trap_shuts_out_nobody(client, db):
    client.force_login(make.ambassador("Alice Amadi"))

    assert client.get(TRAP).status_code == 200
    assert Client().get("/").status_code == 200


def test_old_session_cookie_opens_nothing_to_the_trapped(client, db):
    client.get(TRAP)
    client.cookies.load({"sessionid": "of-long-ago"})

    assert client.get("/").status_code == 403


def test_robots_can_read_that_they_should_not_have_gone_there(client, db):
    client.get(TRAP)

    assert [client.get(path).status_code for path in ("/robots.txt", "/.well-known/security.txt", "/look/mark.svg")] == [200] * 3


def test_shut_out_page_says_how_long_and_how_to_reach_us(client, db):
    page = client.get(TRAP).content.decode()

    assert "for 10 minutes" in page
    assert "mailto:team@mail.example.org" in page
    assert 'name="robots" content="noindex"' in page


def test_behind_a_proxy_only_the_visitor_is_shut_out(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    trapped, other = (Client(headers={"X-Forwarded-For": address}) for address in ("203.0.113.7", "203.0.113.8"))
    trapped.get(TRAP)

    assert (trapped.get("/").status_code, other.get("/").status_code) == (403, 200)


@pytest.mark.row("J8")
def test_link_to_the_trap_is_for_machines_alone(client, db):
    page = client.get("/").content.decode()
    found = re.findall(
        rf'<p class="visually-hidden" aria-hidden="true"><a href="{TRAP}" rel="nofollow" tabindex="-1">[^<]+</a></p>', page
    )

    assert len(found) == page.count(TRAP) == 1
    assert not robots(client).can_fetch("any", TRAP)


def test_without_a_cache_nobody_is_shut_out(client, db, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"}}

    assert client.get(TRAP).status_code == 403
    assert client.get("/").status_code == 200


def test_members_are_not_even_looked_up(client, db, monkeypatch):
    client.force_login(make.ambassador("Alice Amadi"))
    asked = []
    monkeypatch.setattr(trap, "key_of", lambda request: asked.append(request.path) or "trapped:x")

    client.get("/desk/")

    assert asked == []
