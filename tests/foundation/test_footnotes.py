"""Footnotes: numbered as a reader meets them, linked both ways, and what is wrong with them named."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation import footnotes, richtext

THREE = "<p>One[^b], two[^a] and three[^long-name].</p><p>[^a]: Second.</p><p>[^b]: First, as <em>they</em> say.</p><p>[^long-name]: Third.</p>"


def numbers(html):
    """What each marker of a page shows, and the words of its notes in order."""
    soup = BeautifulSoup(html, "html.parser")
    marks = [sup.get_text() for sup in soup.find_all("sup", class_="footnote-ref")]
    for back in soup.find_all(role="doc-backlink"):
        back.decompose()
    return marks, [(item["value"], item.get_text().strip()) for item in soup.select(".footnotes li")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (THREE, (["1", "2", "3"], [("1", "First, as they say."), ("2", "Second."), ("3", "Third.")])),
        ("<p>No notes.</p>", ([], [])),
        ("<p>a[^x] b[^x] c[^y]</p><p>[^x]: X</p><p>[^y]: Y</p>", (["1", "1", "2"], [("1", "X"), ("2", "Y")])),
        ("<p>a[^x]</p><p>[^x]: see[^y]</p><p>[^y]: Y</p>", (["1", "2"], [("1", "see2"), ("2", "Y")])),
        ("<p>a[^x]<br>[^x]: X<br>[^y]: Y</p>", (["1"], [("1", "X"), ("2", "Y")])),
        ("<p>a[^x]</p><p><strong>[^x]:</strong> bold</p>", (["1"], [("1", "bold")])),
        ("<p>a[^x]</p><p>[^x]: once</p><p>[^x]: again</p>", (["1"], [("1", "once")])),
        ("<p>a[^none] b[^x]</p><p>[^x]: X</p>", (["1"], [("1", "X")])),
        ("<p><code>[^x]</code></p><p>[^x]: X</p>", ([], [("1", "X")])),
        ("<ul><li>item[^x]</li></ul><blockquote><p>q[^y]</p></blockquote><p>[^y]: Y</p><p>[^x]: X</p>", (["1", "2"], [("1", "X"), ("2", "Y")])),
        ("<h2>Head[^x]</h2><p>[^x]: X</p>", (["1"], [("1", "X")])),
        ("<p>é[^ñ] 注[^注]</p><p>[^注]: two</p><p>[^ñ]: one</p>", (["1", "2"], [("1", "one"), ("2", "two")])),
        ("<p>a[^1]: not a note, since it does not begin the paragraph</p><p>[^1]: note</p>", (["1"], [("1", "note")])),
    ],
    ids=range(13),
)  # fmt: skip
def test_notes_are_numbered_in_the_order_in_which_a_reader_meets_them(html, expected):
    assert numbers(footnotes.web(html)) == expected


@pytest.mark.parametrize("prefix", ["", "culture-"])
def test_each_reference_leads_to_its_note_and_the_note_back_to_each(prefix):
    html = "<p>a[^x] <a href='https://example.org'>link[^x]</a> c[^y]</p><p>[^x]: X</p><p>[^y]: Y</p>"
    soup = BeautifulSoup(footnotes.web(html, prefix=prefix), "html.parser")

    ids = [tag["id"] for tag in soup.find_all(id=True)]
    links = [tag["href"] for tag in soup.select("[role^=doc-]") if tag.name == "a"]
    assert sorted(set(ids)) == sorted(ids)
    assert links == [
        f"#note-{prefix}1",
        f"#note-{prefix}1",
        f"#note-{prefix}2",
        f"#ref-{prefix}1",
        f"#ref-{prefix}1-2",
        f"#ref-{prefix}2",
    ]
    assert {link[1:] for link in links} <= set(ids)
    assert [tag.find_parent("a") for tag in soup.find_all("sup")] == [None] * 3


def test_a_feed_leads_to_the_page():
    html = footnotes.feed("<p>a[^x]</p><p>[^x]: X</p>", "https://tidemark.example/products/a/")

    links = [tag["href"] for tag in BeautifulSoup(html, "html.parser").find_all("a")]
    assert links == ["https://tidemark.example/products/a/#note-1", "https://tidemark.example/products/a/#ref-1"]


def test_a_mail_has_numbers_and_the_notes_at_its_end():
    html = (
        "<p>Six clubs[^b] tell <a href='https://example.org'>here</a>[^a].</p><p>[^a]: In <em>March</em>.</p><p>[^b]: Of nine.</p>"
    )

    assert footnotes.plain(html) == "Six clubs[1] tell here (https://example.org)[2].\n\n[1] Of nine.\n\n[2] In March."


def test_several_texts_are_numbered_as_one():
    first = footnotes.noted("<p>a[^1] b[^2]</p><p>[^1]: A</p><p>[^2]: B</p>")
    second = footnotes.noted("<p>c[^1]</p><p>[^1]: C</p>", prefix="two-", start=first.next_number)

    assert [(note.number, note.id, note.words) for note in second.notes] == [(3, "note-two-3", "C")]
    assert footnotes.noted("<p>No notes.</p>", start=4).next_number == 4


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (THREE, []),
        ("<p>a</p><p>b[^x] c</p>", [("no note", "[^x]", 2, "b[^x] c")]),
        ("<p>a</p><p>[^x]: X</p>", [("no marker", "[^x]", 2, "[^x]: X")]),
        ("<p>a[^x] b[^x]</p>", [("no note", "[^x]", 1, "a[^x] b[^x]")]),
        ("<p>a[^x]</p><p>[^x]: X</p><p>[^x]: Z</p>", [("twice", "[^x]", 3, "[^x]: Z")]),
        ("<p>a[^x]</p><p>[^x]: </p>", [("empty", "[^x]", 2, "[^x]:")]),
        ("<p>a[^ x] b</p>", [("broken", "[^ x]", 1, "a[^ x] b")]),
        ("<p>a[^x</p>", [("broken", "[^x", 1, "a[^x")]),
        ("<p><code>[^x]</code></p>", []),
        ("<p>see[^y]</p><p>[^y]: as[^z]</p>", [("no note", "[^z]", 2, "[^y]: as[^z]")]),
        ("<p>" + "long words " * 20 + "[^x]</p>", [("no note", "[^x]", 1, "long words " * 5 + "long…")]),
    ],
    ids=range(11),
)
def test_what_is_wrong_is_named_with_its_place(html, expected):
    found = [(p.kind, p.name, p.paragraph, p.around) for p in footnotes.problems(html)]

    assert found == expected


def test_a_problem_is_a_sentence_for_the_one_who_writes():
    (problem,) = footnotes.problems("<p>Six clubs tell.[^2]</p>")

    assert (
        str(problem)
        == "Paragraph 1 (“Six clubs tell.[^2]”): [^2] has no note: add a paragraph of its own that begins with “[^2]:”."
    )


def test_an_excerpt_has_neither_markers_nor_notes():
    assert footnotes.without(THREE) == "<p>One, two and three.</p>"


PIECES = st.sampled_from(["[^a]", "[^a]:", "[^b]: ", "[^", "]", "<p>", "</p>", "<br>", "<a href='https://e.example'>", "</a>", "<code>", " x ", "<script>", "&lt;", "<li>"])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_every_link_has_its_end_and_no_id_is_there_twice(html):
    kept = richtext.clean(html)
    soup = BeautifulSoup(footnotes.web(kept), "html.parser")

    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert sorted(set(ids)) == sorted(ids)
    assert {tag["href"][1:] for tag in soup.select("a[role]")} <= set(ids)
    assert soup.find("script") is None
    assert [a for a in soup.find_all("a") if a.find_parent("a")] == []
    footnotes.problems(kept)
    footnotes.plain(kept)
    footnotes.without(kept)


def test_breaks_and_notes_without_number_cost_no_more_than_their_number():
    many = 5_000
    texts = [f"<p>{'a<br>' * many}</p>", "<p>x[^n1]</p>" + "".join(f"<p>[^n{place}]: w</p>" for place in range(many))]
    begun = time.process_time()

    found = [footnotes.noted(text) for text in texts]

    assert [len(text.notes) for text in found] == [0, many]
    assert time.process_time() - begun < 4  # a cost by the square takes a quarter of a minute
