import json

import pytest
from django.urls import reverse

from community.staticfiles import bundled
from community.templatetags.look import dotted, initials, look_version
from foundation.models import Community
from tests.community.test_conventions import ROOT


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana María de la Vega", "AV"),
        ("Bo", "B"),
        ("  ", ""),
        ("李 明", "李明"),
        ("(née) Öztürk 3rd", "Ö"),
        ("élodie durand", "ÉD"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_dotted_joins_labels_and_leaves_a_text_alone():
    assert dotted(["Funder", "Buddy"]) == "Funder · Buddy"
    assert dotted("Funder") == "Funder"


def test_accent_is_the_communitys_own_in_both_schemes(client, db):
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights", "accent": "#7a1f4b"})

    response = client.get(reverse("community:accent"))

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.content.decode() == ":root { --color-accent: light-dark(#7a1f4b, #d897b7); }\n"


def test_accent_is_not_sent_again_until_it_changes(client, db):
    etag = client.get(reverse("community:accent")).headers["ETag"]

    unchanged = client.get(reverse("community:accent"), headers={"If-None-Match": etag})
    Community.objects.update_or_create(pk=1, defaults={"name": "Concentric", "accent": "#7a1f4b"})
    changed = client.get(reverse("community:accent"), headers={"If-None-Match": etag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)


@pytest.mark.parametrize(("query", "kept"), [("?v=1", "public, max-age=86400"), ("", "no-cache")])
@pytest.mark.parametrize("name", ["accent", "mark"])
def test_only_what_was_asked_for_by_version_is_kept(client, db, name, query, kept):
    assert client.get(reverse(f"community:{name}") + query).headers["Cache-Control"] == kept


def test_pages_ask_for_the_look_by_its_version(client, db):
    community, _ = Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights", "accent": "#7a1f4b"})

    page = client.get(reverse("community:home")).content.decode()

    assert f'href="{reverse("community:accent")}?v={look_version(community)}"' in page
    assert f'href="{reverse("community:mark")}?v={look_version(community)}"' in page


def test_mark_draws_initials_and_escapes_the_name(client, db):
    Community.objects.update_or_create(pk=1, defaults={"name": "A & <B>ells"})

    drawn = client.get(reverse("community:mark")).content.decode()

    assert ">AE</text>" not in drawn
    assert ">A</text>" in drawn
    assert 'aria-label="A &amp; &lt;B&gt;ells"' in drawn


def test_manifest_names_the_community(client, db):
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights", "accent": "#7a1f4b"})

    manifest = json.loads(client.get(reverse("community:manifest")).content)

    assert (manifest["name"], manifest["theme_color"], manifest["start_url"]) == ("Harbour Lights", "#7a1f4b", "/desk/")


def test_style_sheet_is_one_file_in_production():
    sheet = ROOT / "static/css/site.css"
    parts = [path for path in sheet.parent.rglob("*.css") if path.name not in {"site.css", "admin.css", "editor.css"}]

    whole = bundled(sheet)

    assert "@import" not in whole
    assert [path.name for path in parts if path.read_text(encoding="utf-8") not in whole] == []


def test_styleguide_is_only_there_in_the_demo(client, db, settings):
    settings.DEMO = False

    assert client.get(reverse("community:styleguide")).status_code == 404
