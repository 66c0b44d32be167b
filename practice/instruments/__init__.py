"""Instruments: what they ask, and the text they are read from. Those that come with the platform lie in `shipped/`."""

from functools import cache
from pathlib import Path

from practice.instruments.reading import read_instrument

SHIPPED = Path(__file__).parent / "shipped"


@cache
def shipped() -> tuple[tuple[str, str, str], ...]:
    """Return the instruments that come with the platform: key, title, text."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.yaml"))]
    return tuple((found.key, found.title, text) for text in texts for found in [read_instrument(text)])
