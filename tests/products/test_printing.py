"""Editions in print: a tagged PDF that says what the edition says now."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.uploads import CheckedFile, upload_write
from products.drafting import workflow as drafting
from products.models import Credit, EditionPrint
from products.printing import workflow
from products.printing.document import document_of
from products.printing.setting import NotSet, set_in_print
from products.road import workflow as road
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db

BODY = (
    "<h2>Who stays</h2><p>Six clubs <strong>asked</strong> first.[^1] See <a href='/ambassadors/'>who we are</a>.</p>"
    "<ul><li>One.</li></ul><blockquote><p>We were asked.</p></blockquote><h3>How</h3><p>Again.[^1]</p>"
    "<p>[^1]: In their first month. <a href='https://example.org/'>There</a>.</p>"
)


def published(**fields):
    return making.published(make.ambassador("Wilma Writer"), body=BODY, **fields)


def printed(edition) -> EditionPrint:
    workflow.print_waiting()
    return EditionPrint.objects.get(edition=edition)


def address(edition) -> str:
    return reverse("products:edition-print", args=[edition.product.slug, edition.number])


def fetched(client, edition) -> pikepdf.Pdf:
    response = client.get(address(edition))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(b"".join(response.streaming_content)))


def structure(node, found=None) -> list[str]:
    """The kinds of elements of the tree that a screen reader walks, in its order."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append(str(node.S))
    children = node.get("/K") if isinstance(node, pikepdf.Dictionary) else node
    for child in (
        children if isinstance(children, pikepdf.Array) else [children] if isinstance(children, pikepdf.Dictionary) else []
    ):
        if isinstance(child, pikepdf.Dictionary | pikepdf.Array):
            structure(child, found)
    return found


def fonts(pdf: pikepdf.Pdf):
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            yield one


def test_a_published_edition_is_a_pdf_that_a_screen_reader_can_walk(client):
    edition = published()
    printed(edition)
    pdf = fetched(client, edition)

    assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang), str(pdf.docinfo.Title)) == (True, "en", edition.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in bytes(pdf.Root.Metadata.read_bytes())
    kinds = structure(pdf.Root.StructTreeRoot)
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/BlockQuote", "/Link", "/Note"} - set(kinds) == set()
    described = list(fonts(pdf))
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)
    links = {
        str(annotation.A.URI)
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation and "/URI" in annotation.A
    }
    assert {"https://example.org/"} <= links
    assert any(link.endswith("/ambassadors/") and link.startswith("http") for link in links)


def test_what_is_not_out_has_no_print_and_what_is_withdrawn_none_any_more(client):
    edition = published()
    printed(edition)
    upload = EditionPrint.objects.get().upload
    assert client.get(upload.get_absolute_url()).status_code == 404  # its file leaves by its own address alone
    road.retire(edition, by=making.editor(), because="A name was in it.", is_withdrawn=True)

    assert client.get(address(edition)).status_code == 404
    assert client.get(upload.get_absolute_url()).status_code == 404


def test_a_resource_has_no_text_and_so_no_print(client):
    edition = making.published(make.ambassador("Wilma Writer"), kind="resource")

    assert client.get(edition.get_absolute_url()).status_code == 200
    assert client.get(address(edition)).status_code == 404


def test_whoever_takes_their_name_back_is_in_no_print_from_that_moment(client):
    edition = published()
    printed(edition)
    assert str(fetched(client, edition).docinfo.Author) == "Wilma Writer"
    credit = Credit.objects.get(product=edition.product)
    credit.withdrawn_at = timezone.now()
    credit.save()

    waits = client.get(address(edition))
    assert (waits.status_code, waits.headers["Retry-After"]) == (202, "60")
    printed(edition)
    pdf = fetched(client, edition)
    assert "/Author" not in pdf.docinfo or str(pdf.docinfo.Author) == ""


def test_whoever_is_erased_is_in_no_print_although_no_signal_tells_of_it(client):
    edition = published()
    made = printed(edition)
    Credit.objects.filter(product=edition.product).update(person=None, name="", agreed_at=None, agreed_to="")

    assert client.get(address(edition)).status_code == 202
    assert client.get(made.upload.get_absolute_url()).status_code == 404
    printed(edition)
    assert "Wilma Writer" not in str(fetched(client, edition).docinfo)


def test_a_print_that_was_wanted_anew_while_it_was_made_is_thrown_away():
    edition = published()
    claimed = EditionPrint.objects.get()
    setting = set_in_print(document_of(edition))
    workflow.want_print(edition)

    written = upload_write(CheckedFile(setting.pdf, "x.pdf", "application/pdf"), owner=None)
    assert workflow._keep(claimed, written, setting, "") is False
    assert EditionPrint.objects.get().is_current is False


def test_one_of_two_workers_makes_it():
    edition = published()
    pk = EditionPrint.objects.get(edition=edition).pk
    EditionPrint.objects.filter(pk=pk).update(claimed_until=timezone.now() + workflow.LEASE)

    assert workflow.make_print(pk) is False
    EditionPrint.objects.filter(pk=pk).update(claimed_until=timezone.now())
    assert workflow.make_print(pk) is True
    assert workflow.make_print(pk) is False


CODE = '#panic("no") #sys.inputs $x^2$ @ref <label> *b* _i_ `raw` \\ \\u{41} // c /* d */ [e] {f} ~ -- --- " \' = g + h / i'


def test_text_is_never_read_as_the_typesetters_code():
    author = make.ambassador("Wilma *Writer* #panic()")
    edition = making.draft(author, title=CODE, body=f"<p>{CODE.replace('<', '&lt;')}</p>")
    drafting.save_edition(edition, by=author, revision=edition.revision, subtitle=CODE, summary=CODE, licence="CC BY 4.0")
    edition.refresh_from_db()
    setting = set_in_print(document_of(edition))

    assert setting.is_complete
    assert str(pikepdf.open(io.BytesIO(setting.pdf)).docinfo.Title) == CODE


def test_letters_that_no_font_has_are_told_and_the_print_is_made_all_the_same():
    edition = published(title="学び続ける組織 \U00012345")

    assert printed(edition).is_complete is False
    assert EditionPrint.objects.get().is_current


def test_a_document_that_can_not_be_set_fails_with_the_typesetters_words():
    with pytest.raises(NotSet, match="accent"):
        set_in_print({"title": "No accent"})


def test_notes_of_all_parts_run_on_and_stand_where_they_are_first_referred_to():
    author = make.ambassador("Wilma Writer")
    edition = making.draft(author, kind="white-paper")
    parts = [{"slug": slug, "title": slug.title(), "body": BODY} for slug in ("first", "second")]
    edition = drafting.save_edition(edition, by=author, revision=edition.revision, parts=parts)
    document = document_of(edition)

    assert list(document["notes"]) == ["1", "2"]
    assert document["loose"] == []
    marks = [node for part in document["parts"] for node in nodes(part) if node.get("is") == "note"]
    assert [(mark["number"], mark["first"]) for mark in marks] == [("1", True), ("1", False), ("2", True), ("2", False)]


def nodes(within):
    if isinstance(within, dict):
        yield within
        within = list(within.values())
    if isinstance(within, list):
        for one in within:
            yield from nodes(one)
