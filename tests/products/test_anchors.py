"""Where a comment is found again after its text has changed. Pure: no database."""

from __future__ import annotations

import pytest

from products.reviewing.anchors import Anchor, Where, anchor_to, find, passages_of

OLD = [
    (
        "text",
        '<h2 id="baaaaaaa1">Who stays</h2><p id="baaaaaaaa">Whoever stays longest was asked first what they would like to do.</p>',
    ),
    ("after", '<ul><li id="bbbbbbbbb">Ask early, and so on.</li><li id="bcccccccc">Ask again.</li></ul>'),
]
ASKED = "asked first what they would like"


def anchored(block="baaaaaaaa", part="text", quoted=ASKED):
    return anchor_to(passages_of(OLD), part, block, quoted)


def found_in(html, anchor=None, part="text"):
    found = find(anchor or anchored(), passages_of([(part, html)]))
    return found.where, found.passage.block if found.passage else ""


def test_an_anchor_keeps_the_words_and_what_stands_around_them():
    assert anchored() == Anchor("text", "baaaaaaaa", ASKED, "Whoever stays longest was ", " to do.")
    whole = "Whoever stays longest was asked first what they would like to do."
    assert anchored(quoted="") == anchored(quoted="never said") == Anchor("text", "baaaaaaaa", whole)
    assert anchored(block="bzzzzzzzz") is None
    assert anchored(part="after") is None
    assert anchor_to(passages_of(OLD), "text", "baaaaaaaa", "asked\n  first") == Anchor(
        "text", "baaaaaaaa", "asked first", "Whoever stays longest was ", " what they would like to do."
    )


@pytest.mark.parametrize(
    ("html", "where", "block"),
    [
        (OLD[0][1], Where.THERE, "baaaaaaaa"),
        (f'<p id="baaaaaaaa">In six clubs people were {ASKED} to try.</p>', Where.THERE, "baaaaaaaa"),
        (f'<p id="baaaaaaaa">Another thing.</p><p id="bddddddddd2">They were {ASKED}.</p>', Where.MOVED, "bddddddddd2"),
        (f'<blockquote id="beeeeeeee">{ASKED}</blockquote>', Where.MOVED, "beeeeeeee"),
        ('<p id="baaaaaaaa">Whoever stays was asked what they like.</p>', Where.CHANGED, "baaaaaaaa"),
        ("<p id='bffffffff'>Nothing of it is left.</p>", Where.GONE, ""),
        ("", Where.GONE, ""),
    ],
)
def test_a_passage_is_found_again_or_said_to_have_changed(html, where, block):
    assert found_in(html) == (where, block)


def test_a_passage_that_went_to_another_part_is_found_there():
    assert found_in(OLD[0][1], part="other") == (Where.MOVED, "baaaaaaaa")


def test_a_few_words_that_stand_everywhere_are_found_elsewhere_only_with_what_stood_around_them():
    few = anchored("bbbbbbbbb", "after", "and so on")

    assert few == Anchor("after", "bbbbbbbbb", "and so on", "Ask early, ", ".")
    assert found_in('<p id="bggggggg2">Cakes, tea and so on, all year round, whoever comes.</p>', few) == (Where.GONE, "")
    assert found_in('<p id="bggggggg2">Ask early, and so on!</p>', few) == (Where.MOVED, "bggggggg2")


def test_of_several_places_the_one_in_its_own_part_with_the_same_words_around_is_meant():
    texts = [
        ("other", f'<p id="bhhhhhhhh">Whoever stays longest was {ASKED} to do.</p>'),
        (
            "text",
            f'<p id="biiiiiiii">Nobody else is ever {ASKED}, they say.</p><p id="bjjjjjjjj">Who stays longest was {ASKED} to do.</p>',
        ),
    ]

    assert find(anchored(), passages_of(texts)).passage.block == "bjjjjjjjj"


def test_a_comment_about_the_whole_needs_no_passage():
    assert find(Anchor(), passages_of(OLD)).where == Where.WHOLE
    assert find(Anchor(), []).is_changed is False
