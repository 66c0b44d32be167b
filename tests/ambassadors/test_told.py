"""What machines are told of a person: vCard and JSON-LD."""

import json
import re

import pytest

from ambassadors.privacy import ProfileCard, Word
from ambassadors.told import vcard_of
from foundation.jsonld import as_script
from tests import make

SITE = "https://community.example.org"


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_vcard_says_what_the_card_says():
    card = ProfileCard(
        1,
        "Zoë Mariños",
        "/ambassadors/zoe/",
        organization="Harbour, School; Ltd",
        job_title="Head",
        role_labels=("Funder", "Teacher"),
        place='Porto "Baixa", Portugal',
        topics=(Word("Budgets", "budgets"), Word("Night, shifts", "night")),
        ask_me_about="two\nlines\r\nEND:VCARD",
        photo_url="/files/x/portrait.webp",
    )

    assert unfolded(vcard_of(card, SITE)) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:{SITE}/ambassadors/zoe/",
        "FN:Zoë Mariños",
        "ORG:Harbour\\, School\\; Ltd",
        "TITLE:Head",
        "NOTE:two\\nlines\\nEND:VCARD",
        "ROLE:Funder\\, Teacher",
        "CATEGORIES:Budgets,Night\\, shifts",
        "ADR;LABEL=\"Porto ^'Baixa^', Portugal\":;;;;;;",
        f"PHOTO;MEDIATYPE=image/webp:{SITE}/files/x/portrait.webp",
        f"URL:{SITE}/ambassadors/zoe/",
        "END:VCARD",
        "",
    ]


def test_no_line_of_a_vcard_is_longer_than_75_octets_and_no_letter_is_cut():
    text = vcard_of(ProfileCard(1, "Ñandú " * 60, "/a/", ask_me_about="李" * 200), SITE)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"NOTE:{'李' * 200}" in unfolded(text)


def test_vcard_is_a_file_of_its_own(client, db):
    person = make.ambassador("Zoë Mariños", listed_for="public", job_title="Head", job_title_audience="public", bio="secret")

    answer = client.get(f"{person.ambassador.get_absolute_url()}card.vcf")

    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zoe-marinos.vcf"'
    assert [line for line in unfolded(answer.content.decode()) if line.startswith(("FN", "TITLE"))] == [
        "FN:Zoë Mariños",
        "TITLE:Head",
    ]


def told(page: str) -> list[dict]:
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)]


def test_search_engines_are_told_what_a_visitor_reads(client, db):
    person = make.ambassador(
        "Zoë Mariños",
        listed_for="public",
        organization="Harbour School",
        organization_audience="public",
        place="Porto, Portugal",
        languages="Portuguese, English",
        languages_audience="public",
        topics=["Budgets"],
        topics_audience="public",
    )
    url = person.ambassador.get_absolute_url()

    (data,) = [data for data in told(client.get(url).content.decode()) if data["@type"] == "Person"]

    assert data == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"http://testserver{url}" if data["@id"].startswith("http://testserver") else data["@id"],
        "url": data["@id"],
        "name": "Zoë Mariños",
        "worksFor": {"@type": "Organization", "name": "Harbour School"},
        "knowsAbout": ["Budgets"],
        "knowsLanguage": ["Portuguese", "English"],
    }
    assert data["@id"].endswith(url)


def test_nobody_who_is_signed_in_carries_data_for_search_engines(client, alice):
    client.force_login(alice)

    assert "ld+json" not in client.get(alice.ambassador.get_absolute_url()).content.decode()


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028", '"'])
def test_nothing_ends_the_block_of_data_but_its_end(words):
    block = str(as_script({"@type": "Person", "name": words, "worksFor": None, "image": ""}))

    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(inner)
    assert json.loads(inner) == {"@context": "https://schema.org", "@type": "Person", "name": words}
