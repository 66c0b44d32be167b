"""From the picture that somebody gave to the squares that the site shows: computed here, kept by `ambassadors.workflow.photos`."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from ambassadors.privacy import PHOTO_NAME
from foundation.uploads import CheckedFile

LARGE, SMALL = 480, 128
CLOSEST = 300


@dataclass(frozen=True)
class Crop:
    """Where the square lies: its middle, in hundredths of the way that it can go across and down, and how near one looks (100: all)."""

    across: int = 50
    down: int = 50
    zoom: int = 100

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the square on a picture of that size; it never leaves the picture."""
        side = max(1, round(min(width, height) * 100 / min(max(self.zoom, 100), CLOSEST)))
        left = round((width - side) * min(self.across, 100) / 100)
        top = round((height - side) * min(self.down, 100) / 100)
        return left, top, left + side, top + side


def squares(content: bytes, crop: Crop) -> tuple[CheckedFile, CheckedFile]:
    """Return the large and the small square of a picture that `foundation.uploads` has made anew."""
    with Image.open(io.BytesIO(content)) as image:
        square = image.convert("RGBA" if image.has_transparency_data else "RGB").crop(crop.box(*image.size))
    return _rendition(square, LARGE), _rendition(square, SMALL)


def _rendition(square: Image.Image, side: int) -> CheckedFile:
    resized = square.resize((side, side), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    resized.save(kept, "WEBP", quality=82, method=2)
    return CheckedFile(kept.getvalue(), PHOTO_NAME, "image/webp", side, side)
