"""Having a document set by a program of its own, which is ended when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TYPESETTER = Path(__file__).with_name("typesetter.py")
PRODUCT = Path(__file__).with_name("product.typ")
LONGEST = 60  # seconds: a hundred pages take about one
INCOMPLETE = 3


class NotSet(Exception):
    """It could not be set; the message is the typesetter's own."""


@dataclass(frozen=True)
class Setting:
    """A PDF, and whether every letter could be drawn."""

    pdf: bytes
    is_complete: bool


def set_in_print(document: dict[str, Any], template: Path = PRODUCT, *, longest: float = LONGEST) -> Setting:
    """Return the PDF of a document, as `products.printing.document` makes it or another template wants it, within `longest` seconds.

    Raises NotSet.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(TYPESETTER), str(template)],
            input=json.dumps(document).encode(),
            capture_output=True,
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotSet(f"It took more than {longest:g} seconds.") from late
    if done.returncode not in {0, INCOMPLETE} or not done.stdout.startswith(b"%PDF-"):
        raise NotSet(done.stderr.decode("utf-8", "replace")[-1000:] or f"The typesetter ended with {done.returncode}.")
    return Setting(done.stdout, is_complete=done.returncode == 0)
