import pytest

from ambassadors.counting import Share, composition, composition_of, member_count, rounded, shown_count
from foundation.models import Community
from tests import make


@pytest.mark.parametrize(
    ("count", "step", "shown"),
    [
        (127, 10, "120+"),
        (120, 10, "120+"),
        (119, 10, "110+"),
        (127, 50, "100+"),
        (127, 0, "127"),
        (9, 10, "fewer than 10"),
        (0, 10, "fewer than 10"),
        (0, 0, "0"),
        (1204, 100, "1,200+"),
    ],
)
def test_shown_count_tells_no_more_than_staff_chose(count, step, shown):
    assert shown_count(count, step) == shown


def test_the_step_is_the_communitys_own(db):
    Community.objects.create(pk=1, name="Harbour Lights", rounds_counts_to=25)

    assert (shown_count(127), rounded(127)) == ("125+", 125)


def test_those_who_belong_are_counted_and_nobody_else(alice, alumna, staff):
    make.ambassador("Paul Pause", status="paused")
    make.ambassador("Lena List", status="listed")

    assert member_count() == 2


def test_composition_names_the_largest_part_first_and_keeps_small_ones_to_themselves():
    counts = {"Health": 5, "Research": 4, "Education": 10, "": 6, "Policy": 1, "Business": 0}

    assert composition_of(counts) == [
        Share("Education", 10, 38),
        Share("Health", 5, 19),
        Share("Policy", None, None),
        Share("Research", None, None),
        Share("Not said", 6, 23),
    ]
    assert [share.shown for share in composition_of(counts)] == ["10", "5", "fewer than 5", "fewer than 5", "6"]


def test_composition_of_nobody_is_empty():
    assert composition([]) == []
    assert [share.percent for share in composition(["Health"] * 9 + [""])] == [90, None]
