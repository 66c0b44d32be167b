"""The broker, which is also the cache: frozen, killed or emptied while people act. It delays mail, and nothing else."""

import time

import pytest

from correspondence import outbox
from foundation.breaker import Breaker
from tests.storm.site import until

pytestmark = pytest.mark.services


def test_broker_frozen(storm):
    with storm.site.frozen("valkey"):
        posted = storm.act()
        storm.read_around()
        storm.sign_in_anew()

    assert storm.reckon() == {"sent once": posted}


def test_broker_frozen_while_many_act_at_once(storm):
    with storm.site.frozen("valkey"):
        posted = storm.act_at_once()

    assert storm.reckon() == {"sent once": posted}


def test_broker_frozen_while_one_press_invites_twenty(storm):
    time.sleep(outbox.broker.pause)  # so that this page is the one that finds it out
    with storm.site.frozen("valkey"):
        posted = storm.invite_selected(20)

    assert storm.reckon() == {"sent once": posted}


def test_broker_killed_and_started_again(storm):
    storm.site.kill("valkey")
    posted = storm.act()
    storm.read_around()
    storm.sign_in_anew()
    storm.site.start_valkey()
    posted += storm.act()

    assert storm.reckon() == {"sent once": posted}


def test_broker_forgets_everything(storm):
    """What Valkey held is gone: the word to the workers, and what the rate limits had counted."""
    with storm.site.frozen("worker"):
        posted = storm.act()
        storm.site.empty_valkey()
        storm.read_around()
        storm.sign_in_anew()

    assert storm.reckon() == {"sent once": posted}


def test_emptied_broker_goes_on_working(storm):
    """Not only is nothing lost: the pages still reach the workers, without waiting for a sweep."""
    time.sleep(outbox.broker.pause)
    posted = storm.act()
    until(lambda: not storm.site.in_hand(), "the first mails were sent")
    storm.site.empty_valkey()
    storm.act()
    until(lambda: not storm.site.in_hand(), "mail is sent after the broker forgot everything", patience=20)

    assert storm.reckon() == {"sent once": 2 * posted}


@pytest.mark.row("R11")
def test_rate_limits_hold_again_when_the_cache_is_back(storm):
    """While it is down nobody counts, and nobody is locked out either; when it is back, the count begins."""
    mallory = storm.newcomer("Mallory Amadi")
    storm.site.kill("valkey")
    down = {mallory.sign_in(password="wrong").status_code for _ in range(8)}
    storm.site.start_valkey()
    time.sleep(Breaker().pause)
    back = [mallory.sign_in(password="wrong").status_code for _ in range(6)]

    assert (down, back) == ({200}, [200] * 5 + [429])
    assert storm.reckon() == {}


def test_nobody_is_locked_out_when_a_frozen_cache_thaws(storm):
    """Valkey does then what it was asked while it was frozen, such as to take a lock for somebody who went on without it."""
    with storm.site.frozen("valkey"):
        storm.sign_in_anew()
        storm.sign_in_anew()
    time.sleep(Breaker().pause)
    storm.sign_in_anew()
    storm.sign_in_anew()

    assert storm.reckon() == {}
