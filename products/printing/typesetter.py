"""Sets one document by the template that is named: reads it as JSON from standard input, and writes the PDF to standard output.

A program of its own, so that a text which takes too long or too much is ended without harm to whoever asked. It knows nothing of the site,
opens no address, and reads no file but the template and the letters. Exit codes: 0 set and accessible as PDF/UA-1 wants it, 3 set, but some
letters could not be drawn, 1 not set.
"""

from __future__ import annotations

import importlib.resources
import resource
import sys
from pathlib import Path
from typing import Literal

import typst

HERE = Path(__file__).parent
MOST_MEMORY = 2 * 1024**3  # of addresses: the letters are mapped, too
INCOMPLETE = 3


def set_document(template: Path, document: str, *, with_system_fonts: bool, standard: Literal["ua-1"] | None) -> bytes:
    """Return the PDF; raises typst.TypstError, in UA-1 also for a letter that no font has."""
    fonts = str(importlib.resources.files("font_source_serif_pro") / "files")
    pdf = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[fonts],
        ignore_system_fonts=not with_system_fonts,
        format="pdf",
        sys_inputs={"document": document},
        pdf_standards=standard,
        package_path=str(HERE / "none"),
        package_cache_path=str(HERE / "none"),
    )
    return bytes(pdf)


def main() -> int:
    """Try with our own letters, then with those of the system, and at last without a promise about each letter."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    template, document = Path(sys.argv[1]), sys.stdin.read()
    ways: list[tuple[bool, Literal["ua-1"] | None]] = [(False, "ua-1"), (True, "ua-1"), (True, None)]
    for with_system_fonts, standard in ways:
        try:
            pdf = set_document(template, document, with_system_fonts=with_system_fonts, standard=standard)
        except typst.TypstError as error:
            sys.stderr.write(f"{error}\n")
            continue
        sys.stdout.buffer.write(pdf)
        return 0 if standard else INCOMPLETE
    return 1


if __name__ == "__main__":
    sys.exit(main())
