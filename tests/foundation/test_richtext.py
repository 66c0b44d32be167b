from __future__ import annotations

import re
import socket

import pytest
from bs4 import BeautifulSoup
from django import forms
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foundation import richtext
from foundation.blocks import BLOCK_ID
from foundation.fields import RichTextField, RichTextFormField
from foundation.models import Community

# Gathered from the usual cheat sheets: each tries to run a script, load something, or look like a part of the page.
VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://tracker.example.org/pixel.gif>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='https://example.org' onclick=alert(1) style='position:fixed;inset:0' target=_blank>x</a>",
    "<p onmouseover=alert(1) style='background:url(https://tracker.example.org)'>x</p>",
    "<p title='Sign in here' lang=xx dir=rtl>x</p>",
    "<p id=content class=site-header name=cookie>x</p>",
    "<p id=b2345673>x</p>",
    "<style>@import 'https://tracker.example.org'</style>x",
    "<link rel=stylesheet href=https://tracker.example.org>",
    "<meta http-equiv=refresh content='0;url=https://tracker.example.org'>",
    "<base href=https://tracker.example.org>",
    "<form action=https://tracker.example.org><input name=password><button>ok</button></form>",
    "<video src=https://tracker.example.org/a.mp4 autoplay onloadstart=alert(1)></video>",
    "<object data=https://tracker.example.org></object><embed src=x>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<details open ontoggle=alert(1)>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<ol start='1\" onclick=alert(1)'><li>x</ol>",
    "<p>\0<scr\0ipt>alert(1)</scr\0ipt>",
    "<" + "blockquote>" * 3 + "<" * 50,
    "<blockquote>" * 4000 + "x",
    "<b" * 3000,
]
ALLOWED = {"strong", "em", "s", "code", "h2", "h3", "ul", "ol", "li", "blockquote", "hr", "br", "a", "p"}


def breaches(html: str) -> list[str]:
    """What a browser could be led astray by in `html`."""
    found = []
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        expected = {"a": {"href", "rel"}, "ol": {"start"}}.get(tag.name, set()) | {"id"}
        if tag.name not in ALLOWED or set(tag.attrs) - expected:
            found.append(str(tag)[:80])
        if tag.name == "a" and "href" in tag.attrs:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", tag["href"], re.IGNORECASE)
            if (scheme and scheme[1] not in {"http", "https", "mailto"}) or " ".join(tag["rel"]) != richtext.LINK_REL:
                found.append(str(tag)[:80])
        if "id" in tag.attrs and not BLOCK_ID.fullmatch(tag["id"]):
            found.append(str(tag)[:80])
    return found


@pytest.mark.row("R15")
@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_nothing_that_runs_or_loads_gets_through(vector):
    for html in (vector, f"<p>before {vector} after</p>", f"<ul><li>{vector}"):
        assert breaches(richtext.clean(html)) == []
        assert breaches(richtext.safe(html)) == []
        assert breaches(richtext.from_plain(html)) == []


PIECES = st.sampled_from(
    [*VECTORS[:-3], "<p>", "</p>", "<ul>", "<li>", "<b>", "<a href='", "'>", "\n\n", "- ", "> ", "1. ", "## ", "&lt;", "--"]
)


@pytest.mark.row("R15")
@given(st.lists(PIECES | st.text(max_size=12), max_size=12).map("".join))
@example("<a href='<ol start='1\" onclick=alert(1)'><li>x</ol>")
@settings(max_examples=300, deadline=None)
def test_whatever_is_put_together_stays_harmless_and_settled(html):
    cleaned = richtext.clean(html)

    assert breaches(cleaned) == []
    assert breaches(richtext.from_plain(html)) == []
    assert richtext.clean(cleaned, previous=cleaned) == cleaned
    assert str(richtext.safe(cleaned)) == cleaned


@pytest.mark.row("R28")
def test_keeping_a_text_full_of_addresses_asks_none_of_them(db, monkeypatch):
    def refuse(*args, **options):
        raise AssertionError(f"a connection was made to {args}")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    html = "<p>https://example.org <img src='https://example.org/a.png'> <a href='http://169.254.169.254/'>x</a></p>"

    community = Community.objects.create(pk=1, name="C", about=html + richtext.from_plain("see http://10.0.0.1/a"))

    assert "<img" not in community.about
    assert "169.254.169.254" in community.about


def ids(html: str) -> list[str]:
    return [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]


def without_ids(html: str) -> str:
    return re.sub(r' id="\w+"', "", html)


FIRST = "<h2>Why</h2><p>Because we can.</p><ul><li><p>one reason</p></li><li><p>another reason</p></li></ul><p>So be it.</p>"


def test_each_block_gets_an_id_of_its_own():
    html = richtext.clean(FIRST)

    assert without_ids(html) == FIRST
    assert (len(ids(html)), len(set(ids(html)))) == (5, 5)
    assert ids(richtext.clean(FIRST)) != ids(html)


def test_blocks_keep_their_ids_through_an_edit():
    before = richtext.clean(FIRST)
    why, because, one, another, so = ids(before)
    edited = (
        "<p>So be it.</p><h2>Why</h2><p>A paragraph that was not there.</p><p>Because we can, and should.</p>"
        "<ul><li><p>one reason</p></li><li><p>something else entirely</p></li></ul>"
    )

    after = ids(richtext.clean(edited, previous=before))

    assert (after[0], after[1], after[3], after[4]) == (so, why, because, one)
    assert set(after) & {another} == set()
    assert len(set(after)) == 6


