"""Files as people send them, good and bad."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import AttachedFileSpec, Pdf
from PIL import Image


def sent(content: bytes, name: str, claimed: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, claimed)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#0f6b62").save(file, kind, **options)
    return file.getvalue()


def picture_with_a_place() -> bytes:
    """A JPEG which says where it was taken, lies on its side, and carries a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "at Mara's kitchen"
    exif.get_ifd(0x8825)[2] = (47.0, 22.0, 33.0)
    return picture(exif=exif, comment=b"GPS 47.37 8.54", icc_profile=b"a profile that names Mara")


def bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes which claims a huge size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def archive(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in entries.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return file.getvalue()


def pdf(change: Callable[[Pdf], object] = lambda made: None, **how) -> bytes:
    """A PDF of one page, with what `change` does to it."""
    file, made = io.BytesIO(), Pdf.new()
    made.add_blank_page()
    change(made)
    made.save(file, static_id=True, **how)
    return file.getvalue()


def carrying(name: str, content: bytes) -> bytes:
    """A PDF with another file within."""
    return pdf(lambda made: made.attachments.__setitem__(name, AttachedFileSpec(made, content, filename=name)))


def packed_pdf(size: int) -> bytes:
    """A PDF whose objects are packed, as most are; unpacked they are followed by `size` blanks."""
    inner = [b"<< /Type /Catalog /Pages 3 0 R >>", b"<< /Type /Pages /Kids [ 4 0 R ] /Count 1 >>"]
    inner += [b"<< /Type /Page /Parent 3 0 R /MediaBox [ 0 0 9 9 ] >>"]
    starts = [0, len(inner[0]), len(inner[0] + inner[1])]
    head = b" ".join(b"%d %d" % (number, start) for number, start in enumerate(starts, start=2)) + b" "
    packed = zlib.compress(head + b"".join(inner) + b" " * size)
    stream = b"1 0 obj\n<< /Type /ObjStm /N 3 /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    body = b"%PDF-1.5\n" + stream % (len(head), len(packed), packed)
    rows = [(0, 0, 255), (1, 9, 0), (2, 1, 0), (2, 1, 1), (2, 1, 2), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    listed = b"5 0 obj\n<< /Type /XRef /W [ 1 4 1 ] /Root 2 0 R /Size 6 /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    return body + listed % (len(table), table) + b"startxref\n%d\n%%%%EOF\n" % len(body)


PDF = pdf()
DOCX = archive(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "<w/>"})
DOCM = archive(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "<w/>", "word__vbaProject_bin": "x"})
ODT = archive(mimetype="application/vnd.oasis.opendocument.text")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
