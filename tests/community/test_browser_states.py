"""The pages as people find them on their best and worst days: full of people, and right after the founding."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve, reverse

from ambassadors.models import Ambassador, User
from community.founding import found
from community.logins import ADDRESSES
from tests.access import WHO, nothing
from tests.accessibility import axe, sideways
from tests.browser import PHONE
from tests.community.test_access import rows
from tests.community.test_browser_pages import DOWNLOADED
from tests.community.walking import Walk

MOST_WALKED = 80  # addresses, before the pages to look at are chosen
NOT_OURS = ("/sitemap.xml", "/admin/", "/dev/", "/files/")
TELLING = ("oluwaseun", "anselm", "laila", "xiaomei")  # names and organisations that are long, or written otherwise


def looked_at(page, path: str) -> list[str]:
    """What axe and a narrow window find on a page, here with all its people."""
    response = page.goto(path)
    if response is None or "text/html" not in response.headers.get("content-type", ""):
        return []
    return [f"{path}: {complaint}" for complaint in (*axe(page), *sideways(page))]


def addresses_for(person: User | None, kinds: set[str]) -> Iterator[str]:
    """Pages that a walk over all links finds, one of each kind that is not among `kinds`, and those of the people with telling names."""
    client = Client()
    if person is not None:
        client.force_login(person)
    for url, (status, text) in Walk(client, most=MOST_WALKED).answers.items():
        path = urlsplit(url).path
        if status == 200 and text and not path.startswith(NOT_OURS):
            name = resolve(path).view_name
            if name not in kinds:
                kinds.add(name)
                yield url
    for one in Ambassador.objects.visible_to(person or User()).filter(user__email__in=[f"{n}@tidemark.example" for n in TELLING]):
        yield one.get_absolute_url()


@pytest.mark.row("R14")
def test_demo_community(transactional_db, tasks_wait, open_page, settings):
    settings.DEMO = True
    call_command("demo", stdout=StringIO())

    complaints, kinds = [], set()
    for role in ("ambassador", "staff", "visitor"):  # whoever sees most of a kind of page looks at it
        person = User.objects.filter(email=ADDRESSES.get(role, "")).first()
        page = open_page(person, viewport=PHONE)
        complaints += [found for path in addresses_for(person, kinds) for found in looked_at(page, path)]

    assert "\n".join(complaints) == ""


@pytest.mark.row("R14")
def test_community_of_one(transactional_db, open_page, settings):
    """Right after the founding: every list is empty, and says so."""
    settings.DEMO = False
    _community, ada, _is_new = found(name="Harbour Lights", staff="ada@harbour.example")
    page = open_page(ada, viewport=PHONE)
    here = WHO.index("superuser")
    simple = [row for row in rows() if (row.method, row.build, row.query, row.expect[here]) == ("get", nothing, "", 200)]
    shown = [row.name for row in simple if row.name not in DOWNLOADED]
    paths = [path for name in shown if not (path := reverse(name)).startswith(NOT_OURS)]

    complaints = [complaint for path in paths for complaint in looked_at(page, path)]

    assert "\n".join(complaints) == ""
