"""The broker, which is also the cache, frozen or killed while people act."""

import pytest

pytestmark = pytest.mark.services


def test_frozen_broker_delays_mail_and_nothing_else(storm):
    with storm.site.frozen("valkey"):
        storm.act()
        storm.read_around()
        assert storm.newcomer("Bob Brandt").sign_in().status_code == 302

    assert storm.reckon() == {"sent once": 1}
