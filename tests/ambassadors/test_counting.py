import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_composition_names_the_largest_part_first_and_tells_small_ones_together():
    counts = {"Health": 5, "Research": 4, "Education": 10, "": 6, "Policy": 1, "Business": 0}

    assert composition_of(counts) == [
        Share("Education", 10, 38),
        Share("Health", 5, 19),
        Share("Other", 5, 19),
        Share("Not said", 6, 23),
    ]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"Health": 12, "Policy": 4, "Law": 7}, [("Health", 12), ("Other", 11)]),  # 4 alone would be what is left of 23
        ({"Health": 12, "Policy": 4}, []),
        ({"Health": 12, "": 1, "Law": 5}, [("Health", 12), ("Other", 6)]),
        ({"Health": 4}, []),
        ({"": 9}, [("Not said", 9)]),
    ],
)
def test_what_is_left_of_the_whole_tells_no_small_number_either(counts, told):
    assert [(share.label, share.count) for share in composition_of(counts)] == told


@given(st.dictionaries(st.text("abcdefg", max_size=1), st.integers(0, 12)))
def test_every_number_told_is_five_or_more_and_nothing_is_left_over(counts):
    shares = composition_of(counts)

    assert [share for share in shares if share.count < 5] == []
    assert not shares or sum(share.count for share in shares) == sum(counts.values())


def test_composition_of_nobody_is_empty():
    assert composition([]) == []
    assert [share.percent for share in composition(["Health"] * 9 + [""] * 6)] == [60, 40]
