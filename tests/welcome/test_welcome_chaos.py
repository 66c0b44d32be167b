"""The clock killed with SIGKILL while a welcome leaves: afterwards the newcomer has it exactly once, or its row says "unknown".

Every so many steps of a run are tried here; `python -m benchmarks.welcome` kills clocks at any moment, several at once.
"""

from __future__ import annotations

from collections import Counter

import pytest

from correspondence.models import OutgoingMail
from discussions.models import Post, Thread
from tests.correspondence.test_chaos import SPARE, finish, server, verdict, workers
from tests.welcome.matching import a_buddy, at_any_hour, confirmed, newcomer
from welcome.models import BuddyMatch

__all__ = ["server", "workers"]
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
STRIDE = 37  # the send itself is killed at each step in tests/correspondence/test_chaos.py


@pytest.mark.row("R8")
def test_a_clock_killed_while_a_welcome_leaves(server, workers):
    at_any_hour()
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    ends: Counter[str] = Counter()
    killed = 0
    for crash_at in range(5, SPARE, STRIDE):
        for model in (BuddyMatch, OutgoingMail, Thread):
            model.objects.all().delete()
        server.taken.clear()
        confirmed(nora, maya)

        end, _steps = workers("send_due", crash_at)
        finish(workers, "send_due")

        (mail,) = OutgoingMail.objects.filter(kind="buddy_welcome")
        ends[verdict(mail, server)] += 1
        assert (BuddyMatch.objects.get().status, Post.objects.count(), Thread.objects.count()) == ("welcomed", 1, 1)
        if end == "ended":
            break
        killed += 1

    print(f"{killed} kills: {dict(ends)}")  # noqa: T201  the counts, for who runs it with -rP
    assert killed > 4
    assert ends.keys() <= {"sent, taken 1 times", "unknown, taken 0 times", "unknown, taken 1 times"}
    assert ends["sent, taken 1 times"] > killed / 2
