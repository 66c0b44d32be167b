"""The menu of ways to take part: its examples, one's ticks, and what a profile says of them."""

from __future__ import annotations

import datetime
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from ambassadors import workflow as people
from ambassadors.defaults import MENU, fill_engagement
from ambassadors.engagement import workflow
from ambassadors.models import EngagementExample, EngagementOffer, EngagementOption
from ambassadors.models.engagement import address_of
from foundation.models import HistoryEntry
from foundation.privacy_export import sections
from tests import make
from tests.ambassadors import engagement_making as making

PUBLIC = "/community/engagement/"
OWN = "/settings/engagement/"
TODAY = timezone.localdate()
TOMORROW, YESTERDAY = TODAY + datetime.timedelta(days=1), TODAY - datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def noon_of_that_day(time_machine):
    """A run that began before midnight may come here after it."""
    time_machine.move_to(datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC))


def offers():
    return list(EngagementOffer.objects.values_list("option__slug", "frequency", "audience", "note", "paused_until"))


# The public page


@pytest.mark.row("A8")
def test_each_example_leads_a_visitor_through_the_door_to_where_it_begins(client, alice):
    fill_engagement()
    page = client.get(PUBLIC).content.decode()
    actions = [unescape(href) for href in re.findall(r'class="option__action" href="([^"]+)"', page)]
    assert len(actions) == sum(bool(example[1]) for way in MENU for example in way[4])

    for action in sorted(set(actions)):
        door = client.get(action)
        assert (door.status_code, urlsplit(door["Location"]).path) == (302, "/accounts/login/")
        form = client.get(door["Location"]).content.decode()
        following = unescape(re.search(r'name="next" value="([^"]+)"', form)[1])

        response = client.post(door["Location"], {"login": alice.email, "password": make.PASSWORD, "next": following})

        assert (response.status_code, response["Location"]) == (302, action)
        assert client.get(action).status_code == 200
        client.logout()


def test_every_way_of_the_menu_has_several_examples_and_at_least_one_that_can_be_begun_here(db):
    fill_engagement()

    options = EngagementOption.objects.with_examples()

    assert [option.slug for option in options] == [way[0] for way in MENU]
    assert len(options) == 8
    assert {len(option.shown_examples) for option in options} == {3}
    assert [option.slug for option in options if not any(example.url for example in option.shown_examples)] == []


def test_a_way_that_is_no_longer_offered_leaves_the_page_and_stays_with_who_ticked_it(client, alice, bob):
    making.offer(alice, "speak")
    EngagementOption.objects.update(is_offered=False)

    assert "Speak" not in client.get(PUBLIC).content.decode()
    shown = {}
    for person in (alice, bob):
        client.force_login(person)
        shown[person.name] = [row["option"].slug for row in client.get(OWN).context["rows"]]
    assert shown == {"Alice Amadi": ["speak"], "Bob Brandt": []}


def test_defaults_leave_a_menu_that_somebody_has_begun(db):
    making.option("sing")

    assert fill_engagement() == []
    assert [option.slug for option in EngagementOption.objects.all()] == ["sing"]


