"""Who made a file, taken out of it: what programs write beside the content, in PDF, Office and OpenDocument files.

`without_maker` returns the same document without its properties, without the names under comments and tracked changes, and without the
paths of somebody's disk. What stands in the text itself is the text, and stays: `mentions` says whether a name does, as far as it can be read.
Pictures have been made anew from their pixels before they were kept (foundation/uploads.py).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from foundation.pdfs import opened
from foundation.secret_names import held_in

PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MOST_ENTRIES = 10_000
MOST_UNPACKED = 200 * 1024 * 1024  # a packed file may pretend to be small
MOST_XML = 60 * 1024 * 1024

SAYS_NOTHING = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMPTY_OF = {
    "docProps/core.xml": SAYS_NOTHING
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": SAYS_NOTHING
    + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": SAYS_NOTHING
    + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": SAYS_NOTHING
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}
# The picture of a first page that programs keep beside a document: of one grey point.
POINT = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100ffc40014000100000000000000"
    "00000000000000000009ffc40014100100000000000000000000000000000000ffda0008010100003f0054ffd9"
)
TAG = re.compile(rb"<[^<>]+>")
NAMING = re.compile(
    rb"(?P<space>\s)(?P<name>(?:[\w.-]+:)?(?:author|initials|lastModifiedBy|userId|userName|providerId))"
    rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
)
LISTS_OF_PEOPLE = ("commentAuthors.xml", "/authors.xml", "/persons/person.xml")
NAMED_IN_LISTS = re.compile(rb"""(?P<space>\s)(?P<name>name|displayName)\s*=\s*(?:"[^"]*"|'[^']*')""")
SAID_IN = re.compile(
    rb"<(?P<tag>author|dc:creator|meta:creator-initials|meta:initial-creator|text:author-name|text:author-initials|text:initial-creator"
    rb"|text:sender-[a-z-]+)(?P<rest>(?:\s[^<>]*)?)>[^<]*</(?P=tag)>"
)
PATHS = re.compile(rb"""(?P<name>(?:Target|url|xlink:href))\s*=\s*(?P<quote>["'])(?:file:|[A-Za-z]:\\|\\\\)[^"']*(?P=quote)""")
SIGNED = ("/Name", "/ContactInfo", "/Location", "/Reason", "/Contents", "/Cert")


class NotCleaned(Exception):
    """Who made it cannot be taken out: it is locked, broken, or not what it says it is."""


def without_maker(content: bytes, content_type: str) -> bytes:
    """Return the file without what says who made it. Raises NotCleaned; a type that holds no such thing comes back as it is."""
    if content_type == PDF:
        return _pdf(content)
    if content_type.startswith((OFFICE, OPEN_DOCUMENT)):
        return _packed(content)
    return content


def mentions(content: bytes, content_type: str, names: Iterable[str]) -> list[str]:
    """Return which of `names` stand in the content, as far as it can be read: of a PDF what is not drawn in letters of its own."""
    if content_type == PDF:
        text = b"\n".join(_streams(content)).decode("latin-1")
    elif content_type.startswith((OFFICE, OPEN_DOCUMENT)):
        text = "\n".join(_words(content))
    else:
        text = content.decode("utf-8", "replace")
    return held_in(text, names)


def _pdf(content: bytes) -> bytes:
    """Whatever no page needs is not written again: earlier savings that a PDF carries along go with it."""
    kept = io.BytesIO()
    try:
        with opened(content) as pdf:
            _forget_properties(pdf)
            for found in pdf.objects:
                if isinstance(found, Dictionary | pikepdf.Stream):
                    _forget_maker(found)
            for page in pdf.pages:
                _forget_commenters(page)
            pdf.remove_unreferenced_resources()
            pdf.save(kept, deterministic_id=True)
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise NotCleaned from broken
    return kept.getvalue()


def _forget_properties(pdf: Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for name in list(pdf.attachments):
        del pdf.attachments[name]


def _forget_maker(found: Dictionary | pikepdf.Stream) -> None:
    """Properties can hang on any object: on the document, on a page, on a picture."""
    for name in ("/Metadata", "/PieceInfo"):
        if name in found:
            del found[name]
    if found.get("/Type") == Name.Sig:
        for name in SIGNED:
            if name in found:
                del found[name]


def _forget_commenters(page: pikepdf.Page) -> None:
    """The title of a comment is its writer's name; that of a field of a form is the field's."""
    for note in page.obj.get("/Annots", []):
        if note.get("/Subtype") != Name.Widget and "/T" in note:
            del note["/T"]


def _streams(content: bytes) -> Iterator[bytes]:
    try:
        with opened(content) as pdf:
            for page in pdf.pages:
                page.contents_coalesce()
                yield page.Contents.read_bytes()
    except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError):
        return


def _packed(content: bytes) -> bytes:
    kept = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in _entries(old):
                copy = zipfile.ZipInfo(entry.filename)  # without its date, and what else stands beside its name
                copy.compress_type = entry.compress_type
                new.writestr(copy, _cleaned(entry, old.read(entry)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise NotCleaned from broken
    return kept.getvalue()


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What is in it, once it is known that it can be unpacked."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotCleaned("too much to unpack")
    return entries


def _cleaned(entry: zipfile.ZipInfo, content: bytes) -> bytes:
    name = entry.filename
    if name in EMPTY_OF:
        return EMPTY_OF[name]
    if name.startswith(("docProps/thumbnail", "Thumbnails/")):
        return POINT
    if not name.endswith((".xml", ".rels")):
        return content
    if len(content) > MOST_XML or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotCleaned("its text cannot be read")
    return _nameless(name, content)


def _nameless(name: str, content: bytes) -> bytes:
    content = SAID_IN.sub(lambda found: b"<" + found["tag"] + found["rest"] + b"></" + found["tag"] + b">", content)
    patterns = [NAMING, NAMED_IN_LISTS] if name.endswith(LISTS_OF_PEOPLE) else [NAMING]
    return TAG.sub(lambda tag: _without(patterns, tag[0]), content)


def _without(patterns: list[re.Pattern[bytes]], tag: bytes) -> bytes:
    for pattern in patterns:
        tag = pattern.sub(lambda found: found["space"] + found["name"] + b'=""', tag)
    return PATHS.sub(lambda found: found["name"] + b"=" + found["quote"] + b"about:blank" + found["quote"], tag)


def _words(content: bytes) -> Iterator[str]:
    """The text of each part of a packed document: a name may stand in several pieces."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in _entries(archive):
                if entry.filename.endswith(".xml") and entry.file_size <= MOST_XML:
                    yield re.sub(r"<[^>]*>", "", archive.read(entry).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, NotCleaned):
        return
