"""What is taken along as tables says what may be seen and no more; what is put back makes the same."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from practice.answering.link import url_of
from practice.files.cells import MARK, plain, safe
from practice.models import Answer, LearningSession, Respondent, Sheet
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db
SAID = {
    "list-is-open": [1, 1, 4, (4, "=HYPERLINK(1)"), "don't know"],
    "rule-is-written": [2, (3, "-- see\nthe wall"), 2, 3, "not ours"],
    "asked-last-year": [4],
}
WEIGHTS = {"lend-fairly": [1, 2, 3, 3, 2]}


@pytest.fixture
def ada(client):
    ada = make.person("Ada Admin")
    client.force_login(ada)
    return ada


def answered(ada, openness):
    held = practising.session(ada, openness=openness, people=5)
    practising.answered(held, SAID, weights=WEIGHTS)
    return practising.closed(held, ada)


def fetched(client, held, table) -> bytes:
    response = client.get(reverse("practice:session-table", args=[held.pk, table]))
    assert response.status_code == 200, table
    return response.content


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def put(client, url, content, name="answers.csv", **data):
    return client.post(url, {"file": SimpleUploadedFile(name, content), **data})


def empty_round(ada, follows=None, **fields):
    return practising.session(ada, openness="open", **fields)


def at(held):
    return reverse("practice:session-put-in", args=[held.pk])


def link(respondent, page="worksheet/"):
    return (
        url_of(respondent).partition("example.org")[2] + page
        if "example.org" in url_of(respondent)
        else _path(url_of(respondent)) + page
    )


def _path(url):
    return "/" + url.split("/", 3)[3]


@pytest.mark.row("G10")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_export_then_import_into_an_empty_round_gives_the_same_aggregate(client, ada, suffix):
    held = answered(ada, "open")
    if suffix == "csv":
        content = fetched(client, held, "answers")
    else:
        content = client.get(reverse("practice:session-workbook", args=[held.pk])).content
    other = empty_round(ada, name="Harbour School")

    done = put(client, at(other), content, f"answers.{suffix}")

    assert (done.status_code, done["Location"]) == (302, reverse("practice:session-results", args=[other.pk]))
    for table in ("results", "importance", "notes", "answers"):
        assert fetched(client, other, table) == fetched(client, held, table), table
    assert len(rows(fetched(client, other, "answers"))) == 16
    assert other.respondents.filter(status="finished").count() == 5
    assert LearningSession.objects.get(pk=other.pk).status == "open"


def test_an_anonymous_round_is_taken_along_without_names_and_small_numbers(client, ada):
    held = answered(ada, "anonymous")

    found = {row["key"]: row for row in rows(fetched(client, held, "results"))}
    assert [found["asked-last-year"][name] for name in ("1 Not at all", "4 Fully", "don't know", "median")] == ["too few"] * 4
    assert [found["list-is-open"][name] for name in ("1 Not at all", "2 A little", "4 Fully", "don't know")] == ["2", "0", "2", "1"]
    assert client.get(reverse("practice:session-table", args=[held.pk, "answers"])).status_code == 404
    book = load_workbook(io.BytesIO(client.get(reverse("practice:session-workbook", args=[held.pk])).content))
    assert book.sheetnames == ["results", "importance", "notes"]
    everything = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "Person" not in everything
    assert "@harbour.example" not in everything
    assert "the wall" in everything


def test_an_anonymous_round_gives_nothing_before_it_is_closed(client, ada):
    held = practising.session(ada, people=5)
    practising.answered(held, SAID)

    for name, more in (("session-files", []), ("session-table", ["results"]), ("session-workbook", [])):
        assert client.get(reverse(f"practice:{name}", args=[held.pk, *more])).status_code == 302, name


def test_no_text_is_read_as_a_formula_and_spreadsheets_know_the_letters(client, ada):
    held = answered(ada, "open")

    content = fetched(client, held, "notes")
    assert content.startswith(MARK.encode())
    assert [row["note"] for row in rows(content)] == ["'=HYPERLINK(1)", "'-- see\nthe wall"]
    book = load_workbook(io.BytesIO(client.get(reverse("practice:session-workbook", args=[held.pk])).content))
    assert [cell.data_type for row in book["notes"].iter_rows(min_row=2) for cell in row] == ["s"] * 10


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "'=1", "''", "plain", "", "'tis"])
def test_what_is_made_safe_is_the_same_again(text):
    assert plain(str(safe(text))) == text
    assert not str(safe(text)).startswith(("=", "+", "-", "@", "\t"))


def test_all_that_is_wrong_is_told_by_its_line_and_nothing_is_put_in(client, ada):
    empty = empty_round(ada)
    lines = [
        "name,address,key,answer,in words",
        "Bo,bo@harbour.example,list-is-open,3,Mostly",
        "Bo,bo@harbour.example,list-is-open,3,",
        "Cy,nowhere,list-is-open,3,",
        "Di,di@harbour.example,list-is-open,9,",
        "Ed,ed@harbour.example,list-is-open,3,Often",
    ]

    refused = put(client, at(empty), "\n".join(lines).encode())

    assert refused.status_code == 422
    page = refused.content.decode()
    assert [number for number in range(1, 8) if f"Line {number}:" in page] == [3, 4, 5, 6]
    assert (Respondent.objects.count(), Sheet.objects.count()) == (0, 0)


def test_what_this_round_does_not_ask_is_named_and_left_out_only_when_that_is_said(client, ada):
    empty = empty_round(ada, modules=["lending"])
    content = b"address,key,answer\nbo@harbour.example,list-is-open,3\nbo@harbour.example,asked-last-year,2\n"

    refused = put(client, at(empty), content)
    assert (refused.status_code, Sheet.objects.count()) == (422, 0)
    assert "This round does not ask: asked-last-year." in refused.content.decode()

    assert put(client, at(empty), content, leave_out="on").status_code == 302
    assert list(Answer.objects.values_list("item__key", "value")) == [("list-is-open", 3)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "key,answer\né".encode("latin-1"), b"a,b\n1,2", b"key,answer\n"])
def test_what_is_no_file_of_answers_is_refused(client, ada, content):
    assert put(client, at(empty_round(ada)), content).status_code == 422


def test_answers_go_into_an_empty_open_round_only(client, ada):
    content = b"address,key,answer\nbo@harbour.example,list-is-open,3\n"
    anonymous, named = practising.session(ada, name="Anonymous"), practising.session(ada, name="Named", openness="open")
    practising.sessions.name_respondents(named, practising.named(1), by=ada)

    for held in (anonymous, named):
        assert "This round is not empty" in client.get(at(held)).content.decode()
        assert put(client, at(held), content)["Location"] == reverse("practice:session-detail", args=[held.pk])
    assert Sheet.objects.count() == 0


@pytest.mark.parametrize("openness", ["open", "anonymous"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_respondent_fetches_their_worksheet_and_puts_it_back(client, openness, suffix):
    held = practising.session(make.person("Ada Admin"), openness=openness, people=4)
    bo, cy = held.respondents.order_by("pk")[:2]
    practising.answer(bo, {"list-is-open": (3, "On the door."), "boats-are-checked": "don't know"}, weights={"lend-fairly": 2})
    practising.answer(cy, {"list-is-open": 1})
    content = client.get(link(bo, f"worksheet.{suffix}")).content
    before = sorted(Answer.objects.values_list("item__key", "value", "instead", "note"))
    page = client.get(link(bo)).content.decode()
    assert "On the door." in page

    assert put(client, link(bo), content, f"worksheet.{suffix}").status_code == 302
    assert sorted(Answer.objects.values_list("item__key", "value", "instead", "note")) == before

    filled = b"key;answer;note\nlist-is-open;fully;\nasked-last-year;2;Twice\nlisten;;\nask-borrowers;3;\n"
    assert put(client, link(bo), filled).status_code == 302
    now = rows(client.get(link(bo, "worksheet.csv")).content)
    assert {row["key"]: (row["answer"], row["note"]) for row in now if row["answer"]} == {
        "list-is-open": ("4", "On the door."),
        "boats-are-checked": ("don't know", ""),
        "asked-last-year": ("2", "Twice"),
        "lend-fairly": ("2", ""),
        "ask-borrowers": ("3", ""),
    }
    assert list(Answer.objects.filter(item__key="list-is-open").order_by("value").values_list("value", flat=True)) == [1, 4]


def test_a_worksheet_answers_for_its_owner_what_they_are_asked_and_nothing_once_it_is_closed(client):
    ada = make.person("Ada Admin")
    held = practising.session(ada, modules=["lending"], people=4)
    bo = held.respondents.first()

    refused = put(client, link(bo), b"key,answer\nlist-is-open,3\nasked-last-year,2\n")
    assert (refused.status_code, Answer.objects.count()) == (422, 0)
    assert "Line 3: “asked-last-year” is not asked of you here." in refused.content.decode()

    practising.closed(held, ada)
    assert put(client, link(bo), b"key,answer\nlist-is-open,3\n").status_code == 410
    assert Answer.objects.count() == 0


def test_anybody_prints_the_worksheet_of_chosen_modules(client):
    practising.instrument()
    url = reverse("practice:instrument-worksheet", args=["harbour-check"])

    page = client.get(url, {"module": "listening"}).content.decode()
    assert "We changed a rule" in page
    assert "life vest" not in page
    keys = [row["key"] for row in rows(client.get(f"{url[:-1]}.csv").content)]
    assert sorted(keys) == sorted([*practising.POINTS, *practising.PRINCIPLES])
    assert client.get(url, {"module": "nothing"}).status_code == 404
