"""A small picture that says who belongs to the community: drawn from a name, for a signature or a page of one's own."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from community.share_image import font, is_drawable, shortened
from community.templatetags.look import initials
from foundation import palette
from foundation.models import Community

WIDTH, HEIGHT = 720, 200
MARGIN, MARK = 40, 56  # the mark is a circle of this radius
TEXT_LEFT = MARGIN + 2 * MARK + 34


def badge(name: str, role: str, community: Community) -> bytes:
    """Return the PNG: the mark, the name, and what they are here (`role`, a sentence without its end)."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.LIGHT.surfaces[0])
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=community.accent, width=3)
    middle = (MARGIN + MARK, HEIGHT // 2)
    canvas.circle(middle, MARK, outline=community.accent, width=5, fill=palette.LIGHT.surfaces[1])
    letters = initials(community.name)
    if is_drawable(letters):
        canvas.text(middle, letters, font=font("Semibold", 44), fill=community.accent, anchor="mm")
    for text, weight, size, middle_line, ink in (
        (name, "Semibold", 40, 78, palette.LIGHT.ink),
        (role, "Regular", 27, 128, palette.LIGHT.ink_muted),
    ):
        if is_drawable(text):
            chosen = font(weight, size)
            room = WIDTH - TEXT_LEFT - MARGIN
            canvas.text((TEXT_LEFT, middle_line), shortened(text, chosen, room), font=chosen, fill=ink, anchor="lm")
    written = io.BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
