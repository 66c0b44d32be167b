"""What a public page says of itself where somebody shares it, and the picture drawn for that."""

from __future__ import annotations

import io
import json
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from community import share_image
from foundation import jsonld
from foundation.models import Community
from tests import make

PUBLIC = [
    "/",
    "/community/",
    "/norms/",
    "/privacy/",
    "/accessibility/",
    "/products/",
    "/practice/",
    "/news/",
    "/about/",
    "/ambassadors/",
    "/reading/",
]


@pytest.fixture
def community(db):
    cache.clear()
    return Community.objects.update_or_create(pk=1, defaults={"name": "Tide & Mark", "purpose": "We help <each> other."})[0]


def properties(client, path: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    return {name: unescape(value) for name, value in re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page)}


@pytest.mark.row("J7")
@pytest.mark.parametrize("path", [*PUBLIC, "/contact/"])
def test_every_public_page_says_what_it_is(client, community, path):
    page = client.get(path).content.decode()
    told = properties(client, path)

    assert set(told) == {
        *("og:type", "og:site_name", "og:title", "og:description", "og:url", "og:locale"),
        *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
    }
    assert (told["og:site_name"], told["og:url"]) == ("Tide & Mark", f"http://localhost{path}")
    assert page.count(f'<link rel="canonical" href="http://localhost{path}">') == 1
    assert page.count('<meta name="twitter:card" content="summary_large_image">') == 1
    assert "Tide & Mark" not in told["og:title"] or path == "/"
    picture = client.get(told["og:image"].removeprefix("http://localhost"))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")


def test_members_get_none_of_it(client, community):
    client.force_login(make.ambassador("Alice Amadi"))

    assert properties(client, "/") == {}
    assert properties(client, "/desk/") == {}
    assert properties(Client(), "/contact/thanks/") == {}  # not to be found


def test_canonical_address_keeps_what_the_page_answers_and_nothing_else(client, community):
    page = client.get("/norms/?utm_source=letter").content.decode()

    assert '<link rel="canonical" href="http://localhost/norms/">' in page


def test_first_page_says_who_speaks_here(client, community):
    page = client.get("/").content.decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    organisation, site = json.loads(script)["@graph"]

    assert (organisation["@type"], organisation["name"], organisation["description"]) == (
        "Organization",
        "Tide & Mark",
        "We help <each> other.",
    )
    assert (site["@type"], site["url"]) == ("WebSite", "http://localhost/")


def test_json_in_a_page_cannot_leave_its_element():
    script = jsonld.as_script({"name": "</script><script>alert(1)</script>&amp;\u2028", "empty": ""})

    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert re.search("[<>&\u2028]", inside) is None
    assert json.loads(inside) == {"@context": "https://schema.org", "name": "</script><script>alert(1)</script>&amp;\u2028"}


def drawn(title: str, name: str = "Tidemark") -> Image.Image:
    community = Community(pk=1, name=name, purpose="We help each other.", accent="#0f6b62")
    return Image.open(io.BytesIO(share_image.draw(title, community, "community.example.org")))


@pytest.mark.parametrize(
    "title", ["Norms", "Ein sehr langer Titel " * 9, "Donaudampfschifffahrtsgesellschaftskapitän" * 4, "שלום", ""]
)
def test_picture_has_its_size_and_its_words_inside(title):
    image = drawn(title).convert("RGB")

    paper = image.getpixel((WIDTH - 1, 5))
    margin = image.crop((WIDTH - share_image.MARGIN + 2, 0, WIDTH, share_image.HEIGHT))
    assert image.size == (1200, 630)
    assert margin.getcolors() == [(margin.width * margin.height, paper)]  # nothing runs over the edge


WIDTH = share_image.WIDTH


def test_other_title_other_picture_and_what_the_font_lacks_is_left_out():
    assert drawn("Norms").tobytes() != drawn("Privacy").tobytes()
    assert (share_image.is_drawable("Žofie Ángela Ωμέγα Имя"), share_image.is_drawable("שלום")) == (True, False)
    assert drawn("שלום").tobytes() == drawn("漢字").tobytes()  # the purpose in place of boxes


def test_long_title_ends_in_an_ellipsis_and_short_one_is_large():
    large, lines = share_image.fitted("Norms")
    small, many = share_image.fitted("A word and another " * 12)

    assert (large.size, lines) == (92, ["Norms"])
    assert (small.size, len(many), many[-1][-1]) == (46, 4, "…")


def test_nobody_has_us_draw_words_of_theirs(client, community):
    part = share_image.address_part("Norms")

    assert client.get(f"/look/share/{part}.png").status_code == 200
    assert client.get(f"/look/share/{part[:-1]}.png").status_code == 404
    assert client.get("/look/share/Tidemark endorses me.png").status_code == 404


def test_picture_is_drawn_once(client, community, monkeypatch):
    path = f"/look/share/{share_image.address_part('Norms')}.png"
    first = client.get(path)
    monkeypatch.setattr(share_image, "draw", lambda *args: b"drawn again")

    assert client.get(path).content == first.content
    assert first.headers["Cache-Control"] == "public, max-age=604800"
