from datetime import date, timedelta

import pytest
from django.utils import timezone

from ambassadors.models import ProfileQuestion
from foundation.models import HistoryEntry, Place, RoleLabel, Sector
from foundation.richtext import to_plain
from tests import make

URL = "/settings/profile/"


@pytest.fixture
def labels(db):
    return [RoleLabel.objects.create(name=name) for name in ("Funder", "Practitioner")]


@pytest.fixture
def own(client, alice):
    client.force_login(alice)
    return alice.ambassador


def saved(client, section, own, **data):
    """Send one section and return the profile as it is then."""
    response = client.post(f"{URL}{section}/", data)
    assert (response.status_code, response.headers.get("Location")) == (302, URL), response.context["form"].errors
    own.refresh_from_db()
    return own


def test_a_section_saves_its_fields_with_their_audiences_and_leaves_the_others(client, own, labels):
    sector = Sector.objects.create(name="Education")
    own.job_title_audience, own.languages = "staff", "Portuguese"
    own.save()

    saved(
        client,
        "work",
        own,
        organization="Harbour School",
        organization_audience="public",
        job_title="Head",
        role_labels=[label.pk for label in labels],
        role_labels_audience="public",
        sector=sector.pk,
    )

    assert (own.organization.name, own.organization_audience, own.sector) == ("Harbour School", "public", sector)
    assert (own.job_title, own.job_title_audience, own.languages) == ("Head", "staff", "Portuguese")
    assert list(own.role_labels.all()) == labels
    page = client.get(own.get_absolute_url(), {"as": "visitor"}).context["card"]
    assert (page.organization, page.job_title, page.role_labels, page.sector) == (
        "Harbour School",
        "",
        ("Funder", "Practitioner"),
        "",
    )


def test_nothing_but_the_name_is_ever_required(client, own):
    for section in ("about", "work", "questions", "walk-the-talk", "availability", "finding"):
        saved(client, section, own)

    refused = client.post(f"{URL}you/", {"name": "", "time_zone": "UTC"})
    assert set(refused.context["form"].errors) == {"name"}


def test_name_and_time_zone(client, own, alice):
    saved(client, "you", own, name="  Alice   Amadi-Roe ", time_zone="Africa/Lagos")

    alice.refresh_from_db()
    assert (alice.name, alice.sort_name, alice.time_zone) == ("Alice Amadi-Roe", "alice amadi-roe", "Africa/Lagos")


def test_a_place_is_typed_on_one_line_and_is_one_row_for_all(client, own):
    make.ambassador("Nia Near", place="Lagos, Nigeria")

    saved(client, "about", own, place=" lagos,  NIGERIA ", bio="Two\r\nlines", languages="English ,  Yoruba")

    assert (str(own.place), Place.objects.count(), to_plain(own.bio), own.languages) == (
        "Lagos, Nigeria",
        1,
        "Two\nlines",
        "English , Yoruba",
    )


def test_places_are_offered_that_their_people_show_to_members(client, own):
    make.ambassador("Nia Near", place="Lagos, Nigeria")
    make.ambassador("Sia Secret", place="Nowhere, Atlantis", place_audience="staff")
    make.ambassador("Hidden Hanna", place="Faro, Portugal", listed_for="staff")

    assert client.get(f"{URL}about/").context["places"] == ["Lagos, Nigeria"]


@pytest.mark.row("A3")
def test_walk_the_talk_for_members_is_there_for_a_member_and_absent_for_the_public(client, own, bob):
    saved(client, "finding", own, listed_for="public")
    saved(
        client,
        "walk-the-talk",
        own,
        walk_the_talk="We publish our failures every March.",
        walk_the_talk_audience="members",
        link_1_label="The March report",
        link_1_url="harbour.example/march",
    )
    url = own.get_absolute_url()

    client.force_login(bob)
    member = client.get(url).content.decode()
    found = [url in client.get(address, {"q": "failures"}).content.decode() for address in ("/ambassadors/", "/search/")]
    client.logout()
    machines = (f"{url}card.vcf", "/ambassadors/", "/search/", "/sitemap-people.xml")
    public = [client.get(address, {"q": "failures"}).content.decode() for address in (url, *machines)]

    assert "We publish our failures every March." in member
    assert '<a href="https://harbour.example/march" rel="nofollow noopener ugc">The March report</a>' in member
    assert [word for page in public for word in ("publish our failures", "March report", "harbour.example") if word in page] == []
    assert (found, [url in page for page in public]) == ([True, True], [True, True, False, False, True])


def test_a_link_without_an_address_is_asked_about(client, own):
    page = client.post(f"{URL}walk-the-talk/", {"link_2_label": "Our report", "link_3_url": "javascript:alert(1)"})

    assert set(page.context["form"].errors) == {"link_2_url", "link_3_url"}
    assert "Our report" in page.content.decode()


