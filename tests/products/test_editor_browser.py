"""Where one writes, in a browser: what is typed is kept, comes back, meets what others write, and arrives plainly from Word."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from products.drafting import naming
from products.models import Edition
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE, loaded
from tests.products import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-GB>
<h2 style='mso-list:none'>Who was asked<o:p></o:p></h2>
<p class=MsoNormal>Six clubs told us.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span>one by the harbour</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span>five inland</p>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> All of them by letter.</p></div></div>
</body></html>"""
PASTE = """(element, html) => { const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "words");
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""


def body_of(edition: Edition) -> str:
    """What is kept, without the ids of its blocks."""
    return re.sub(r' id="\w+"', "", edition.parts.get().body)


def save(page) -> None:
    page.get_by_role("button", name="Save").click()
    loaded(page)


def kept(page) -> None:
    expect(page.get_by_text("Kept at")).to_be_visible(timeout=15_000)


def test_an_article_is_written(open_page, watched):
    wilma = make.ambassador("Wilma Writer")
    page = open_page(wilma)
    page.goto(reverse("products:product-new"))
    page.get_by_role("radio", name="Article").check()
    page.get_by_role("textbox", name="What it is called").fill("Who stays, and why")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/editions/1/")
    editor, edition = loaded(page).get_by_role("textbox", name="Text", exact=True), Edition.objects.get()

    # What is typed is kept after a pause, and after a lost connection.
    editor.press_sequentially("Six clubs tell.")
    kept(page)
    assert body_of(edition) == "<p>Six clubs tell.</p>"
    watched.expected += ["Failed to load resource", "linkifyjs"]
    page.context.set_offline(True)
    editor.press_sequentially(" They are small.")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(editor).to_have_text("Six clubs tell. They are small.")
    kept(page)

    # What comes from Word arrives as headings, lists and footnotes.
    editor.press("Control+A")
    editor.press("Delete")
    watched.expected += ["Applying inline style", "style-src-attr refused inline"]  # Word's, and they are refused
    editor.evaluate(PASTE, WORD)
    save(page)
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert body_of(edition) == (
        "<h2>Who was asked</h2><p>Six clubs told us.[^1]</p><ul><li>one by the harbour</li><li>five inland</li></ul>"
        "<p>[^1]: All of them by letter.</p>"
    )
    expect(editor).to_contain_text("Six clubs told us.[^1]")

    # A footnote is added by a press, and a broken one is said beside the text.
    editor.locator("p", has_text="Six clubs told us.").click()
    editor.press("End")
    page.evaluate("() => { window.requestAnimationFrame = (draw) => setTimeout(draw, 400); }")  # a slow machine, and a fast writer
    page.get_by_role("button", name="Add a footnote").click()
    page.keyboard.type("And by telephone.")
    kept(page)
    assert body_of(edition).endswith("<p>[^1]: All of them by letter.</p><p>[^2]: And by telephone.</p>")
    assert "Six clubs told us.[^1][^2]</p>" in body_of(edition)
    editor.press_sequentially(" See[^nine]")
    save(page)
    expect(page.locator("#footnotes")).to_contain_text("[^nine] has no note")
    assert axe(page) == []

    # A title that is too long is not cut, and what is wrong is said beside it; one of 300 letters fits on a phone.
    title = page.get_by_role("textbox", name="Title", exact=True)
    title.fill("")
    title.focus()
    page.keyboard.insert_text("W" * 301)
    save(page)
    expect(page.locator(".field--invalid")).to_contain_text("this has 301")
    title.press("End")
    title.press("Backspace")
    page.set_viewport_size(PHONE)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("W" * 300)
    assert [*axe(page), *sideways(page)] == []


def test_two_who_write_the_same_lose_no_word(open_page, watched):
    wilma, otto = make.ambassador("Wilma Writer"), make.ambassador("Otto Other")
    edition = making.draft(wilma)
    naming.answer(naming.invite(edition.product, otto, by=wilma), by=otto, is_yes=True)
    url = reverse("products:edition-edit", args=[edition.product.slug, 1])
    watched.expected += ["Failed to load resource"]
    one, two = open_page(wilma), open_page(otto)
    one.goto(url), two.goto(url)

    for page, words in ((one, " Wilma's words."), (two, " Otto's words.")):
        editor = page.get_by_role("textbox", name="Text", exact=True)
        editor.press("Control+End")
        editor.press_sequentially(words)
    kept(one)
    expect(two.get_by_text("Somebody else saved the same text meanwhile.")).to_be_visible()
    two.get_by_role("button", name="Save").click()

    expect(two.get_by_role("alert")).to_contain_text("Wilma's")
    expect(two.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Otto's words.")
    assert "Wilma's" in body_of(edition)
    two.goto("/desk/"), two.goto(url)  # whoever leaves at this moment finds their words again
    expect(two.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Otto's words.")


def test_without_scripts_it_is_saved_by_a_press(open_page):
    wilma = make.ambassador("Wilma Writer")
    edition = making.draft(wilma)
    page = open_page(wilma, java_script_enabled=False)
    page.goto(reverse("products:edition-edit", args=[edition.product.slug, 1]))

    page.get_by_role("textbox", name="Text", exact=True).fill("## Who was asked\n\nSix clubs.[^1]\n\n[^1]: By letter.")
    save(page)

    assert page.get_by_text("Saved.", exact=True).is_visible()
    assert not page.get_by_role("button", name="Add a footnote").is_visible()
    assert body_of(edition) == "<h2>Who was asked</h2><p>Six clubs.[^1]</p><p>[^1]: By letter.</p>"
