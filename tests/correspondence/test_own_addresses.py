"""The page of one's secret addresses: looking makes none, old ones die, and an address book takes them all."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail, ReplyAddress
from discussions.by_mail import addresses
from tests.correspondence.letters import letter
from tests.discussions import making

LIST, CARD = reverse("correspondence:own-address-list"), reverse("correspondence:own-address-card")


@pytest.fixture
def signed_in(client, bob):
    client.force_login(bob)
    return client


def test_addresses_are_made_by_a_press_and_shown_with_what_they_do(signed_in, bob):
    space = making.topic("Everyday questions")
    empty = signed_in.get(LIST)
    assert not ReplyAddress.objects.filter(person=bob).exists()
    assert "You have none yet." in empty.content.decode()

    signed_in.post(reverse("correspondence:own-address-make"))

    shown = signed_in.get(LIST)
    for row, act in (
        (addresses.of_oneself(bob), "private"),
        (addresses.of_oneself(bob), "read"),
        (addresses.of_space(bob, space), "space"),
    ):
        assert addresses.address(row, act) in shown.content.decode()
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown.headers["Cache-Control"]


def test_an_old_address_dies_when_a_new_one_is_taken(signed_in, alice, bob):
    row, hers = addresses.of_oneself(bob), addresses.of_oneself(alice)
    old = addresses.address(row, "read")

    signed_in.post(reverse("correspondence:own-address-renew", args=[row.pk]))

    row.refresh_from_db()
    mails = [receive(letter(bob.email, to, "Now?", In_Reply_To=""), to) for to in (old, addresses.address(row, "read"))]
    assert [(mail.outcome, mail.reason) for mail in mails] == [("refused", "unknown address"), ("posted", "")]
    assert signed_in.post(reverse("correspondence:own-address-renew", args=[hers.pk])).status_code == 404


def test_all_are_made_anew_at_once_and_nobody_elses(signed_in, alice, bob):
    space = making.topic()
    rows = [addresses.of_oneself(bob), addresses.of_space(bob, space)]
    hers = addresses.of_oneself(alice)

    signed_in.post(reverse("correspondence:own-address-renew-all"))

    before = {row.pk: row.nonce for row in [*rows, hers]}
    after = dict(ReplyAddress.objects.filter(pk__in=before).values_list("pk", "nonce"))
    assert [pk for pk in before if before[pk] == after[pk]] == [hers.pk]
    assert len(set(after.values())) == 3
    assert not OutgoingMail.objects.exists()


def test_the_cards_hold_what_the_page_shows_and_no_other_site_learns_of_them(signed_in, bob):
    signed_in.post(reverse("correspondence:own-address-make"))

    response = signed_in.get(CARD)

    unfolded = response.content.decode().replace("\r\n ", "")
    told = {line.removeprefix("EMAIL:") for line in unfolded.split("\r\n") if line.startswith("EMAIL:")}
    row = addresses.of_oneself(bob)
    assert {addresses.address(row, "private"), addresses.address(row, "read"), "help@mail.example.org"} < told
    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="addresses.vcf"'
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("spaces", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(signed_in, django_assert_num_queries, spaces):
    for number in range(spaces):
        making.topic(f"Topic {number}")
    signed_in.post(reverse("correspondence:own-address-make"))
    signed_in.get(LIST)

    with django_assert_num_queries(5):
        signed_in.get(LIST)
