"""From bytes to rows: whatever Excel, Sheets or a database wrote, with the line on which each row begins."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ambassadors.roster.columns import Columns, RosterUnreadable, columns_of, known

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
WORKBOOKS = {b"PK\x03\x04": "Excel", b"\xd0\xcf\x11\xe0": "Excel"}


class Roster:
    """One file. Making it reads the head of the table and raises RosterUnreadable; `rows()` may be walked any number of times."""

    def __init__(self, data: bytes) -> None:
        self._text, self.encoding = decoded(data)
        self.delimiter = _delimiter(self._text)
        self.columns: Columns = self._read_head()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the head that say anything, each with its line. Raises RosterUnreadable where quotation marks fail."""
        rows = records(self._text, self.delimiter)
        next(rows)
        yield from rows

    def _read_head(self) -> Columns:
        line, heads = next(records(self._text, self.delimiter), (1, []))
        return columns_of(heads, line)


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: by its mark, else UTF-16 without one, else UTF-8, else Windows-1252."""
    for signature, program in WORKBOOKS.items():
        if data.startswith(signature):
            raise RosterUnreadable(_("This is a workbook of %s. Save it as “CSV UTF-8” and give me that file.") % program)
    for encoding in (*_marked(data), "utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            failed = error
    line = data[: failed.start].count(b"\n") + 1
    raise RosterUnreadable(_("Line %s holds bytes that are no text. Save the file as “CSV UTF-8”.") % line)


def _marked(data: bytes) -> list[str]:
    """Return the encodings that the beginning of the file speaks for. Without a mark, the Latin letters of the head tell UTF-16."""
    marked = [encoding for mark, encoding in BOMS.items() if data.startswith(mark)]
    zeros = "".join("0" if byte == 0 else "x" for byte in data[:8])
    unmarked = {"x0x0x0x0": ["utf-16-le"], "0x0x0x0x": ["utf-16-be"]}
    return marked or unmarked.get(zeros, [])


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) for each record with anything in it. The line is where the record begins: a cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not _is_separator_hint(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise RosterUnreadable(
            _(
                "Line %s: a quotation mark is out of place, or opens here and is never closed. A mark inside a cell is written twice."
            )
            % line
        ) from error


def _is_separator_hint(cells: list[str]) -> bool:
    """Whether this is the `sep=;` that Excel understands as the first line."""
    return cells[0].strip().lower().startswith("sep=") and not any(cells[1:])


def _delimiter(text: str) -> str:
    """Return the delimiter with which the head of the table makes most sense."""
    return max(DELIMITERS, key=lambda delimiter: _sense(text, delimiter))


def _sense(text: str, delimiter: str) -> tuple[int, int]:
    try:
        _line, heads = next(records(text, delimiter), (1, []))
    except RosterUnreadable:
        return -1, 0
    return known(heads), len(heads)