@pytest.mark.parametrize(
    ("action", "leads"),
    [
        ("/settings/profile/", "/settings/profile/"),
        ("/settings/engagement/?way=review", "/settings/engagement/?way=review"),
        ("community:desk", "/desk/"),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example/", ""),
        ("https://elsewhere.example/", ""),
        ("/no/such/page/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_an_action_leads_to_a_page_of_this_site_or_nowhere(action, leads):
    assert address_of(action) == leads


@pytest.mark.parametrize("rows", [1, 3])
def test_engagement_query_count(client, db, django_assert_num_queries, rows):
    for number in range(rows):
        option = making.option(f"way-{number}")
        for _ in range(rows - 1):
            EngagementExample.objects.create(option=option, text="One more")
    client.get(PUBLIC)

    with django_assert_num_queries(4):
        client.get(PUBLIC)


def test_staff_word_the_menu_and_a_link_that_leads_nowhere_is_refused(client, staff):
    option = making.option()
    example = option.examples.get()
    client.force_login(staff)
    rows = {"examples-TOTAL_FORMS": "1", "examples-INITIAL_FORMS": "1", "examples-0-id": example.pk, "examples-0-option": option.pk}
    data = {
        "name": "Read for others",
        "slug": "review",
        "text": "Reading.",
        "icon": "pen-line",
        "position": "1",
        "is_offered": "on",
    }
    said = {"examples-0-text": "Twelve pages.", "examples-0-action_label": "Offer it", "examples-0-position": "1"}
    url = reverse("admin:ambassadors_engagementoption_change", args=[option.pk])

    refused = client.post(url, data | rows | said | {"examples-0-action": "/no/such/page/"})
    assert "There is no such page here." in refused.content.decode()
    client.post(url, data | rows | said | {"examples-0-action": "/settings/profile/"})

    page = client.get(PUBLIC).content.decode()
    assert ("Read for others" in page, "Twelve pages." in page, 'href="/settings/profile/"' in page) == (True, True, True)
    line = HistoryEntry.objects.latest("pk")
    assert (line.actor, line.verb, line.target_name) == (staff, "wrote the engagement menu", "Read for others")


# One's own ticks


def test_one_press_ticks_and_what_goes_with_it_is_saved_a_little_at_a_time(client, alice):
    making.option()
    client.force_login(alice)

    first = client.post(f"{OWN}review/")
    assert (first.status_code, first["Location"]) == (302, f"{OWN}?way=review#review")
    assert offers() == [("review", "now and then", "members", "", None)]
    client.post(
        f"{OWN}review/",
        {
            "review-frequency": "monthly",
            "review-audience": "public",
            "review-note": "  On  budgets ",
            "review-paused_until": str(TOMORROW),
        },
    )

    assert offers() == [("review", "monthly", "public", "On budgets", TOMORROW)]


def test_ticks_leave_history_without_the_text(client, alice):
    making.option()
    client.force_login(alice)
    client.post(f"{OWN}review/")
    client.post(f"{OWN}review/", {"review-frequency": "monthly", "review-audience": "members", "review-note": "Secret canary"})

    client.post(f"{OWN}review/withdraw/")

    lines = HistoryEntry.objects.filter(about=alice).order_by("pk").values_list("verb", "note", "actor", "via")
    assert list(lines) == [
        ("offered to take part", "review: frequency, note, paused_from, paused_until, audience", alice.pk, "web"),
        ("changed an offer", "review: frequency, note", alice.pk, "web"),
        ("withdrew an offer", "review", alice.pk, "web"),
    ]
    assert offers() == []


def test_saving_the_same_again_leaves_no_line(client, alice):
    making.offer(alice)
    client.force_login(alice)
    lines = HistoryEntry.objects.count()

    client.post(f"{OWN}review/", {"review-frequency": "now and then", "review-audience": "members"})

    assert HistoryEntry.objects.count() == lines


def test_a_pause_that_ends_before_it_begins_is_told_beside_its_field(client, alice):
    making.offer(alice)
    client.force_login(alice)
    data = {"review-frequency": "monthly", "review-audience": "members"}

    page = client.post(f"{OWN}review/", data | {"review-paused_from": str(TOMORROW), "review-paused_until": str(TODAY)})

    assert page.status_code == 200
    assert "This is not after the day on which your pause begins." in page.content.decode()
    assert offers() == [("review", "now and then", "members", "", None)]


def test_nobody_ticks_for_somebody_else(alice, bob):
    with pytest.raises(PermissionDenied):
        workflow.offer(alice.ambassador, making.option(), by=bob)

    assert offers() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_engagement_edit_query_count(client, alice, django_assert_num_queries, rows):
    for number in range(rows):
        making.offer(alice, f"way-{number}")
    client.force_login(alice)
    client.get(OWN)

    with django_assert_num_queries(6):
        client.get(OWN)


# What a profile says


def test_a_profile_shows_each_offer_to_its_audience(client, alice, bob, staff):
    alice.ambassador.listed_for = "public"
    alice.ambassador.save()
    for audience in ("public", "members", "staff"):
        making.offer(alice, f"for-{audience}", audience=audience)
    url = alice.ambassador.get_absolute_url()

    seen = {}
    for name, person in {"visitor": None, "member": bob, "team": staff, "herself": alice}.items():
        client.logout()
        if person:
            client.force_login(person)
        seen[name] = re.findall(r"For-(\w+)", client.get(url).content.decode())

    everything = ["public", "members", "staff"]
    assert {name: sorted(set(words), key=everything.index) for name, words in seen.items()} == {
        "visitor": ["public"],
        "member": ["public", "members"],
        "team": everything,
        "herself": everything,
    }


def test_a_profile_says_until_when_an_offer_is_paused(client, alice, bob):
    making.offer(alice, paused_until=datetime.date(2099, 5, 1))
    client.force_login(bob)

    assert "pausing, back on 1 May 2099" in client.get(alice.ambassador.get_absolute_url()).content.decode()


def test_an_alumnus_offers_nothing_any_more(client, alice, bob, staff):
    making.offer(alice, audience="public")
    people.make_alumni(alice.ambassador, by=staff)

    assert list(EngagementOffer.objects.visible_to(bob)) == []


# Who is available


@pytest.mark.row("A4")
def test_staff_who_search_willing_and_available_get_exactly_those_without_a_pause_today(client, staff):
    days = {
        "Free": {},
        "Back Today": {"paused_from": YESTERDAY, "paused_until": TODAY},
        "Off Tomorrow": {"paused_from": TOMORROW, "paused_until": TOMORROW + datetime.timedelta(days=9)},
        "Paused Today": {"paused_from": TODAY, "paused_until": TOMORROW},
        "Paused Since": {"paused_from": YESTERDAY},
        "Paused Until": {"paused_until": TOMORROW},
    }
    for name, pause in days.items():
        making.offer(make.ambassador(f"{name} Reviewer"), **pause)
    making.offer(make.ambassador("Willing Speaker"), "speak")
    making.offer(make.ambassador("Away Reviewer", away_until=TODAY + datetime.timedelta(days=30)))
    for name, leave in {"Pausing Reviewer": people.pause, "Former Reviewer": people.make_alumni}.items():
        person = make.ambassador(name)
        making.offer(person)
        leave(person.ambassador, by=staff)
    client.force_login(staff)
    review = EngagementOption.objects.get(slug="review")

    page = client.get(
        reverse("admin:ambassadors_engagementoffer_changelist"), {"option__id__exact": review.pk, "available": "now"}
    ).content.decode()

    found = re.findall(r'class="field-person">([^<]+)<', page)
    assert found == ["Back Today Reviewer", "Free Reviewer", "Off Tomorrow Reviewer"]


def test_the_row_and_the_queryset_agree_on_what_a_pause_covers(alice, subtests):
    made = making.offer(alice)
    days = [None, YESTERDAY, TODAY, TOMORROW]
    for begins in days:
        for ends in days:
            if begins and ends and ends <= begins:
                continue
            made.paused_from, made.paused_until = begins, ends
            made.save()
            with subtests.test(begins=begins, ends=ends):
                assert made.is_paused_on(TODAY) == EngagementOffer.objects.paused_on(TODAY).filter(pk=made.pk).exists()


def test_an_archive_holds_offers_and_erasure_takes_them_away(alice, bob):
    making.offer(alice, note="On budgets")
    making.offer(bob, "speak")

    archived = [(one["way"], one["note"]) for one in sections["offers"].export(alice)]
    sections["offers"].erase(alice)

    assert archived == [("Review", "On budgets")]
    assert [offer.ambassador.user for offer in EngagementOffer.objects.all()] == [bob]
