"""The numbered questions of a post."""

from __future__ import annotations

import pytest

from discussions import workflow
from discussions.models import Post
from discussions.numbered import Numbered, numbered_through, questions_of
from foundation.richtext import clean, from_plain, to_plain


def asked(html: str) -> list[tuple[int, str]]:
    return [(one.number, one.text) for one in questions_of(html)]


def test_a_list_of_the_editor_gives_its_questions_and_where_each_stands():
    html = clean("<p>Two things.</p><ol><li><p>How do you begin?</p></li><li><p>And who <b>pays</b>?</p><p>Honestly.</p></li></ol>")

    first, second = questions_of(html)

    assert first == Numbered(1, "How do you begin?", first.block)
    assert second == Numbered(2, "And who pays?\n\nHonestly.", second.block)
    assert f'id="{first.block}"' in html
    assert f'id="{second.block}"' in html
    assert first.block != second.block


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("No number in it.\n\nNone here.", []),
        ("1. How?\n2. Why?", [(1, "How?"), (2, "Why?")]),
        ("1. How?\n\nSome words between.\n\n2. Why?", [(1, "How?"), (2, "Why?")]),
        ("1-I lead a small team.\n\n2- What keeps people going?", [(1, "I lead a small team."), (2, "What keeps people going?")]),
        ("(1) How?\nsince May\n(2) Why?", [(1, "How?\nsince May"), (2, "Why?")]),
        ("1) How?\nAnd more of it.\n\nBy the way.\n\n2) Why?", [(1, "How?\nAnd more of it."), (2, "Why?")]),
        ("1. How?\n\n1. Why?", [(1, "How?"), (2, "Why?")]),
        ("12. December was the day.\n10:30 at the hall\n2-3 people", []),
        ("> 1. How?\n> 2. Why?\n\nI wonder too.", []),
    ],
)
def test_what_is_numbered_by_hand_counts_while_it_counts_up(typed, expected):
    assert asked(from_plain(typed)) == expected


def test_a_list_keeps_the_number_with_which_it_was_typed():
    html = from_plain("1. How?\n\nA long story about it.\n\n2. Why?\n3. When?")

    assert to_plain(html) == "1. How?\n\nA long story about it.\n\n2. Why?\n3. When?"
    assert from_plain(to_plain(html), html) == html


@pytest.mark.parametrize(
    ("lists", "numbers"),
    [
        ("<ol><li>A</li><li>B</li></ol><p>then</p><ol><li>C</li></ol>", [1, 2, 3]),
        ('<ol><li>A</li></ol><ol start="7"><li>B</li><li>C</li></ol><ol><li>D</li></ol>', [1, 7, 8, 9]),
        ("<p>1- A</p><p>2- B</p><ol><li>C</li></ol>", [1, 2, 3]),
    ],
)
def test_a_list_after_a_break_goes_on(lists, numbers):
    html = numbered_through(clean(lists))

    assert [one.number for one in questions_of(html)] == numbers
    assert [line.split(".")[0] for line in to_plain(html).split("\n") if ". " in line] == [
        str(number) for number in numbers if f"{number}- " not in lists
    ]
    assert numbered_through(html) == html


def test_a_post_is_kept_with_its_numbers(bob, thread):
    post = workflow.reply(thread, by=bob, body="<ol><li><p>How?</p></li></ol><p>and</p><ol><li><p>Why?</p></li></ol>", is_rich=True)

    assert [(one.number, one.text) for one in questions_of(Post.objects.get(pk=post.pk).body)] == [(1, "How?"), (2, "Why?")]
    assert 'start="2"' in post.body
