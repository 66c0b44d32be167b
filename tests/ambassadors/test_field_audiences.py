"""Each field of a profile, for each audience, in each form in which it leaves the house: exactly the allowed set."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from ambassadors import workflow
from ambassadors.models import Ambassador, EngagementOffer, EngagementOption
from ambassadors.workflow.photos import photo_audience_changed
from foundation.models import RoleLabel, Sector, Topic
from foundation.search import index
from foundation.uploads import checked
from tests import make
from tests.foundation.files import picture, sent

# What stands for each field: words found nowhere else, and what of them each form of the card carries.
WORDS = {
    "organization": "Zanzibar Works",
    "job_title": "Quartermaster",
    "role_labels": "Lighthouse keeper",
    "sector": "Tidal studies",
    "place": "Xanadu, Kubla",
    "languages": "Volapuk",
    "photo": "A parrot on a shoulder",
    "ask_me_about": "knots and riggings",
    "topics": "Cartography",
    "bio": "Born in a crow's nest.",
    "walk_the_talk": "We weigh every anchor twice.",
    "away_until": "3 December 2031",
    "hours_a_month": "about 17 hours",
    "tech_comfort": "at home on websites",
}
EVIDENCE = "The logbook of 1807"
PHOTO = re.compile(r"/files/[0-9a-f-]+/portrait\.webp")
READERS = {"visitor": {"public"}, "member": {"public", "members"}, "staff": {"public", "members", "staff"}}
VCARD = {"organization", "job_title", "role_labels", "sector", "place", "photo", "ask_me_about", "topics"}
JSON_LD = {"organization", "job_title", "place", "languages", "photo", "ask_me_about", "topics", "bio", "walk_the_talk"}
LISTED = {"organization", "job_title", "role_labels", "place", "ask_me_about"}  # at least these stand on the card in a list
SEARCHED = set(Ambassador.SHOWN) - {"photo", "away_until", "hours_a_month", "tech_comfort"}


@pytest.fixture
def person(db):
    """Somebody who has said everything, findable by everybody; each test moves one audience."""
    chosen = dict.fromkeys((f"{name}_audience" for name in Ambassador.SHOWN), "staff")
    user = make.ambassador(
        "Polly Public",
        listed_for="public",
        organization=WORDS["organization"],
        job_title=WORDS["job_title"],
        sector=Sector.objects.create(name=WORDS["sector"]),
        place=WORDS["place"],
        languages=WORDS["languages"],
        ask_me_about=WORDS["ask_me_about"],
        bio=f"<p>{WORDS['bio']}</p>",
        walk_the_talk=f"<p>{WORDS['walk_the_talk']}</p>",
        evidence=[{"label": EVIDENCE, "url": "https://harbour.example/logbook"}],
        away_until="2031-12-03",
        hours_a_month=17,
        tech_comfort="at home",
        **chosen,
    )
    own = user.ambassador
    own.role_labels.add(RoleLabel.objects.create(name=WORDS["role_labels"]))
    own.topics.add(Topic.objects.create(name=WORDS["topics"]))
    workflow.photo_keep(own, checked(sent(picture(), "me.jpg")), alt=WORDS["photo"], by=user)
    return user


@pytest.fixture
def eyes(client, bob, staff):
    """`eyes(reader)`: a client through which the reader looks."""

    def eyes(reader):
        client.logout()
        if reader != "visitor":
            client.force_login({"member": bob, "staff": staff}[reader])
        return client

    return eyes


def shown_to(person, field: str, audience: str) -> Ambassador:
    setattr(person.ambassador, f"{field}_audience", audience)
    person.ambassador.save()
    if field == "photo":
        photo_audience_changed(person.ambassador)
    index(person.ambassador)
    return person.ambassador


def said(text: str) -> set[str]:
    """Which fields a text speaks of."""
    text = unescape(text).replace("\r\n ", "").replace("\\,", ",")
    found = {field for field, words in WORDS.items() if words in text}
    found |= {"photo"} if PHOTO.search(text) else set()
    return found | ({"walk_the_talk"} if EVIDENCE in text or "harbour.example" in text else set())


def without_data_block(page: str) -> str:
    return re.sub(r'<script type="application/ld\+json">.*?</script>', "", page, flags=re.DOTALL)


def people_in(page: str) -> list[dict]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [data for block in blocks if (data := json.loads(block)).get("@type") == "Person"]


@pytest.mark.row("J2")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("audience", ["public", "members", "staff"])
@pytest.mark.parametrize("field", Ambassador.SHOWN)
def test_each_field_is_seen_by_its_audience_and_nobody_else_in_every_form(person, eyes, field, audience, reader):
    own = shown_to(person, field, audience)
    client, reach = eyes(reader), READERS[reader]
    # Everything else is for staff: a reader of the staff sees all, everybody else this one field or nothing.
    seen = set(Ambassador.SHOWN) if reader == "staff" else {field} if audience in reach else set()

    page = client.get(own.get_absolute_url()).content.decode()
    assert said(without_data_block(page)) == seen
    data = people_in(page)
    assert [said(json.dumps(entry, ensure_ascii=False)) for entry in data] == ([seen & JSON_LD] if reader == "visitor" else [])
    assert said(client.get(f"{own.get_absolute_url()}card.vcf").content.decode()) == seen & VCARD

    listed = said(client.get("/ambassadors/").content.decode())
    assert (listed <= seen, listed & LISTED) == (True, seen & LISTED)
    if field in SEARCHED:
        words = " ".join(re.findall(r"\w{4,}", WORDS[field]))
        found = [card.name for card in client.get("/ambassadors/", {"q": words}).context["cards"]]
        assert found == (["Polly Public"] if field in seen else [])
        assert (own.get_absolute_url() in client.get("/search/", {"q": words}).content.decode()) == (field in seen)
    sitemap = client.get("/sitemap-people.xml")
    assert said(sitemap.content.decode()) == set()


@pytest.mark.parametrize("field", Ambassador.SHOWN)
@pytest.mark.parametrize(("preview", "reader"), [("visitor", "visitor"), ("member", "member"), ("staff", "staff")])
def test_looking_at_oneself_as_others_do_shows_exactly_what_they_get(person, eyes, field, preview, reader):
    own = shown_to(person, field, "members")
    theirs = said(without_data_block(eyes(reader).get(own.get_absolute_url()).content.decode()))
    client = eyes("visitor")
    client.force_login(person)

    assert said(client.get(own.get_absolute_url(), {"as": preview}).content.decode()) == theirs


def content_of(client, url: str, **query) -> str:
    """What a page says, without the bar above one's own profile."""
    page = client.get(url, query).content.decode()
    content = re.search(r"<main.*</main>", page, re.DOTALL)[0]
    return re.sub(r'\n<div class="profile__own">.*?</div>\n', "", content, flags=re.DOTALL)


