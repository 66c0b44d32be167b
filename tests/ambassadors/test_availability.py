from datetime import UTC, date, datetime

import pytest

from ambassadors.models import Ambassador
from tests import make

MAY_1 = date(2027, 5, 1)


def available(when) -> list[str]:
    return [str(person) for person in Ambassador.objects.available_on(when).by_name()]


def test_somebody_away_until_1_may_is_not_there_on_30_april_and_is_there_on_1_may(alice, bob):
    Ambassador.objects.filter(user=alice).update(away_until=MAY_1)

    assert available(date(2027, 4, 30)) == ["Bob Brandt"]
    assert available(MAY_1) == ["Alice Amadi", "Bob Brandt"]
    assert available(date(2027, 5, 2)) == ["Alice Amadi", "Bob Brandt"]


@pytest.mark.parametrize(
    ("zone", "hour", "there"),
    [
        ("Pacific/Auckland", 11, False),  # 23:00 on 30 April
        ("Pacific/Auckland", 12, True),  # midnight: 1 May has begun there
        ("UTC", 23, False),
        ("Pacific/Honolulu", 23, False),
    ],
)
def test_of_a_moment_it_is_asked_which_day_it_is_where_they_are(db, zone, hour, there):
    make.ambassador("Ari Away", away_until=MAY_1, time_zone=zone)

    assert available(datetime(2027, 4, 30, hour, tzinfo=UTC)) == (["Ari Away"] if there else [])


@pytest.mark.parametrize("status", ["listed", "paused", "alumni", "removed"])
def test_who_is_not_active_is_never_available(db, status):
    make.ambassador("Some One", status=status)

    assert available(MAY_1) == []


def test_observing_is_told_to_nobody_by_who_is_available(alice):
    Ambassador.objects.filter(user=alice).update(is_observing=True)

    assert available(MAY_1) == ["Alice Amadi"]
