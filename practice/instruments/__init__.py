"""Instruments: what they ask, and the text they are read from. Those that come with the platform lie in `shipped/`."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "shipped"
