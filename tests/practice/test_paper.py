"""On paper: a report that says what the pages say and no more, and a worksheet for a pen. Screen readers can walk both."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from practice.models import InstrumentItem
from practice.paper import views
from practice.talking import workflow as talking
from tests.practice import practising
from tests.products.test_printing import structure

pytestmark = pytest.mark.django_db
ODD = '#panic("x") $1^2$ @nobody *bold* _it_ `raw` \\ <b> 漢字 🎉 مرحبا'


def fetched(browser, name: str, *args) -> bytes:
    answer = browser.get(reverse(f"practice:{name}", args=args))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.status_code
    return answer.content


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def browser(alice):
    browser = Client()
    browser.force_login(alice)
    return browser


@pytest.fixture
def held(alice):
    """Of five people all answered one proof point, three another one."""
    held = practising.session(alice, name=f"Kitchen {ODD}", people=5)
    said = {"list-is-open": [(1, f"A note {ODD}"), 1, 4, 4, "don't know"], "asked-last-year": [2, 3, 2, 3, 3]}
    few = {"rule-is-written": [(4, "Secret note of one"), 4, 4]}
    practising.answered(held, said | few, weights={"lend-fairly": [3, 3, 2, 3, 1]})
    practising.closed(held, alice)
    talking.promise(held, by=alice, words="Hang the list by the door", owner="Bo", due_on=date(2099, 3, 1))
    return held


@pytest.mark.row("G2")
def test_the_report_says_what_the_pages_say_and_one_module_alone_is_a_whole_report(browser, held):
    offered = browser.get(reverse("practice:session-files", args=[held.pk])).text
    addresses = [reverse("practice:module-report", args=[held.pk, key]) for key in ("lending", "listening")]
    assert all(one in offered for one in [reverse("practice:session-report", args=[held.pk]), *addresses])
    whole = words(fetched(browser, "session-report", held.pk))
    alone = words(fetched(browser, "module-report", held.pk, "listening"))

    for said in ("5 of 5 people answered", "hangs where everybody can read it", "Hang the list by the door", "(apart)", "2.4 of 3"):
        assert said in whole, said
    assert "Too few have answered" in whole
    assert "Secret note" not in whole
    assert "a note" in whole.lower() and "#panic" in whole  # noqa: PT018
    for said in ("5 of 5 people answered", "what kept them away", "Asked in", "How to read this")[:2]:
        assert said in alone, said
    assert "hangs where everybody can read it" not in alone
    assert not any(word in (whole + alone).lower() for word in ("score", "ranking", "badge"))


def test_both_are_tagged_and_name_their_language_and_title(browser, held):
    report = pikepdf.open(io.BytesIO(fetched(browser, "session-report", held.pk)))
    sheet = pikepdf.open(io.BytesIO(fetched(Client(), "instrument-worksheet-pdf", "harbour-check")))

    for pdf, wanted in (
        (report, {"/H1", "/H2", "/P", "/L", "/Table", "/TH", "/TD", "/Figure"}),
        (sheet, {"/H1", "/Table", "/TH", "/TD"}),
    ):
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "en")
        assert wanted - set(structure(pdf.Root.StructTreeRoot)) == set()
    assert str(sheet.docinfo.Title) == "The harbour check"
    figures = [one for one in report.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert "Not at all: 2, A little: 0, Mostly: 0, Fully: 2" in [str(one.get("/Alt")) for one in figures]


def test_a_chosen_module_alone_is_on_the_worksheet_and_strangers_cannot_have_hundreds_set(client, held, monkeypatch):
    address = reverse("practice:instrument-worksheet-pdf", args=["harbour-check"])
    said = words(client.get(address, {"module": "lending"}).content)
    assert "life vest for each seat" in said
    assert "what kept them away" not in said
    assert client.get(address, {"module": "nothing"}).status_code == 404
    monkeypatch.setattr(views, "PUBLIC_RATE", "1/h/ip")
    answers = [client.get(address, query).status_code for query in ({"module": "listening"}, {}, {"module": "lending"})]
    assert answers == [200, 429, 200]  # what is kept is given all the same


def test_one_that_takes_too_long_is_told_on_a_page(browser, held, monkeypatch):
    monkeypatch.setattr(views, "LONGEST", 0.01)

    answer = browser.get(reverse("practice:session-report", args=[held.pk]))

    assert (answer.status_code, "could not be made now" in answer.text) == (503, True)


def test_nothing_of_an_anonymous_round_is_set_before_it_is_closed(browser, alice):
    held = practising.session(alice, people=5)
    module = InstrumentItem.objects.filter(key="lending").first()
    for url in (reverse("practice:session-report", args=[held.pk]), reverse("practice:module-report", args=[held.pk, module.key])):
        assert browser.get(url).headers["Location"] == reverse("practice:session-detail", args=[held.pk])
