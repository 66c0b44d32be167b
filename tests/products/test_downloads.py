"""Downloads: the newest at an address that stays, counted a day, and nothing kept of whoever came."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from products.models import Download
from products.pages import downloads
from products.pages.downloads import is_counted, write_downloads
from products.tasks import write_counted_downloads
from tests.products import publishing

pytestmark = pytest.mark.django_db
LATEST = "/products/who-stays-and-why/files/the-paper/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def paper():
    edition = publishing.out()
    return [publishing.add_file(edition, 1), publishing.add_file(edition, 2, content=b"%PDF-1.7 two", note="A table more.")]


def get(client, url=LATEST, **headers):
    return client.get(url, headers={"User-Agent": BROWSER} | headers)


def test_the_address_leads_to_the_newest_and_each_version_keeps_its_own(client, paper):
    latest, first = get(client), get(client, "/products/who-stays-and-why/editions/1/files/the-paper/1/")

    assert (latest.content, first.content) == (b"%PDF-1.7 two", b"%PDF-1.7 one")
    # the name that it was uploaded under may hold a person's
    assert latest.headers["Content-Disposition"] == 'attachment; filename="who-stays-and-why-the-paper-2.pdf"'
    page = client.get("/products/who-stays-and-why/").content.decode()
    assert [part in page for part in (LATEST, "files/the-paper/1/", "A table more.")] == [True, True, True]


def test_downloads_are_counted_by_the_day_without_a_statement_each(client, paper, django_assert_num_queries):
    get(client)
    with django_assert_num_queries(2):  # the product and its file: nothing to count it
        get(client)
    get(client, "/products/who-stays-and-why/editions/1/files/the-paper/1/")

    write_counted_downloads()
    write_counted_downloads()

    assert sorted(Download.objects.values_list("file__number", "count")) == [(1, 1), (2, 2)]
    assert "downloaded 3 times" in client.get("/products/who-stays-and-why/").content.decode()


def test_what_another_worker_took_is_not_counted_twice(client, paper, monkeypatch):
    for _ in range(3):
        get(client)
    take = downloads._take

    def late(key, count):
        monkeypatch.setattr(downloads, "_take", take)
        write_downloads()  # the other worker, between reading and taking
        return take(key, count)

    monkeypatch.setattr(downloads, "_take", late)
    write_downloads()

    assert list(Download.objects.values_list("count", flat=True)) == [3]


def test_a_copy_that_is_still_good_is_not_sent_again(client, paper):
    tag = get(client).headers["ETag"]

    assert get(client, **{"If-None-Match": tag}).status_code == 304
    write_downloads()
    assert list(Download.objects.values_list("count", flat=True)) == [1]


@pytest.mark.parametrize(
    ("method", "headers", "counted"),
    [
        ("GET", {}, True),
        ("HEAD", {}, False),
        ("GET", {"Range": "bytes=0-"}, True),
        ("GET", {"Range": "bytes=65536-"}, False),
        ("GET", {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"}, False),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}, False),
    ],
)
def test_what_fetches_by_itself_is_not_counted(method, headers, counted):
    request: HttpRequest = RequestFactory().generic(method, LATEST, headers={"User-Agent": BROWSER} | headers)

    assert is_counted(request) is counted
