"""Tables as files that spreadsheets open: CSV in UTF-8 with its mark, and XLSX. No text of a person is ever read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from practice.files.tables import Cell, Table

MARK = "\ufeff"  # by which spreadsheets know UTF-8
STARTS = tuple("=+-@\t\r\n'")
WIDE = {"asks", "proof point", "principle", "note", "choices"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def safe(cell: Cell) -> Cell:
    """A cell as it is written: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.startswith(STARTS) else text


def plain(text: str) -> str:
    """A text as it was before `safe`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text


def csv_of(table: Table) -> bytes:
    """Return the table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.head)
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    return (MARK + text.getvalue()).encode()


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """Return a spreadsheet with a sheet for each table."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for number, name in enumerate(table.head):
            sheet.column_dimensions[_letter(number)].width = 60 if name in WIDE else 16
        sheet.append([_cell(sheet, name, is_head=True) for name in table.head])
        for row in table.rows:
            sheet.append([_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Cell, *, is_head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _letter(number: int) -> str:
    return chr(ord("A") + number)
