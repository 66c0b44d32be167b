"""Where an edition stands and what it waits for: tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from products.road.standing import Facts, is_stuck, milestones, waits_for

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
SOON, PAST = TODAY + timedelta(days=5), TODAY - timedelta(days=2)


def facts(status="in review", **known):
    return Facts(status=status, since=known.pop("since", NOW), **known)


@pytest.mark.parametrize(
    ("known", "words", "whom", "is_late"),
    [
        (facts("draft"), "its authors, who write it", "authors", False),
        (facts("draft", was_submitted=True), "a new version from its authors", "authors", False),
        (facts("in revision"), "a new version from its authors", "authors", False),
        (facts(needed=0), "an editor's decision", "editors", False),
        (facts(needed=2), "an editor to ask reviewers", "editors", False),
        (facts(needed=2, has_round=True, waiting=1), "an editor to ask more reviewers", "editors", False),
        (facts(needed=2, has_round=True, waiting=2, due_on=SOON), "2 reviews, wanted by 28 November", "reviewers", False),
        (
            facts(needed=2, has_round=True, waiting=1, submitted=1, due_on=PAST),
            "one review, wanted by 21 November",
            "reviewers",
            True,
        ),
        (facts(needed=2, has_round=True, waiting=1, submitted=2, due_on=SOON), "an editor's decision", "editors", False),
        (facts("community review", closes_at=NOW + timedelta(days=3)), "the community, until 26 November", "community", False),
        (facts("community review", closes_at=NOW + timedelta(days=3), objections=1), "an answer to an objection", "authors", False),
        (facts("community review", closes_at=NOW - timedelta(days=3)), "an editor's decision", "editors", False),
        (facts("approved"), "an editor to publish it", "editors", False),
        (facts("published"), "", "", False),
    ],
)
def test_what_an_edition_waits_for(known, words, whom, is_late):
    wait = waits_for(known, NOW, TODAY)
    assert (wait.words, wait.whom, wait.is_late) == (words, whom, is_late)


@pytest.mark.parametrize(
    ("known", "then", "page"),
    [
        (facts("draft"), "", "progress"),
        (facts("in revision"), "", "progress"),
        (facts(needed=0), "Look at it, and decide", "progress"),
        (facts(needed=2, has_round=True, submitted=2), "Read what was said, and decide", "progress"),
        (facts(needed=2), "Open a round, and ask reviewers", "round"),
        (facts(needed=2, has_round=True, waiting=1), "Ask more reviewers", "round"),
        (facts(needed=2, has_round=True, waiting=2, due_on=SOON), "", "progress"),
        (facts(needed=2, has_round=True, waiting=2, due_on=PAST), "Remind whoever is late, or ask somebody else", "round"),
        (facts("community review", closes_at=NOW + timedelta(days=3)), "", "progress"),
        (facts("community review", objections=2), "See that it is answered, or override it with a reason", "window"),
        (facts("community review", closes_at=NOW - timedelta(days=3)), "Read what was said, and decide", "window"),
        (facts("approved"), "Publish it", "progress"),
    ],
)
def test_what_an_editor_can_do_about_it(known, then, page):
    wait = waits_for(known, NOW, TODAY)
    assert (wait.then, wait.page) == (then, page)


@pytest.mark.parametrize(
    ("status", "days", "stuck"),
    [("in review", 29, True), ("in review", 28, False), ("draft", 400, False), ("in revision", 40, True)],
)
def test_what_has_been_in_one_state_for_long_may_be_stuck(status, days, stuck):
    assert is_stuck(facts(status, since=NOW - timedelta(days=days)), NOW) is stuck


@pytest.mark.parametrize(
    ("status", "has_window", "expected"),
    [
        ("draft", True, ["here Draft", "ahead Peer review", "ahead Community review", "ahead Approved", "ahead Published"]),
        ("in revision", True, ["behind Draft", "here In revision", "ahead Community review", "ahead Approved", "ahead Published"]),
        ("approved", False, ["behind Draft", "behind Peer review", "here Approved", "ahead Published"]),
        ("retired", False, ["behind Draft", "behind Peer review", "behind Approved", "here Retired"]),
    ],
)
def test_the_road_shows_what_lies_behind_and_ahead(status, has_window, expected):
    road = milestones(status, {"draft": date(2026, 5, 1)}, has_window=has_window)
    assert [f"{one.place} {one.label}" for one in road] == expected
    assert [one.day for one in road if one.label == "Draft" and one.place != "ahead"] == [date(2026, 5, 1)]