def test_a_copied_block_gets_an_id_of_its_own_and_ids_of_others_are_not_taken():
    before = richtext.clean("<p>once</p>")
    (once,) = ids(before)

    twice = ids(richtext.clean(f'<p id="{once}">once</p><p id="{once}">once</p>', previous=before))

    assert (twice[0], len(set(twice))) == (once, 2)
    assert ids(richtext.clean('<p id="babcdefgh">mine</p>')) != ["babcdefgh"]


def test_text_without_blocks_becomes_paragraphs_and_emptiness_nothing():
    assert without_ids(richtext.clean("loose <strong>words</strong><p>a block</p> and a tail")) == (
        "<p>loose <strong>words</strong></p><p>a block</p><p> and a tail</p>"
    )
    assert [richtext.clean(empty) for empty in ("", " ", "<p></p>", "<p><br></p>", "<ul><li><p> </p></li></ul>")] == [""] * 5


def test_typed_text_becomes_blocks_and_links():
    typed = "## Why\r\n\r\nSee https://example.org/a?b=1&c=2\r\nor mara@people.example.org\r\n\r\n- one\r\n- two\r\n\r\n1. first\r\n2. next\r\n\r\n> said she\r\n\r\n<b>&"

    html = without_ids(richtext.from_plain(typed))

    assert html == (
        '<h2>Why</h2><p>See <a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow ugc">https://example.org/a?b=1&amp;c=2</a>'
        '<br>or <a href="mailto:mara@people.example.org" rel="noopener nofollow ugc">mara@people.example.org</a></p>'
        "<ul><li>one</li><li>two</li></ul><ol><li>first</li><li>next</li></ol><blockquote><p>said she</p></blockquote><p>&lt;b&gt;&amp;</p>"
    )
    assert without_ids(richtext.from_plain(richtext.as_typed(html))) == html


def test_editing_plainly_keeps_the_formatting_of_what_was_left_alone():
    before = richtext.clean(
        '<p>A <strong>bold</strong> start.</p><p>See <a href="https://example.org/a">the page</a>.</p><p>An end.</p>'
    )
    typed = richtext.as_typed(before)
    assert typed == "A bold start.\n\nSee the page (https://example.org/a).\n\nAn end."

    unchanged = richtext.from_plain(typed.replace("\n", "\r\n"), previous=before)
    edited = richtext.from_plain(typed.replace("An end.", "An ending."), previous=before)

    assert unchanged == before
    assert without_ids(edited) == without_ids(before).replace("An end.", "An ending.")
    assert ids(edited) == ids(before)


def test_a_mail_says_where_a_link_leads_once():
    html = '<p><a href="https://example.org/">example.org</a> and <a href="https://example.org/b">b</a>, <a href="mailto:a@b.example">a@b.example</a></p>'

    assert richtext.to_plain(html) == "example.org and b (https://example.org/b), a@b.example"


def test_the_database_keeps_clean_text_whoever_writes_it(db):
    Community.objects.create(pk=1, name="C", about="<p>a<script>alert(1)</script></p>")
    first = Community.objects.get().about
    Community.objects.update(about="<p onclick=alert(1)>b</p>")

    assert (without_ids(first), len(ids(first)), Community.objects.get().about) == ("<p>a</p>", 1, "<p>b</p>")


class TextForm(forms.Form):
    text = RichTextFormField()


def test_a_form_takes_the_editors_html_and_plain_text_alike():
    by_editor = TextForm({"text": "<p>a <strong>b</strong></p>", "text-format": "html"})
    by_hand = TextForm({"text": "a <strong>b</strong>", "text-format": "plain"})

    assert (by_editor.is_valid(), by_hand.is_valid(), TextForm({"text": "<p></p>", "text-format": "html"}).is_valid()) == (
        True,
        True,
        False,
    )
    assert without_ids(by_editor.cleaned_data["text"]) == "<p>a <strong>b</strong></p>"
    assert without_ids(by_hand.cleaned_data["text"]) == "<p>a &lt;strong&gt;b&lt;/strong&gt;</p>"


def test_a_form_knows_what_was_left_alone():
    before = richtext.clean("<p>a <strong>b</strong></p><p>c</p>")
    same = TextForm({"text": "a b\r\n\r\nc"}, initial={"text": before})
    other = TextForm({"text": "a b\r\n\r\nd"}, initial={"text": before})

    assert (same.is_valid(), same.has_changed(), same.cleaned_data["text"]) == (True, False, before)
    assert (other.is_valid(), other.has_changed(), ids(other.cleaned_data["text"])[0]) == (True, True, ids(before)[0])


def test_a_form_shows_text_to_those_without_scripts_and_keeps_html_for_the_editor():
    page = str(TextForm(initial={"text": richtext.clean("<p>a <strong>b</strong> &amp; c</p>")})["text"])
    area = BeautifulSoup(page, "html.parser").textarea

    assert area.text.strip() == "a b & c"
    assert without_ids(area["data-richtext"]) == "<p>a <strong>b</strong> &amp; c</p>"
    assert 'name="text-format" value="plain"' in page
    assert "a &lt;b&gt;" in str(TextForm({"text": "a <b>"})["text"])


def test_a_text_that_is_too_long_is_refused_before_it_is_looked_at():
    form = TextForm({"text": "x" * 300_000})

    assert form.errors["text"][0].startswith("Ensure this value has at most 100000 characters")


def test_migrations_do_not_name_the_field():
    assert RichTextField().deconstruct()[1] == "django.db.models.TextField"
