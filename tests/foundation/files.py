"""Files as people send them, good and bad."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
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


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DOCX = archive(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "<w/>"})
DOCM = archive(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "<w/>", "word__vbaProject_bin": "x"})
ODT = archive(mimetype="application/vnd.oasis.opendocument.text")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
