"""Files as answers to a request: fetched, kept by nobody on the way."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify

from practice.files.cells import CSV, XLSX, csv_of, xlsx_of
from practice.files.tables import Table

TYPES = {"csv": CSV, "xlsx": XLSX, "zip": "application/zip", "pdf": "application/pdf"}


def sent(content: bytes, suffix: str, *words: object) -> HttpResponse:
    """Return a file to be kept, named after `words`."""
    response = HttpResponse(content, content_type=TYPES[suffix])
    name = "-".join(filter(None, (slugify(str(word))[:60] for word in words))) or "file"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    add_never_cache_headers(response)
    return response


def table_sent(table: Table, suffix: str, *words: object) -> HttpResponse:
    """Return a table as CSV or XLSX."""
    return sent(csv_of(table) if suffix == "csv" else xlsx_of([table]), suffix, *words)
