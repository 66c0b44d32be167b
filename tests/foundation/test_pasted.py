"""What comes out of Word becomes what one would have written here. The samples have the markup of Word, in words of ours."""

from __future__ import annotations

import pytest

from foundation import footnotes, richtext
from foundation.blocks import BLOCK_ID


def cleaned(html):
    """As it is kept, but for the ids of blocks."""
    kept = richtext.clean(html)
    for found in set(BLOCK_ID.findall(kept)):
        kept = kept.replace(f' id="{found}"', "")
    return kept


def item(mark, words, level=1):
    ignored = f"<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span><![endif]>"
    return f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>{ignored}{words}<o:p></o:p></p>"


HEAD = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal {mso-style-parent:''}</style><!--[if gte mso 9]><xml><o:p>x</o:p></xml><![endif]--></head><body>"
NOTE = '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style="mso-special-character:footnote">[1]</span></span></a>'
BACK = '<div style="mso-element:footnote-list"><br clear=all><hr align=left size=1 width="33%"><div style="mso-element:footnote" id=ftn1><p class=MsoFootnoteText><a style="mso-footnote-id:ftn1" href="#_ftnref1" name="_ftn1" title="">[1]</a> Of nine.<o:p></o:p></p></div></div>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p class=MsoNormal style='mso-margin-top-alt:auto'><span lang=EN-GB>Six&nbsp;clubs.<o:p></o:p></span></p>", "<p>Six&nbsp;clubs.</p>"),
        (f"{HEAD}<p class=MsoNormal>Six clubs.<o:p>&nbsp;</o:p></p></body></html>", "<p>Six clubs.&nbsp;</p>"),
        ("<p class=MsoNormal>“She said so” \u2013 they\u2019re right…</p>", "<p>“She said so” \u2013 they\u2019re right…</p>"),
        (item("·", "One") + item("·", "Two"), "<ul><li>One</li><li>Two</li></ul>"),
        (item("1.", "One") + item("2.", "Two"), "<ol><li>One</li><li>Two</li></ol>"),
        (item("o", "Deep", level=2), "<ul><li>Deep</li></ul>"),
        ("<p>Before:</p><p>·&nbsp;&nbsp;&nbsp; One</p><p>·&nbsp;&nbsp;&nbsp; Two</p><p>After.</p>", "<p>Before:</p><ul><li>One</li><li>Two</li></ul><p>After.</p>"),
        (item("·", "One") + "<p class=MsoNormal>Between.</p>" + item("·", "Two"), "<ul><li>One</li></ul><p>Between.</p><ul><li>Two</li></ul>"),
        (f"<p class=MsoNormal>Six clubs.{NOTE}</p>{BACK}", "<p>Six clubs.[^1]</p><p>[^1]: Of nine.</p>"),
        ('<p>Six clubs.<sup><a href="#_ftn1">[1]</a></sup></p><p><a href="#_ftnref1">[1]</a> Of nine.</p>', "<p>Six clubs.[^1]</p><p>[^1]: Of nine.</p>"),
        ("<h2 style='mso-x:1'>Head</h2><p class=MsoNormal><b>Bold</b> and <i>not</i></p>", "<h2>Head</h2><p><strong>Bold</strong> and <em>not</em></p>"),
        ("<p>1.  A paragraph that nobody pasted</p>", "<p>1.  A paragraph that nobody pasted</p>"),
        ("<p>o  no list</p>", "<p>o  no list</p>"),
        ("<p class=MsoNormal><script>alert(1)</script>x<img src=x onerror=alert(1)></p>", "<p>x</p>"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_comes_out_of_word_is_kept_as_one_would_have_written_it(html, expected):
    kept = cleaned(html)

    assert kept == expected
    assert cleaned(kept) == expected


def test_footnotes_of_word_are_footnotes_here():
    kept = richtext.clean(f"<p class=MsoNormal>Six clubs.{NOTE}</p>{BACK}")

    assert footnotes.problems(kept) == []
    assert footnotes.plain(kept) == "Six clubs.[1]\n\n[1] Of nine."
