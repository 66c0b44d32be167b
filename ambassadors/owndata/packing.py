"""Packing an archive: one section after the other, row by row onto the disk, so that it may be larger than memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from ambassadors.models import Archive
from ambassadors.querysets_own_data import LEASE
from foundation.models import Community
from foundation.models.upload import private_storage
from foundation.privacy_export import Record, Section, in_order

if TYPE_CHECKING:
    from ambassadors.models import User

Progress = Callable[[int, str], None]


class ClaimLost(Exception):
    """The archive is another worker's by now, or its person has been erased."""


@dataclass(frozen=True)
class Packed:
    """A packed archive: its name in the private storage, and its size."""

    name: str
    size: int


@dataclass(frozen=True)
class Chapter:
    """One section as it stands in the archive."""

    label: str
    text: str
    path: str
    rows: int
    files: tuple[str, ...]


def pack(archive: Archive) -> Packed:
    """Pack everything about the archive's person into a ZIP in the private storage; raises ClaimLost when it is no longer ours to do."""
    with tempfile.TemporaryFile() as file:
        write(file, archive.person, lambda done, label: _hold_on(archive, done, label))
        size = file.tell()
        file.seek(0)
        name = archive.file.field.generate_filename(archive, archive.filename)
        return Packed(private_storage().save(name, File(file)), size)


def _hold_on(archive: Archive, done: int, label: str) -> None:
    """Say how far it has come, and ask for more time."""
    held = Archive.objects.held_by(archive)
    if not held.update(done=done, section=label[:120], lease_until=timezone.now() + LEASE):
        raise ClaimLost


def write(file: IO[bytes], person: User, progress: Progress) -> None:
    """Write the ZIP: who you are first, then what you did and said."""
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        chapters = []
        for number, (_name, section) in enumerate(reversed(in_order()), start=1):
            progress(number - 1, str(section.label))
            chapters.append(_write_section(zipped, number, section, person))
        context = {"person": person, "chapters": chapters, "made_at": timezone.now(), "community": Community.current()}
        zipped.writestr("README.txt", render_to_string("owndata/archive_readme.txt", context))
        zipped.writestr("index.html", render_to_string("owndata/archive_index.html", context))
    file.seek(0, 2)


def _write_section(zipped: ZipFile, number: int, section: Section, person: User) -> Chapter:
    label = str(section.label)
    stem = f"{number:02d}-{slugify(label)[:60]}"
    rows = _write_rows(zipped, f"{stem}.json", section.export(person))
    files = tuple(_write_files(zipped, stem, section, person))
    return Chapter(label, str(section.text), f"{stem}.json", rows, files)


def _write_rows(zipped: ZipFile, path: str, rows: Iterable[Record]) -> int:
    """Write a list of rows as JSON, one at a time; return how many there were."""
    count = 0
    with zipped.open(path, "w") as entry:
        for count, row in enumerate(rows, start=1):
            text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            entry.write(f"{'[' if count == 1 else ','}\n{text}".encode())
        entry.write(b"\n]\n" if count else b"[]\n")
    return count


def _write_files(zipped: ZipFile, stem: str, section: Section, person: User) -> Iterable[str]:
    for archived in section.files(person):
        path = f"{stem}/{PurePosixPath(archived.name).name}"  # a name says nothing about folders
        with archived.open() as source, zipped.open(path, "w", force_zip64=True) as entry:
            shutil.copyfileobj(source, entry, 256 * 1024)
        yield path
