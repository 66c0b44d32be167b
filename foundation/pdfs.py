"""PDF files that people send: a document may be kept, a program may not.

A PDF can carry scripts, start programs, and bring other files along. `refuse_active` looks at every object of one, also at those that no page
shows, and refuses it with a sentence that says how to send it without. It changes nothing: a signed document stays signed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Pdf, Stream

MOST_OBJECTS = 300_000  # a tagged book of a thousand pages has fewer
MOST_UNPACKED = 32 * 1024 * 1024  # of one stream: a small file may pretend to hold gigabytes
SCRIPTS = ("/JS", "/OnInstantiate")
STARTS = (Name.Launch, Name("/ImportData"))
# Names as qpdf writes them, however they were spelt.
SUSPECT = re.compile(rb"/(?:JavaScript|JS|OnInstantiate|Launch|ImportData|XFA|EF)\b")
HARMLESS = {"txt", "csv", "md", "tex", "bib", "json", "xml", "mml", "png", "jpg", "jpeg", "gif", "webp"}
NOT_HARMLESS = (b"MZ", b"\x7fELF", b"#!", b"PK", b"%PDF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")

# qpdf knows no other way than to set them for the whole process, once.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
)


def opened(content: bytes) -> Pdf:
    """A PDF to be looked into, within the limits of this module. Raises what pikepdf raises."""
    return pikepdf.open(io.BytesIO(content))


def refuse_active(content: bytes) -> None:
    """Raise ValidationError, with a sentence for whoever sent it, unless the PDF is a document and nothing but a document."""
    try:
        with opened(content) as pdf:
            len(pdf.pages)  # raises where there is no table of pages: what is mended may be nothing
            for found in _suspects(pdf):
                _refuse(found)
    except pikepdf.PasswordError as locked:
        raise ValidationError(
            _("This PDF asks for a password, so nobody here could look into it. Save it without one, and send it again.")
        ) from locked
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise ValidationError(
            _("This PDF is damaged, or not a whole one. Open it, save it as a new PDF (“Print to PDF” does), and send that.")
        ) from broken


def _suspects(pdf: Pdf) -> Iterator[Any]:
    """The dictionaries of a file that could do something. Each object is searched as text first: a large file has many, and few of them."""
    if int(pdf.trailer.get("/Size", 0)) > MOST_OBJECTS:
        raise ValidationError(_("This PDF has too many pieces for us to look into. Save it as a new, plainer one, and send that."))
    for found in chain([pdf.trailer], pdf.objects):
        told: Any = found.stream_dict if isinstance(found, Stream) else found
        if isinstance(told, Dictionary | Array) and SUSPECT.search(told.unparse(resolved=True)):
            yield from _dictionaries(told)


def _dictionaries(found: Any) -> Iterator[Any]:
    """An object's dictionaries, the ones within others as well; what it only refers to comes by itself."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary):
            yield one
        within = one.values() if isinstance(one, Dictionary) else one
        waiting.extend(value for value in within if isinstance(value, Dictionary | Array) and not value.is_indirect)


def _refuse(found: Any) -> None:
    """Refuse what a dictionary asks a reader's program to do."""
    does = found.get("/S")
    if does == Name.JavaScript or any(name in found for name in SCRIPTS):
        raise ValidationError(
            _("This PDF carries a script. Save it as a new PDF (“Print to PDF” leaves scripts out), and send that one.")
        )
    if does in STARTS:
        raise ValidationError(
            _("This PDF opens another program or file. Save it as a new PDF (“Print to PDF” leaves that out), and send that one.")
        )
    if "/XFA" in found:
        raise ValidationError(
            _("This PDF is a form that can run scripts, and that few programs can show. Print it to a new PDF, and send that one.")
        )
    if "/EF" in found and not _is_harmless(found):
        raise ValidationError(
            _("Another file lies within this PDF. Save the PDF without attachments, and send that file beside it.")
        )


def _is_harmless(carried: Any) -> bool:
    """Whether a file that lies within a PDF is plain text or a picture, by its name and by how it begins."""
    name = str(carried.get("/UF", carried.get("/F", "")))
    files = [file for file in carried.EF.values() if isinstance(file, Stream)]
    return name.rpartition(".")[2].lower() in HARMLESS and not any(file.read_bytes().startswith(NOT_HARMLESS) for file in files)
