"""What people may send us: looked into before it is kept, made anew where it is a picture, refused with a sentence otherwise.

The name and the type that a browser claims are not believed. `checked(file)` refuses or returns what may be kept; `upload_keep` keeps it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import DatabaseError, models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from foundation.models import Upload
from foundation.pdfs import refuse_active

if TYPE_CHECKING:
    from ambassadors.models import User

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000  # asked of the header, before anything is unpacked
LONGEST_EDGE = 2400
PICTURES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp"), "GIF": ("image/png", "png")}
OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
OPEN_DOCUMENT = {f"application/vnd.oasis.opendocument.{kind}": f"od{kind[0]}" for kind in ("text", "spreadsheet", "presentation")}
PLAIN = {"txt", "csv", "md"}
NOT_OURS = _(
    "We cannot take this kind of file. Send a picture (JPEG, PNG, WebP, GIF), a PDF, an Office or OpenDocument file, or plain text."
)

_written: ContextVar[list[Upload] | None] = ContextVar("files written within `only_kept_files`", default=None)


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its content as it will be kept, and what it is."""

    content: bytes
    name: str
    content_type: str
    width: int | None = None
    height: int | None = None


def checked(file: UploadedFile, *, pictures_only: bool = False, longest_edge: int = LONGEST_EDGE) -> CheckedFile:
    """Return what may be kept of `file`; raises ValidationError with a sentence for the one who sent it."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("This file is too large: at most %(most)s, please.") % {"most": filesizeformat(MOST_BYTES)})
    content = file.read(MOST_BYTES + 1)
    stem = _tidy(file.name or "")
    picture = _picture(content, stem, longest_edge)
    if picture is not None:
        return picture
    if pictures_only:
        raise ValidationError(_("This is not a picture we can read. Send a JPEG, PNG, WebP or GIF file."))
    content_type, extension = _document(content, file.name or "")
    return CheckedFile(content, f"{stem}.{extension}", content_type)


def upload_keep(
    file: CheckedFile,
    *,
    owner: User | None,
    holder: models.Model | None = None,
    audience: str = Upload.HOLDER,
    alt: str = "",
) -> Upload:
    """Keep a checked file. The file is written first: a row never speaks of one that is not there."""
    upload = upload_write(file, owner=owner, audience=audience, alt=alt)
    if holder is not None:
        upload.holder = holder
    upload.save(force_insert=True)
    return upload


def upload_write(file: CheckedFile, *, owner: User | None, audience: str = Upload.HOLDER, alt: str = "") -> Upload:
    """Write a checked file, and return its row unsaved: for work which must not wait for a disk once its transaction has begun.

    Then call `upload_attach` in the transaction, or `upload_drop`; a file that nobody came back for is deleted after a day.
    """
    upload = Upload(owner=owner, audience=audience, name=file.name, alt=alt, content_type=file.content_type)
    upload.width, upload.height, upload.size = file.width, file.height, len(file.content)
    upload.sha256 = hashlib.sha256(file.content).hexdigest()
    upload.file.save(file.name, ContentFile(file.content), save=False)
    if (written := _written.get()) is not None:
        written.append(upload)
    return upload


def upload_attach(uploads: Sequence[Upload], holder: models.Model) -> None:
    """Give written files to what they belong to."""
    for upload in uploads:
        upload.holder = holder
    if uploads:
        Upload.objects.bulk_create(uploads)


def upload_drop(upload: Upload) -> None:
    """Forget a written file that has no row."""
    upload.file.storage.delete(str(upload.file.name))


@contextmanager
def only_kept_files() -> Iterator[list[Upload]]:
    """Around a transaction: once it has ended, the files that were written in it and have no row are deleted.

    Yields the list of what is written, as it grows. Where the database does not answer any more, they are deleted after a day like all such.
    """
    written: list[Upload] = []
    outer = _written.get()
    token = _written.set(written)
    try:
        yield written
    finally:
        _written.reset(token)
        if written:
            _drop_those_without_row(written, outer)


def _drop_those_without_row(written: Sequence[Upload], outer: list[Upload] | None) -> None:
    """Delete files without a row. What has one is still the concern of the transaction around this one, if there is any."""
    try:
        kept = _with_row(written)
    except DatabaseError:
        return
    for upload in written:
        if upload.pk not in kept:
            upload_drop(upload)
        elif outer is not None:
            outer.append(upload)


def uploads_are_kept(written: Sequence[Upload]) -> bool:
    """Whether any of some written files has got its row."""
    return bool(written) and bool(_with_row(written))


def _with_row(written: Sequence[Upload]) -> set[UUID]:
    return set(Upload.objects.filter(pk__in=[upload.pk for upload in written]).values_list("pk", flat=True))


def upload_delete(upload: Upload) -> None:
    """Forget a file: its row now, its content once that is committed."""
    storage, name = upload.file.storage, str(upload.file.name)
    upload.delete()
    transaction.on_commit(partial(storage.delete, name), robust=True)


class BoundedTemporaryFile(TemporaryFileUploadHandler):
    """Where a large file lies while it is sent: no more of it is written than tells that it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)