def test_away_until_is_told_kindly_to_those_it_is_for(client, own, bob):
    day = timezone.localdate() + timedelta(days=12)
    saved(client, "availability", own, away_until=day.isoformat(), away_until_audience="members")
    saved(client, "finding", own, listed_for="public")
    said = f"Away until {day.day} {day:%B %Y}"

    client.force_login(bob)
    assert said in client.get(own.get_absolute_url()).content.decode()
    client.logout()
    assert "Away" not in client.get(own.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("zone", "shown"), [("Pacific/Kiritimati", None), ("Pacific/Honolulu", date(2027, 5, 1))])
def test_a_day_that_has_come_is_not_told_any_more(client, bob, zone, shown, time_machine):
    time_machine.move_to("2027-05-01T05:00:00Z")
    away = make.ambassador("Ari Away", time_zone=zone, away_until=date(2027, 5, 1))
    client.force_login(bob)

    assert client.get(away.ambassador.get_absolute_url()).context["card"].away_until == shown


def test_observing_is_seen_by_nobody_else(client, own, bob, staff):
    saved(client, "availability", own, is_observing="on")
    assert own.is_observing
    assert "nobody but you sees it" in client.get(URL).content.decode()

    for reader in (bob, staff):
        client.force_login(reader)
        assert "observing" not in client.get(own.get_absolute_url()).content.decode().lower()
    assert "observing" not in client.get(f"/admin/ambassadors/ambassador/{own.pk}/change/").content.decode().lower()
    assert list(HistoryEntry.objects.all()) == []


@pytest.mark.row("R24")
def test_a_change_leaves_history_without_the_text(client, own, alice):
    saved(client, "about", own, bio="A secret canary", bio_audience="public")

    entry = HistoryEntry.objects.get()
    assert (entry.actor, entry.about, entry.via, entry.verb) == (alice, alice, "web", "changed their profile")
    assert entry.note == "bio, bio_audience: members to public"


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(client, own):
    page = client.post(f"{URL}work/", {"job_title": "Head\x07 of all", "organization": "Harbour"})

    assert (set(page.context["form"].errors), page.status_code) == ({"job_title"}, 200)
    assert 'value="Harbour"' in page.content.decode()


def test_in_place_the_form_and_then_the_section_come_back_without_the_page(client, own):
    form = client.get(f"{URL}questions/", headers={"HX-Request": "true"})
    done = client.post(f"{URL}questions/", {"ask_me_about": "night shifts"}, headers={"HX-Request": "true"})

    assert (form.templates[0].name, done.templates[0].name) == ("ambassadors/_section_form.html", "ambassadors/_section.html")
    assert "<html" not in form.content.decode() + done.content.decode()
    assert ("night shifts" in done.content.decode(), form.headers["Vary"]) == (True, "HX-Request, Cookie, Accept-Language")


def test_a_label_no_longer_offered_stays_with_who_has_it(client, alice, bob, labels):
    alice.ambassador.role_labels.add(labels[0])
    RoleLabel.objects.filter(pk=labels[0].pk).update(is_offered=False)

    offered = {}
    for person in (alice, bob):
        client.force_login(person)
        form = client.get(f"{URL}work/").context["form"]
        offered[person.name] = [str(label) for label in form.fields["role_labels"].queryset]

    assert offered == {"Alice Amadi": ["Funder", "Practitioner"], "Bob Brandt": ["Practitioner"]}


def test_staff_without_a_profile_edit_their_name_and_time_zone(client, staff):
    client.force_login(staff)

    client.post(f"{URL}you/", {"name": "Sam Stone", "time_zone": "Europe/Lisbon"})

    staff.refresh_from_db()
    assert (staff.name, staff.time_zone) == ("Sam Stone", "Europe/Lisbon")
    assert [summary.section.name for summary in client.get(URL).context["summaries"]] == ["you"]


def test_an_old_time_zone_stays_choosable(client, db):
    person = make.ambassador("Ola Old", time_zone="US/Eastern")
    client.force_login(person)

    assert client.get(f"{URL}you/").context["form"].fields["time_zone"].choices[0] == ("US/Eastern", "US/Eastern")


def test_one_small_thing_is_asked_at_a_time_and_not_again_after_not_now(client, own):
    first = client.get(URL).context["small_thing"]
    client.post(first.skip_url)
    second = client.get(URL).context["small_thing"]
    saved(client, "walk-the-talk", own, walk_the_talk="We publish our failures.")
    third = client.get(URL).context["small_thing"]

    assert [thing.question for thing in (first, second, third)] == [
        "What could people ask you about?",
        "Where does what this community stands for show in your own work?",
        "What would you tell somebody who sits down beside you?",
    ]


def test_who_is_observing_is_asked_nothing(client, own):
    saved(client, "availability", own, is_observing="on")

    assert client.get(URL).context["small_thing"] is None


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 6), ("work/", 8), ("about/", 7)])
def test_profile_edit_query_count(client, alice, django_assert_num_queries, rows, path, queries):
    for number, field in list(enumerate(("bio", "photo", "place")))[:rows]:
        alice.ambassador.role_labels.add(RoleLabel.objects.create(name=f"Label {number}"))
        ProfileQuestion.objects.create(person=alice, field=field, status="skipped")
    client.force_login(alice)

    with django_assert_num_queries(queries):
        client.get(URL + path)
