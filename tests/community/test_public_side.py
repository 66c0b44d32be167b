"""What a crawl without an account reaches: the public side, by the names of its addresses, and nothing else."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, resolve

from community.pages.defaults import fill_pages
from tests.community.test_leaks import client_of, crawl, entry_pages, heard, plant_all

# The whole public side. A page that is added here is one that somebody decided to show to everybody.
PUBLIC = {
    *("account_inactive", "account_password_reset_completed", "account_reset_password", "account_signup"),
    *("ambassadors:ambassador-detail", "ambassadors:ambassador-list", "ambassadors:ambassador-vcard"),
    *("ambassadors:commitments", "ambassadors:engagement", "ambassadors:growth"),
    *("ambassadors:joining", "ambassadors:nominee-privacy"),
    *(
        "ambassadors:invitation-asked",
        "ambassadors:invitation-declined",
        "ambassadors:seat-declined",
    ),  # where somebody without an account comes to
    *("community:about", "community:accessibility", "community:campaign", "community:home", "community:norms"),
    *("community:contact", "community:contact-thanks", "community:contact-waits"),
    *("community:how-we-work", "community:how-we-work-list", "community:the-community"),
    *("community:subscribe", "community:subscribe-waits", "community:subscription-gone"),
    *("community:update-detail", "community:update-feed", "community:update-list"),
    *("community:news-detail", "community:news-feed", "community:news-list"),
    *("community:practice", "community:privacy", "community:search-page"),
    *(
        "community:accent",
        "community:manifest",
        "community:mark",
        "community:robots",
        "community:security-txt",
        "community:sitemap",
    ),
    *("products:product-feed", "products:product-list", "products:product-detail", "products:edition-detail"),
    *("products:product-part", "products:edition-part"),
    *("products:edition-citation", "products:launch-wish-gone", "products:launch-wish-waits", "products:review-declined"),
    *(
        "practice:help-detail",
        "practice:instrument-detail",
        "practice:practice-start",
        "practice:instrument-worksheet",
        "practice:instrument-worksheet-file",
        "practice:instrument-worksheet-pdf",
        "practice:respond-declined",
    ),
    "discussions:recommendation-list",  # what ambassadors recommend reading, once they have said that it may be public
    # In the demo, as which the tests run:
    *("community:mailbox", "community:mailbox-sent", "community:mailbox-write", "community:styleguide"),
}


def reached(client, pages: list[str]) -> set[str]:
    """The names of the addresses that answer with a page."""
    found = set()
    for url in pages:
        path = url.split("?")[0]
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        if client.get(url).status_code == 200:
            found.add(name)
    return found


@pytest.mark.row("J1")
def test_a_crawl_as_visitor_reaches_the_public_side_and_nothing_private(db):
    garden = plant_all()
    fill_pages(by=garden.cast.staff)
    client = client_of(garden, "visitor")

    pages = crawl(client, entry_pages() + garden.pages)

    assert sorted(reached(client, sorted(pages))) == sorted(PUBLIC)
    assert [canary for canary in heard(pages) if "visitor" not in garden.allowed[canary]] == []
