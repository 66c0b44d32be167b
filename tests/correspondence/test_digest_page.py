"""The page on which one chooses one's digest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from correspondence import preferences
from correspondence.models import DigestChoice

pytestmark = pytest.mark.django_db
PAGE = "/settings/mail/digest/"
FRIDAY = datetime(2027, 1, 8, 12, tzinfo=UTC)
DAILY = {"frequency": "daily", "weekday": "3", "day": "31", "hour": "6", "amount": "full"}


@pytest.fixture
def alice(alice, client):
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    client.force_login(alice)
    return alice


def chosen() -> list[tuple]:
    return list(DigestChoice.objects.values_list("frequency", "weekday", "day", "hour", "amount", "next_due_at"))


@time_machine.travel(FRIDAY)
def test_saving_computes_the_next_moment_where_one_lives_and_the_page_says_it(client, alice):
    client.force_login(alice)
    page = client.post(PAGE, DAILY, follow=True).content.decode()

    assert chosen() == [("daily", 3, 31, 6, "full", datetime(2027, 1, 8, 16, tzinfo=UTC))]
    assert "The next one comes on Saturday 9 January, 06:00 (Pacific/Kiritimati)" in page


def test_never_is_the_switch_of_the_kind_of_mail_and_keeps_how_often_it_came(client, alice):
    client.post(PAGE, DAILY)

    client.post(PAGE, DAILY | {"frequency": "off"})

    assert preferences.switched_off(alice) == {"digest"}
    assert chosen()[0][0] == "daily"
    page = client.get(PAGE).content.decode()
    assert 'value="off" required id="id_frequency_3" checked' in page
    assert "None is on its way." in page

    client.post(PAGE, DAILY)
    assert preferences.switched_off(alice) == set()


@pytest.mark.parametrize("wrong", [{"hour": "24"}, {"day": "32"}, {"weekday": "0"}, {"frequency": "hourly"}, {"amount": ""}])
def test_what_cannot_be_is_refused_beside_its_field(client, alice, wrong):
    answer = client.post(PAGE, DAILY | wrong)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    assert chosen() == []