class CheckedFileField(forms.FileField):
    """A form field whose cleaned value is a `CheckedFile`."""

    pictures_only = False

    def __init__(self, *, longest_edge: int = LONGEST_EDGE, **options: Any) -> None:
        self.longest_edge = longest_edge
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        return checked(file, pictures_only=self.pictures_only, longest_edge=self.longest_edge)


class CheckedImageField(CheckedFileField):
    """The same for pictures alone. Say with `longest_edge` how large it is ever shown."""

    pictures_only = True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,image/webp,image/gif"}


def _tidy(name: str) -> str:
    """Return what of a file's name may stand in an address: letters, figures and dashes of its stem."""
    stem = PurePosixPath(name.replace("\\", "/").replace("\0", "")).stem
    return re.sub(r"[^\w]+", "-", stem).strip("-_")[:80] or "file"


def _picture(content: bytes, stem: str, longest_edge: int) -> CheckedFile | None:
    """Return the picture made anew from its pixels alone, so that nothing else that was in the file is kept; None when it is none."""
    try:
        # A bomb is told by its header: nothing is unpacked before the size is known.
        with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels()
            return _made_anew(image, stem, longest_edge)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except (OSError, SyntaxError, ValueError, EOFError):
        return None  # Pillow's ways to say that it is broken, or no picture at all


def _made_anew(image: Image.Image, stem: str, longest_edge: int) -> CheckedFile:
    kind = image.format or "PNG"
    image.draft("RGB", (longest_edge, longest_edge))  # a JPEG is unpacked no larger than it is kept
    mode = "RGBA" if image.has_transparency_data and kind != "JPEG" else "RGB"
    pixels = image if image.mode == mode else image.convert(mode)
    pixels.thumbnail((longest_edge, longest_edge))  # first of all: a large picture is in memory once
    pixels = ImageOps.exif_transpose(pixels)
    pixels.info = {}  # comments and profiles would be written again
    content_type, extension = PICTURES[kind]
    kept = io.BytesIO()
    # Trying every way to pack a PNG takes four times as long, for a file that is hardly smaller.
    pixels.save(kept, "PNG" if kind == "GIF" else kind, optimize=kind == "JPEG", quality=86)
    return CheckedFile(kept.getvalue(), f"{stem}.{extension}", content_type, *pixels.size)


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels: at most %(most)s million, please.") % {"most": MOST_PIXELS // 1_000_000}
    )


def _document(content: bytes, name: str) -> tuple[str, str]:
    """Return type and extension of a document, by its content; raises ValidationError for whatever is not on the short list."""
    if content.startswith(b"%PDF-"):
        refuse_active(content)
        return "application/pdf", "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    extension = name.rpartition(".")[2].lower()
    if extension in PLAIN and _is_text(content):
        return "text/plain; charset=utf-8", extension
    raise ValidationError(NOT_OURS)


def _archive(content: bytes) -> tuple[str, str]:
    """Tell Office and OpenDocument files by their table of contents. Nothing is unpacked but OpenDocument's first, stored entry."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()[:10_000]
            names = {entry.filename for entry in entries}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ValidationError(_("This file holds macros. Save it without them, and send it again."))
            first = entries[0] if entries else None
            if first and first.filename == "mimetype" and first.file_size < 100:
                kind = archive.read(first).decode("ascii", "replace")
                if kind in OPEN_DOCUMENT:
                    return kind, OPEN_DOCUMENT[kind]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, IndexError) as error:
        raise ValidationError(NOT_OURS) from error
    told = next((OFFICE[name] for name in OFFICE if name in names and "[Content_Types].xml" in names), None)
    if told is None:
        raise ValidationError(NOT_OURS)
    return told


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
