"""Cards of lists are remembered by all that they are made of: nobody gets what was made for another, and nothing grows old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from ambassadors import privacy
from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow, card_for, cards_for
from tests import make

URL = "/ambassadors/"


def polly(**fields) -> Ambassador:
    own: Ambassador = make.ambassador(
        "Polly Public", listed_for="public", job_title="Quartermaster", place="Xanadu, Kubla", ask_me_about="knots", **fields
    ).ambassador
    return own


def seen(client, person) -> str:
    client.logout()
    if person is not None:
        client.force_login(person)
    return client.get(URL).content.decode()


def test_what_staff_saw_is_not_shown_to_members_nor_what_members_saw_to_visitors(client, alice, staff):
    polly(job_title_audience="staff", place_audience="members", ask_me_about_audience="public")

    for _again in range(2):  # the second time all three cards are remembered
        pages = [seen(client, person) for person in (staff, alice, None)]
        assert [[word in page for word in ("Quartermaster", "Xanadu", "knots")] for page in pages] == [
            [True, True, True],
            [False, True, True],
            [False, False, True],
        ]


def test_a_narrower_audience_counts_from_the_next_page_on(client, alice, staff):
    own = polly(job_title_audience="members")
    assert "Quartermaster" in seen(client, alice)

    own.job_title_audience = "staff"
    own.save()

    assert "Quartermaster" not in seen(client, alice)
    assert "Quartermaster" in seen(client, staff)


def test_a_change_past_every_signal_is_seen_at_once(client, alice):
    own = polly(job_title_audience="members")
    assert "Quartermaster" in seen(client, alice)

    Ambassador.objects.filter(pk=own.pk).update(job_title="Bosun")

    assert ["Quartermaster" in seen(client, alice), "Bosun" in seen(client, alice)] == [False, True]


def test_ones_own_card_stays_ones_own(client, alice):
    own = polly(job_title_audience="staff")

    assert ["Quartermaster" in seen(client, person) for person in (own.user, alice, own.user)] == [True, False, True]


def test_the_day_of_coming_back_comes(client, alice, time_machine):
    polly(away_until=timezone.localdate() + timedelta(days=2), away_until_audience="members")
    assert "away until" in seen(client, alice)

    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert "away until" not in seen(client, alice)


def test_a_row_of_a_list_makes_the_card_that_the_person_makes(alice, staff):
    own = polly(job_title_audience="staff", place_audience="members", organization="Harbour School")
    found = Ambassador.objects.filter(pk=own.pk)
    (row,) = [PersonRow.of(values) for values in found.as_rows()]
    (whole,) = found.with_card()
    left_out = dict.fromkeys(("sector", "languages", "bio", "walk_the_talk"), "")

    for reader in (staff, alice, own.user):
        assert cards_for(reader, [row]) == [replace(card_for(reader, whole), **left_out)]


def test_the_memory_is_bounded():
    assert privacy._card_of_row.cache_info().maxsize == privacy.MOST_CARDS == 4096
