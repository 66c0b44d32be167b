"""Four mails to each of fifty people, while workers die at random moments and the broker tells everything twice."""

import os
import random

import pytest

from tests.storm.mailserver import slow
from tests.storm.prepare import CROWD
from tests.storm.site import wait_for

pytestmark = [pytest.mark.services, pytest.mark.row("R8")]

SEED = int(os.environ.get("STORM_SEED", "20261122"))
KILLS = int(os.environ.get("STORM_KILLS", "6"))
MAILS, A_DAY = 4, 3


def test_two_hundred_mails_through_dying_workers(storm):
    dice = random.Random(SEED)
    storm.forget_todays_mail()
    storm.site.kill("worker")
    storm.write_to(CROWD, times=MAILS)
    posted = storm.mails()
    with storm.mail.doing("end", slow(0.05)):  # so that some are killed while the mail server thinks
        for _ in range(KILLS):
            storm.site.start_worker()
            few_less = storm.site.in_hand() - dice.randrange(10, 30)
            wait_for(lambda goal=few_less: storm.site.in_hand() <= goal, 15)
            storm.site.kill("worker")
            storm.site.let_leases_lapse()
            for mail in dice.sample(posted, 20):
                storm.site.tell(mail)
    storm.site.start_worker()

    account = storm.reckon()

    assert account.keys() <= {"sent once", "waiting", "unknown"}
    assert sum(account.values()) == len(posted) == MAILS * len(CROWD)
    assert account["waiting"] == (MAILS - A_DAY) * len(CROWD)
    assert account.get("unknown", 0) <= 2 * KILLS  # no more than the two hands of each worker held
