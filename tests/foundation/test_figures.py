"""What is drawn stands where the numbers say."""

from __future__ import annotations

import datetime
import re

import pytest

from foundation.figures import NARROW, WIDE, Bar, Goal, Mark, bars, stepped

BEGUN, TODAY = datetime.date(2024, 1, 1), datetime.date(2026, 1, 1)
STEPS = [(BEGUN, 0), (datetime.date(2025, 1, 1), 50), (TODAY, 100)]


def draw(paper=WIDE, goals=(), marks=(), steps=STEPS):
    return stepped(steps, list(goals), list(marks), last_label="100+", paper=paper)


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_the_line_begins_at_zero_on_the_left_and_steps_up(paper):
    drawing = draw(paper)

    path = re.findall(r"([MHV])([\d. ]+)", drawing.line)
    assert [letter for letter, _ in path] == ["M", "H", "V", "H", "V"]
    assert path[0][1] == f"{paper.left:.1f} {paper.height - paper.bottom:.1f}"
    assert float(path[4][1]) == paper.top  # 100 is the highest round number
    assert float(path[2][1]) == pytest.approx((paper.top + drawing.base) / 2, abs=0.1)


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_nothing_is_drawn_off_the_paper(paper):
    goals = [Goal(value, TODAY.replace(year=2026 + value // 75), f"Goal {value}", str(value)) for value in (75, 150, 300)]
    marks = [Mark(50, datetime.date(2025, 1, 1), "50 in Jan 2025", "50"), Mark(100, TODAY, "100 in Jan 2026", "100")]

    drawing = draw(paper, goals, marks)

    spots = [*drawing.goals, *drawing.marks, drawing.last]
    assert [spot.label for spot in spots if not (0 <= float(spot.x) <= paper.width and 0 <= float(spot.y) <= paper.height)] == []
    assert [spot.label for spot in spots if not 0 <= float(spot.text_x) <= paper.width] == []


def test_a_goal_that_is_too_far_ahead_has_a_line_and_no_end():
    near, far = draw(goals=[Goal(150, datetime.date(2027, 1, 1), "near"), Goal(300, datetime.date(2099, 1, 1), "far")]).goals

    assert (near.has_point, far.has_point) == (True, False)
    assert float(near.x) < float(far.x) == WIDE.width - WIDE.right


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        (datetime.date(2024, 7, 1), ["Feb 2024", "Mar 2024", "Apr 2024", "May 2024", "Jun 2024", "Jul 2024"]),
        (datetime.date(2031, 1, 1), ["2025", "2026", "2027", "2028", "2029", "2030", "2031"]),
    ],
)
def test_dates_are_as_many_as_can_be_read(end, labels):
    assert [day.label for day in draw(steps=[(BEGUN, 0), (end, 10)]).dates] == labels


def test_the_words_of_a_mark_stand_right_below_it_and_left_above_it_near_the_edge():
    first, last = draw(marks=[Mark(10, BEGUN, "10 in Jan 2024"), Mark(100, TODAY, "100 in Jan 2026")]).marks

    assert (first.anchor, float(first.text_x) > float(first.x), float(first.text_y) > float(first.y)) == ("start", True, True)
    assert (last.anchor, float(last.text_x) < float(last.x), float(last.text_y) < float(last.y)) == ("end", True, True)


@pytest.mark.parametrize("highest", [1, 6, 7, 119, 300, 3000])
def test_numbers_on_the_left_are_round_and_few(highest):
    drawing = draw(steps=[(BEGUN, 0), (TODAY, highest)])

    values = [int(spot.label.replace(",", "")) for spot in drawing.numbers]
    assert values[0] == 0
    assert values[-1] >= highest
    assert len(values) <= 7


@pytest.mark.parametrize("wide", [True, False])
def test_bars_are_as_long_as_their_shares_and_an_untold_one_tells_nothing(wide):
    first, second, third = bars(
        [Bar("Health", "50 %", 50), Bar("Policy", "25 %", 25), Bar("Faith", "fewer than 5", None)], wide=wide
    ).bars

    assert float(first.width) == 2 * float(second.width)
    assert (third.is_told, third.width) == (False, "14.0")
