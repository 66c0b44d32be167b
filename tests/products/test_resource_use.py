"""Who finds a resource useful, and how they use it; and links that lead nowhere."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from products.models import Edition, LinkCheck, ResourceUse
from products.resources import links, using
from tests import make
from tests.products import making, resourcing

pytestmark = pytest.mark.django_db
WORDS = "Every new team watches it in its second week."


@pytest.fixture
def resource(db):
    return resourcing.let_in(make.ambassador("Ria Reads")).product


def test_members_see_how_many_find_it_useful_and_visitors_what_somebody_agreed_to_tell_everybody(client, alice, bob, resource):
    page = resource.get_absolute_url()
    client.force_login(alice)
    client.post(f"/desk/resources/{resource.slug}/useful/")
    client.post(f"/desk/resources/{resource.slug}/use/", {"words": WORDS})
    using.find_useful(resource, by=bob)

    seen = client.get(page).content.decode()
    assert (WORDS in seen, "said to members" in seen, "2 of us find it useful." in seen) == (True, True, True)
    client.logout()
    seen = client.get(page).content.decode()
    assert (WORDS in seen, "Used by" in seen, "Alice" in seen, "find it useful" in seen) == (False,) * 4

    client.force_login(alice)
    client.post(f"/desk/resources/{resource.slug}/use/", {"words": WORDS, "is_public": "on"})
    assert ResourceUse.objects.get(person=alice).agreed_to == using.words_of_consent("What we stopped doing")
    client.logout()
    seen = client.get(page).content.decode()
    assert (WORDS in seen, "Alice Amadi" in seen, "Bob" in seen, "find it useful" in seen) == (True, True, False, False)

    client.force_login(alice)
    client.post(f"/desk/resources/{resource.slug}/useful/undo/")
    client.logout()
    assert WORDS not in client.get(page).content.decode()


def test_nothing_is_shown_to_everybody_without_words(client, alice, resource):
    client.force_login(alice)

    page = client.post(f"/desk/resources/{resource.slug}/use/", {"words": " ", "is_public": "on"})

    assert "Say how you use it: there is nothing to show yet." in page.content.decode()
    assert not ResourceUse.objects.exists()


def test_of_whoever_has_left_nobody_reads_anything(alice, bob, resource):
    using.say_how(resource, by=alice, words=WORDS, is_public=True, agreed_to="So be it.")
    assert ResourceUse.objects.visible_to(bob).exists()

    alice.ambassador.status = "alumni"
    alice.ambassador.save()

    assert not ResourceUse.objects.visible_to(bob).exists()


@pytest.mark.parametrize("kind", ["waiting", "article"])
def test_one_says_only_of_a_resource_that_is_out_that_it_is_useful(alice, kind):
    product = (resourcing.handed_in(alice) if kind == "waiting" else making.draft(alice)).product

    with pytest.raises(PermissionDenied):
        using.find_useful(product, by=alice)


class Site(BaseHTTPRequestHandler):
    """A site in which each path answers with its own number; of /405 a HEAD is refused, and of /round each leads on to itself."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        name = self.path[1:]
        self.send_response(
            {"405": 405 if self.command == "HEAD" else 200, "round": 302, "moved": 301, "Gr%C3%B6%C3%9Fe": 200}.get(name)
            or int(name)
        )
        if name in {"round", "moved"}:
            self.send_header("Location", "/round" if name == "round" else "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "leads"),
    [("200", True), ("moved", True), ("405", True), ("403", True), ("404", False), ("500", False), ("503", None), ("round", False)],
)
def test_a_link_is_asked_gently_and_judged_by_what_comes_back(site, path, leads):
    answer = links.answer_of(f"http://127.0.0.1:{site.server_port}/{path}", may_be_local=True)

    assert answer.leads is leads
    assert site.asked[0] == ("HEAD", f"/{path}")


def test_a_link_with_letters_of_other_alphabets_is_asked_as_a_browser_asks_it(site):
    answer = links.answer_of(f"http://127.0.0.1:{site.server_port}/Größe", may_be_local=True)

    assert (answer.said, site.asked) == ("answered 200", [("HEAD", "/Gr%C3%B6%C3%9Fe")])


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:1/", "http://[::1]/", "http://10.1.2.3/", "http://169.254.169.254/latest/", "ftp://x/"),
        *("http://127.0.0.1/", "http://[::ffff:10.1.2.3]/", "http://224.0.0.1/", "http://[ff02::1]/", "http://[::127.0.0.1]/"),
        *("http://[64:ff9b::a9fe:a9fe]/", "http://[2002:7f00:1::]/", "http://9.9.9.9:22/", "http://9.9.9.9:6379/"),
    ],
)
def test_nothing_on_our_own_network_is_asked(address, monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *args, **kwargs: pytest.fail("asked"))

    assert links.answer_of(address).leads is False


def test_editors_find_broken_links_until_they_are_mended(client, alice, site, resource):
    edition = Edition.objects.get()
    base = f"http://127.0.0.1:{site.server_port}"
    Edition.objects.update(link=f"{base}/404")
    (broken,) = links.check_links(pause=0, may_be_local=True)
    LinkCheck.objects.update(failing_since=timezone.now() - timedelta(days=9), checked_at=timezone.now() - timedelta(days=7))
    Edition.objects.update(link=f"{base}/404")
    (again,) = links.check_links(pause=0, may_be_local=True)
    asked = len(site.asked)

    assert (again.failing_since < broken.failing_since, again.said) == (True, "answered 404")
    links.check_links(pause=0, may_be_local=True)
    assert len(site.asked) == asked  # asked a moment ago
    client.force_login(making.editor())
    assert f"{base}/404" in client.get("/desk/resources/").content.decode()

    Edition.objects.update(link=f"{base}/200")
    assert links.check_links(pause=0, may_be_local=True) == []
    assert f"{base}/" not in client.get("/desk/resources/").content.decode()
    assert LinkCheck.objects.get(edition=edition).failing_since is None
