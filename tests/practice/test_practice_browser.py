"""An organisation looks at itself twice: begun by a stranger, answered by four on a phone, read, planned, and begun anew."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from correspondence import due
from foundation.models import Community
from practice.models import Answer, LearningSession, Respondent
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE, loaded
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.practice import practising

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = (
    "Bo Berg <bo@harbour.example>, board\nCleo, cleo@harbour.example, staff\nDan;dan@harbour.example;staff\neve@harbour.example"
)


def nothing_wrong(page) -> None:
    assert axe(page) == []
    assert sideways(page) == []


def mailed(smtp, address: str):  # noqa: F811
    """The text of the newest mail to an address."""
    due.post_all()
    return [message for message in smtp.messages if message["To"] == address][-1].get_body(("plain",)).get_content()


def linked(smtp, address: str) -> str:  # noqa: F811
    return re.search(r"http://localhost(/practice/\S+)", mailed(smtp, address))[1]


def choose(page, answers: dict[str, str]) -> None:
    """One answer to each of the proof points on the page, by its words."""
    for text, answer in answers.items():
        page.get_by_role("group", name=re.compile(text)).get_by_text(answer, exact=True).click()


def test_an_organisation_looks_at_itself_twice(open_page, smtp):  # noqa: F811
    Community.found("Harbour Lights")
    practising.instrument()
    page = open_page()

    # A stranger begins.
    page.goto("/practice/")
    page.get_by_role("link", name="The harbour check").click()
    nothing_wrong(page)
    page.get_by_role("link", name="Begin with your organisation").first.click()
    nothing_wrong(page)
    page.get_by_label("Your organisation").fill("Harbour Kitchen")
    page.get_by_label("Your name").fill("Ada Berg")
    page.get_by_label("Your e-mail address").fill("ada@harbour.example")
    page.wait_for_timeout(3_500)  # nobody types this fast: the form would say so
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Type in the code")).to_be_visible()
    nothing_wrong(page)
    page.get_by_label("Code").fill(re.search(r"\b(\w{4}-\w{4})\b", mailed(smtp, "ada@harbour.example"))[1])
    page.get_by_role("button", name="Begin").click()

    # Prepared, four named, invited.
    expect(page.get_by_role("heading", name="What is it for?")).to_be_visible()
    nothing_wrong(page)
    page.get_by_label("why we do this", exact=False).fill("To plan the winter together.")
    page.get_by_label("Listening").uncheck()
    page.get_by_label(re.compile("answers are wanted by", re.IGNORECASE)).fill("2099-03-01")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_label("Who answers?").fill(PEOPLE)
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_text("4 people are named.")).to_be_visible()
    nothing_wrong(page)
    page.get_by_role("button", name="Send the invitations").click()
    expect(page.get_by_text("4 invitations are on their way.")).to_be_visible()

    # The first answers on a phone, closes it without pressing anything, and comes back on another day.
    url = linked(smtp, "bo@harbour.example")
    phone = open_page(viewport=PHONE, has_touch=True)
    phone.goto(url)
    nothing_wrong(phone)
    phone.get_by_role("link", name="Begin", exact=True).click()
    with phone.expect_response(lambda answer: "autosave" in answer.url and answer.status == 204):
        choose(phone, {"who borrowed what": "Not at all", "who may borrow": "I don't know"})
    nothing_wrong(phone)
    phone.wait_for_timeout(400)
    phone.close()
    assert set(Answer.objects.values_list("value", "instead")) == {(1, ""), (None, "don't know")}
    phone = open_page(viewport=PHONE, has_touch=True)
    phone.goto(url)
    phone.get_by_role("link", name="Go on").click()
    choose(phone, {"looked over in spring": "Mostly", "life vest": "Fully"})
    phone.get_by_role("button", name="Keep, and to the end").click()
    phone.get_by_role("button", name="I am done").click()
    expect(phone.get_by_text("Your answers are in.")).to_be_visible()

    # The others, one of them without JavaScript.
    for number, address in enumerate(("cleo", "dan", "eve")):
        other = open_page(viewport=PHONE, has_touch=True, java_script_enabled=number > 0)
        other.goto(linked(smtp, f"{address}@harbour.example"))
        other.get_by_role("link", name="Begin", exact=True).click()
        choose(other, {"who borrowed what": ("Fully", "Fully", "Not at all")[number], "who may borrow": "Mostly"})
        other.get_by_role("button", name="On", exact=True).click()
        expect(other.get_by_role("heading", name="We lend safely")).to_be_visible()
        choose(other, {"looked over in spring": "Mostly", "life vest": "Fully"})
        other.get_by_role("button", name="Keep, and to the end").click()
        other.get_by_role("button", name="I am done").click()
    assert set(Respondent.objects.values_list("status", flat=True)) == {"finished"}

    # Read, talked about, and an action written down.
    page.reload()
    expect(page.get_by_text("4 of 4").first).to_be_visible()
    page.get_by_text("Close it and read the results").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("heading", name="Where you differ most")).to_be_visible()
    nothing_wrong(page)
    page.get_by_role("link", name="Lending").first.click()
    expect(page.get_by_text("Apart").first).to_be_visible()
    page.get_by_text("The figures as a table").first.click()
    expect(page.get_by_role("row", name=re.compile("who borrowed what"))).to_contain_text("2")
    nothing_wrong(page)
    page.go_back()
    page.get_by_role("link", name="How groups see it").click()
    expect(page.get_by_role("heading", name="The groups cannot be compared")).to_be_visible()  # of the board there is one
    nothing_wrong(page)
    page.go_back()
    page.get_by_role("link", name="Prepare the talk").click()
    nothing_wrong(page)
    page.get_by_role("link", name="Show the figures in the room").click()
    expect(page.get_by_role("heading", name="Harbour Kitchen")).to_be_visible()
    loaded(page).keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="In a minute")).to_be_visible()
    nothing_wrong(page)
    page.get_by_role("link", name="End").click()
    page.get_by_role("link", name="Write down who does what by when").click()
    page.get_by_label("what will be done", exact=False).fill("Hang the list by the door")
    page.get_by_label("by whom", exact=False).fill("Bo")
    page.get_by_label("by when", exact=False).fill("2099-03-01")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is written down.")).to_be_visible()
    nothing_wrong(page)

    # The second round opens with it.
    page.get_by_role("link", name="Harbour Kitchen").first.click()
    page.get_by_role("button", name="Begin the next round from this one").click()
    expect(page.get_by_text("What you promised, and what is still open")).to_be_visible()
    expect(page.get_by_text("Hang the list by the door", exact=True)).to_be_visible()
    nothing_wrong(page)
    second = LearningSession.objects.get(number=2)
    assert (second.status, second.follows.status, second.purpose) == ("draft", "closed", "To plan the winter together.")
    assert second.created_at <= timezone.now()


def test_the_wrong_line_of_an_instrument_is_marked(open_page, watched):
    watched.expected += ["422 (Unprocessable"]
    page = open_page(make.ambassador("Wanda Writer", is_staff=True), viewport=PHONE)
    page.goto("/admin/practice/instrumentedition/new/")
    field = page.get_by_role("textbox", name="Text of the instrument")
    lines = practising.SMALL.replace("key: lend-safely", "kye: lend-safely").split("\n")
    wrong = next(number for number, line in enumerate(lines, start=1) if "kye" in line)
    field.fill("\n".join(lines))
    page.get_by_role("button", name="Keep it").click()

    expect(page.get_by_text(f"Line {wrong}:").first).to_be_visible()
    begin = len("\n".join([*lines[: wrong - 1], ""]))
    expect(field).to_have_js_property("selectionStart", begin)
    expect(field).to_have_js_property("selectionEnd", begin + len(lines[wrong - 1]))
    nothing_wrong(page)
    numbers = page.locator(".lines__numbers")
    expect(numbers).to_have_text("\n".join(str(number) for number, _line in enumerate(lines, start=1)))
    field.press("End")
    field.press("Enter")
    expect(numbers).to_contain_text(str(len(lines) + 1))
