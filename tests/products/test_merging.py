"""What a save keeps when others saved meanwhile."""

from __future__ import annotations

import pytest

from products.drafting.merging import merged, stamps

WAS = {"title": "One", "body": '<p id="baaaaaaaa">Six clubs tell.</p>'}
MINE, THEIRS = "<p>Seven clubs tell.</p>", '<p id="baaaaaaaa">Eight clubs tell.</p>'


@pytest.mark.parametrize(
    ("now", "mine", "texts", "conflicts"),
    [
        (WAS, {}, {}, ()),
        (WAS, {"title": "Two"}, {"title": "Two"}, ()),
        (WAS, {"body": MINE}, {"body": MINE}, ()),
        (WAS, {"body": "<p>Six clubs tell.</p>"}, {}, ()),  # ids are the server's
        ({**WAS, "body": THEIRS}, {"title": "Two"}, {"title": "Two"}, ()),  # two who write two texts never meet
        ({**WAS, "body": THEIRS}, {"body": "<p>Six  clubs tell.</p>"}, {}, ()),  # an editor put its markup in order
        ({**WAS, "body": THEIRS}, {"body": MINE}, {}, ("body",)),
        ({**WAS, "body": THEIRS}, {"body": "<p>Eight clubs tell.</p>"}, {}, ()),  # both wrote the same
        ({**WAS, "title": "Three", "body": THEIRS}, {"title": "Two", "body": MINE}, {}, ("title", "body")),
        (WAS, {"body": ""}, {"body": ""}, ()),
        ({**WAS, "body": THEIRS}, {"body": ""}, {}, ("body",)),
    ],
    ids=range(11),
)
def test_what_was_left_alone_stays_and_what_both_changed_is_said(now, mine, texts, conflicts):
    found = merged(stamps(WAS), now, {**WAS, **mine} if len(mine) < 2 else mine)

    assert (found.texts, found.conflicts) == (texts, conflicts)


@pytest.mark.parametrize("shown", ["", "{", "[]", "1", '{"title": 7}', "[" * 100_000])
def test_a_form_that_says_nothing_of_what_it_showed_overwrites_nothing(shown):
    assert merged(shown, WAS, {"title": "Two"}).conflicts == ("title",)
    assert merged(shown, WAS, {"title": "One"}).conflicts == ()
