import pytest

from foundation.models import HistoryEntry, RoleLabel, Sector
from foundation.richtext import to_plain
from tests import make
from tests.ambassadors.access import FORM

URL = "/settings/profile/"


@pytest.fixture
def labels(db):
    return [RoleLabel.objects.create(name=name) for name in ("Funder", "Practitioner")]


def test_profile_edit_saves_every_field_with_its_audience(client, alice, labels):
    sector = Sector.objects.create(name="Education")
    client.force_login(alice)
    data = FORM | {
        "name": "  Alice   Amadi-Roe ",
        "time_zone": "Africa/Lagos",
        "organization": "Harbour School",
        "organization_audience": "public",
        "job_title": "Head",
        "role_labels": [labels[0].pk, labels[1].pk],
        "role_labels_audience": "public",
        "sector": sector.pk,
        "place": "Lagos,  Nigeria",
        "place_audience": "staff",
        "bio": "Two\r\nlines",
        "listed_for": "public",
    }

    response = client.post(URL, data)

    alice.refresh_from_db()
    own = alice.ambassador
    own.refresh_from_db()
    assert (response.status_code, response.url) == (302, URL)
    assert (alice.name, alice.sort_name, alice.time_zone) == ("Alice Amadi-Roe", "alice amadi-roe", "Africa/Lagos")
    assert (own.organization.name, own.organization_audience, own.job_title, own.sector) == (
        "Harbour School",
        "public",
        "Head",
        sector,
    )
    assert (list(own.role_labels.all()), own.place_audience, to_plain(own.bio)) == (labels, "staff", "Two\nlines")
    assert (own.place.name, own.place.country) == ("Lagos", "Nigeria")
    page = client.get(own.get_absolute_url(), {"as": "visitor"}).content.decode()
    assert [word for word in ("Harbour School", "Funder", "Lagos", "Head") if word in page.replace("Header", "")] == [
        "Harbour School",
        "Funder",
    ]


@pytest.mark.row("R24")
def test_profile_edit_leaves_history_without_the_text(client, alice):
    client.force_login(alice)

    client.post(
        URL,
        FORM | {"name": alice.name, "time_zone": "UTC", "bio": "A secret canary", "bio_audience": "public", "listed_for": "public"},
    )

    entry = HistoryEntry.objects.get()
    assert (entry.actor, entry.about, entry.via, entry.verb) == (alice, alice, "web", "changed their profile")
    assert entry.note == "listed_for: members to public, bio, bio_audience: members to public"


def test_profile_edit_shows_what_is_wrong_beside_the_field_and_keeps_what_was_typed(client, alice):
    client.force_login(alice)

    page = client.post(URL, FORM | {"name": "", "time_zone": "Mars/Olympus", "place": "Lagos\x07", "job_title": "Head of all"})

    text = page.content.decode()
    assert set(page.context["person_form"].errors) == {"name", "time_zone"}
    assert set(page.context["form"].errors) == {"place"}
    assert ("Head of all" in text, page.status_code) == (True, 200)
    alice.refresh_from_db()
    assert alice.name == "Alice Amadi"


def test_a_label_no_longer_offered_stays_with_who_has_it(client, alice, bob, labels):
    alice.ambassador.role_labels.add(labels[0])
    RoleLabel.objects.filter(pk=labels[0].pk).update(is_offered=False)

    offered = {}
    for person in (alice, bob):
        client.force_login(person)
        offered[person.name] = [str(label) for label in client.get(URL).context["form"].fields["role_labels"].queryset]

    assert offered == {"Alice Amadi": ["Funder", "Practitioner"], "Bob Brandt": ["Practitioner"]}


def test_staff_without_a_profile_edit_their_name_and_time_zone(client, staff):
    client.force_login(staff)

    client.post(URL, {"name": "Sam Stone", "time_zone": "Europe/Lisbon"})

    staff.refresh_from_db()
    assert (staff.name, staff.time_zone) == ("Sam Stone", "Europe/Lisbon")
    assert client.get(URL).context["form"] is None


def test_an_old_time_zone_stays_choosable(client, db):
    person = make.ambassador("Ola Old", time_zone="US/Eastern")
    client.force_login(person)

    assert client.get(URL).context["person_form"].fields["time_zone"].choices[0] == ("US/Eastern", "US/Eastern")


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_edit_query_count(client, alice, django_assert_num_queries, rows):
    for number in range(rows):
        alice.ambassador.role_labels.add(RoleLabel.objects.create(name=f"Label {number}"))
    client.force_login(alice)

    with django_assert_num_queries(9):
        client.get(URL)
