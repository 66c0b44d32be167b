"""Reading what comes back: the lines of a CSV or XLSX file by the names of its columns. What is wrong is told line by line, all at once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from practice.files.cells import plain

MOST_BYTES = 3_000_000
MOST_UNPACKED = 60_000_000
MOST_LINES = 60_000
MOST_COLUMNS = 40
MOST_TOLD = 30
WANTED = ("key", "answer")


@dataclass(frozen=True)
class Line:
    """One row: its number in the file, and its cells by the names of their columns."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_lines(file: IO[bytes]) -> list[Line]:
    """Return the rows of a file that has the columns `key` and `answer`; raises ValidationError with a sentence."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is longer than %(mb)s MB.") % {"mb": MOST_BYTES // 1_000_000})
    rows = _sheet(content) if content.startswith(b"PK") else _text(content)
    _number, head = next(rows, (0, []))
    names = [name.strip().casefold() for name in head[:MOST_COLUMNS]]
    if missing := [name for name in WANTED if name not in names]:
        raise ValidationError(
            _("The first line names the columns; “%(name)s” is missing. Begin with a worksheet from here, please.")
            % {"name": missing[0]}
        )
    lines = [Line(number, dict(zip(names, (plain(cell).strip() for cell in row), strict=False))) for number, row in rows]
    return [line for line in lines if any(line.cells.values())]


def refuse(problems: list[str]) -> None:
    """Raise ValidationError when there are any, the first of them in words."""
    if problems:
        more = len(problems) - MOST_TOLD
        rest = [_("And %(more)s further lines.") % {"more": more}] if more > 0 else []
        raise ValidationError(problems[:MOST_TOLD] + rest)


def _text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        raise ValidationError(_("This is no text in UTF-8: save it as “CSV UTF-8” or as XLSX, please.")) from error
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    before = 0
    try:
        for row in reader:
            yield before + 1, row
            before = reader.line_num
            _refuse_long(before)
    except csv.Error as error:
        raise ValidationError(_("Line %(number)s cannot be read.") % {"number": before + 1}) from error


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the sheet `answers` or `worksheet`, or of the first one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            if sum(entry.file_size for entry in zipped.infolist()) > MOST_UNPACKED:
                raise ValidationError(_("The spreadsheet is too large."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        name = next((name for name in ("answers", "worksheet") if name in book.sheetnames), book.sheetnames[0])
        for number, row in enumerate(book[name].iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            _refuse_long(number)
            yield number, [_words(cell) for cell in row]
    except ValidationError:
        raise
    except Exception as error:  # a damaged file fails in many ways, none of which is ours to tell apart
        raise ValidationError(_("This is no spreadsheet that we can read: save it as XLSX or as CSV, please.")) from error


def _refuse_long(number: int) -> None:
    if number > MOST_LINES:
        raise ValidationError(_("The file has more than %(most)s lines.") % {"most": MOST_LINES})


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