@pytest.mark.row("J2")
@pytest.mark.parametrize("audience", ["public", "members", "staff"])
@pytest.mark.parametrize("reader", READERS)
def test_looking_at_oneself_as_others_do_is_their_page_byte_for_byte(person, eyes, audience, reader):
    own = person.ambassador
    for number, offered_to in enumerate(["public", "members", "staff"], start=1):
        option = EngagementOption.objects.create(name=f"Way {number}", slug=f"way-{number}", icon="pen")
        EngagementOffer.objects.create(ambassador=own, option=option, audience=offered_to, note=f"Offered to {offered_to}.")
    Ambassador.objects.filter(pk=own.pk).update(bio_audience=audience, away_until_audience=audience)
    theirs = content_of(eyes(reader), own.get_absolute_url())
    client = eyes("visitor")
    client.force_login(person)

    assert content_of(client, own.get_absolute_url(), **{"as": reader}) == theirs
    assert re.findall(r"Offered to (\w+)\.", theirs) == [name for name in ("public", "members", "staff") if name in READERS[reader]]
    assert ("Write to Polly" in theirs) == (reader != "visitor")


@pytest.mark.parametrize("status", ["active", "paused", "alumni"])
@pytest.mark.parametrize("reader", READERS)
def test_preview_says_whether_the_profile_opens_for_others(person, eyes, status, reader):
    Ambassador.objects.filter(pk=person.ambassador.pk).update(status=status, listed_for="members", alumni_listed_for="members")
    url = person.ambassador.get_absolute_url()
    opens = eyes(reader).get(url).status_code == 200
    client = eyes("visitor")
    client.force_login(person)

    assert client.get(url, {"as": reader}).context["found"] == opens


@pytest.mark.parametrize("status", ["listed", "paused", "alumni", "removed"])
@pytest.mark.parametrize("chosen", ["public", "members", "staff"])
def test_where_somebody_stands_and_what_they_chose_decide_whether_the_profile_opens(person, eyes, status, chosen):
    chosen_for = {"alumni_listed_for": chosen} if status == "alumni" else {"listed_for": chosen}
    if status == "listed" and chosen == "public":
        pytest.skip("the database refuses it: nobody on the roster is public")
    Ambassador.objects.filter(pk=person.ambassador.pk).update(status=status, **{"listed_for": "members", **chosen_for})
    url = person.ambassador.get_absolute_url()

    opened = {reader for reader in READERS if eyes(reader).get(url).status_code == 200}
    listed = {reader for reader in READERS if "Polly Public" in eyes(reader).get("/ambassadors/").content.decode()}
    mapped = url in eyes("visitor").get("/sitemap-people.xml").content.decode()

    allowed = {reader for reader, reach in READERS.items() if chosen in reach and status != "removed"}
    left_quietly = status == "alumni" and chosen == "staff"
    assert opened == allowed | {"staff"}
    assert listed == (set() if left_quietly else allowed)
    assert mapped == ("visitor" in allowed)


def test_an_alumna_who_stays_is_told_to_be_one(person, eyes):
    Ambassador.objects.filter(pk=person.ambassador.pk).update(status="alumni", alumni_listed_for="public")

    for reader in READERS:
        assert '<span class="badge">alumni</span>' in eyes(reader).get(person.ambassador.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("visitor", 3), ("member", 7)])
def test_profile_query_count(person, eyes, django_assert_num_queries, rows, reader, queries):
    own = shown_to(person, "topics", "public")
    for number in range(rows):
        own.topics.add(Topic.objects.create(name=f"Topic {number}"))
        own.role_labels.add(RoleLabel.objects.create(name=f"Label {number}"))
    client = eyes(reader)
    client.get(own.get_absolute_url())

    with django_assert_num_queries(queries):
        client.get(own.get_absolute_url())
