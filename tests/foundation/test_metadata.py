"""Who made a file goes out of it, and the file stays what it is."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from foundation import metadata
from foundation.metadata import NotCleaned, mentions, without_maker

NAME = "Quilla Ferrymaster"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"


def a_pdf() -> bytes:
    """A page with words, and the name wherever programs put it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf (What the winter taught us) Tj ET")
    page.PieceInfo = pikepdf.Dictionary(Draw=pikepdf.String(NAME))
    page.Metadata = pdf.make_stream(f"<x>{NAME}</x>".encode())
    comment = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=NAME, Contents="Shorter?", Rect=[0, 0, 9, 9])
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="reason", Rect=[0, 0, 9, 9]
    )
    page.Annots = pikepdf.Array([pdf.make_indirect(comment), pdf.make_indirect(field)])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([page.Annots[1]]))
    with pdf.open_metadata() as told:
        told["dc:creator"] = [NAME]
    pdf.docinfo["/Author"] = NAME
    pdf.docinfo["/Title"] = f"{NAME}_draft_3.docx"
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, NAME.encode(), filename=f"{NAME}.txt")
    pdf.Root.Sig = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=NAME, Reason=NAME))
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


def packed(parts: dict[str, str], first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def everything_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def raw_of(content: bytes) -> str:
    """A PDF with nothing packed: all that is in it can be looked through."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        mode = pikepdf.ObjectStreamMode.disable
        pdf.save(out, object_stream_mode=mode, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return out.getvalue().decode("latin-1")


def test_a_pdf_loses_its_maker_wherever_a_program_put_the_name_and_keeps_its_words():
    before = a_pdf()
    assert raw_of(before).count(NAME) >= 7

    after = raw_of(without_maker(before, metadata.PDF))
    assert NAME not in after
    assert "What the winter taught us" in after
    assert "Shorter?" in after
    assert "reason" in after


PARTS = {
    WORD: {
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": f"<x><dc:creator>{NAME}</dc:creator></x>",
        "docProps/app.xml": f"<Properties><Manager>{NAME}</Manager></Properties>",
        "docProps/custom.xml": f"<Properties><property>{NAME}</property></Properties>",
        "docProps/thumbnail.jpeg": NAME,
        "word/document.xml": f'<w:p><w:ins w:id="4" w:author="{NAME}" w:date="2026"><w:t>What the winter taught us</w:t></w:ins></w:p>',
        "word/comments.xml": f"""<w:comment w:author = '{NAME}' w:initials="{NAME}"><w:t>Shorter?</w:t></w:comment>""",
        "word/people.xml": f'<w15:person w15:author="{NAME}"><w15:presenceInfo w15:providerId="AD" w15:userId="{NAME}"/></w15:person>',
        "word/_rels/settings.xml.rels": f'<Relationship Id="rId1" Target="file:///C:/Users/{NAME}/own.dotx"/>',
    },
    SHEET: {
        "xl/workbook.xml": f'<workbook><fileSharing userName="{NAME}"/><x15ac:absPath url="C:\\Users\\{NAME}\\"/></workbook>',
        "xl/comments1.xml": f"<authors><author>{NAME}</author></authors>",
        "xl/persons/person.xml": f'<person displayName="{NAME}" id="{{1}}" userId="{NAME}"/>',
        "xl/tables/table1.xml": '<table displayName="Clubs" name="Clubs">What the winter taught us</table>',
    },
    SLIDES: {
        "ppt/commentAuthors.xml": f'<p:cmAuthor id="1" name="{NAME}" initials="{NAME}"/>',
        "ppt/slides/slide1.xml": '<p:cNvPr id="2" name="Title 1"/><a:t>What the winter taught us</a:t>',
    },
    ODT: {
        "content.xml": f"<text:p>What the winter taught us<office:annotation><dc:creator>{NAME}</dc:creator></office:annotation>"
        f'<text:author-name text:fixed="false">{NAME}</text:author-name></text:p>',
        "meta.xml": f"<meta:initial-creator>{NAME}</meta:initial-creator>",
        "Thumbnails/thumbnail.png": NAME,
    },
}


@pytest.mark.parametrize("content_type", PARTS)
def test_an_office_file_loses_its_maker_and_keeps_its_words(content_type):
    before = packed(PARTS[content_type], first=content_type if content_type == ODT else "")
    assert NAME in everything_in(before)

    after = without_maker(before, content_type)
    told = everything_in(after)
    assert NAME not in told
    assert "What the winter taught us" in told
    assert zipfile.ZipFile(io.BytesIO(after)).namelist() == zipfile.ZipFile(io.BytesIO(before)).namelist()


def test_what_is_no_property_keeps_its_name():
    sheet = everything_in(without_maker(packed(PARTS[SHEET]), SHEET))
    slides = everything_in(without_maker(packed(PARTS[SLIDES]), SLIDES))
    assert ('<table displayName="Clubs" name="Clubs">' in sheet, 'name="Title 1"' in slides) == (True, True)


def test_a_text_that_speaks_of_an_author_stays_as_it_is():
    words = packed({"word/document.xml": '<w:t>Write author="you" here</w:t>'})
    assert 'Write author="you" here' in everything_in(without_maker(words, WORD))


@pytest.mark.parametrize(("content", "content_type"), [(b"%PDF-1.7 no more %%EOF", metadata.PDF), (b"PK\x03\x04 torn", WORD)])
def test_a_file_that_cannot_be_read_is_not_handed_on_with_a_name_in_it(content, content_type):
    with pytest.raises(NotCleaned):
        without_maker(content, content_type)


def test_a_text_of_two_byte_letters_is_not_handed_on_unread():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/comments.xml", f'<w:comment w:author="{NAME}"/>'.encode("utf-16"))
    with pytest.raises(NotCleaned):
        without_maker(out.getvalue(), WORD)


def test_a_file_that_unpacks_to_more_than_it_should_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(metadata, "MOST_UNPACKED", 10)
    with pytest.raises(NotCleaned):
        without_maker(packed(PARTS[WORD]), WORD)


def test_names_in_the_words_themselves_are_told():
    split = packed({"word/document.xml": "<w:r><w:t>By Quilla </w:t></w:r><w:r><w:t>Ferrymaster, in winter</w:t></w:r>"})
    assert mentions(split, WORD, [NAME]) == [NAME]
    assert mentions(b"By Quilla  Ferrymaster", "text/plain; charset=utf-8", [NAME]) == [NAME]
    assert mentions(packed(PARTS[SLIDES]), SLIDES, [NAME]) == []
