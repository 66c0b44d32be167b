"""The picture that stands beside a link where somebody shares it: the page's title in the community's look, drawn and not photographed.

The title travels in the address, signed, so that nobody can have us draw words that no page of ours has.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import io
from functools import lru_cache

from django.core import signing
from django.core.cache import cache
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from community.templatetags.look import initials, look_version
from foundation import palette
from foundation.models import Community

WIDTH, HEIGHT = 1200, 630
MARGIN = 90
TITLE_SIZES = (92, 80, 70, 60, 52, 46)
MOST_LINES = 4
TITLE_TOP, TITLE_ROOM = 175, 300  # between the name and the host
LONGEST = 200
KEPT = 7 * 24 * 3600
SIGNER = signing.Signer(salt="share image", sep=".")


def address_part(title: str) -> str:
    """Return what stands in the address for the picture of this title."""
    return SIGNER.sign_object(title[:LONGEST], compress=True)


def title_of(part: str) -> str:
    """Return the title again; raises BadSignature for what we did not sign."""
    return str(SIGNER.unsign_object(part))


def picture(title: str, community: Community, host: str) -> bytes:
    """Return the PNG, from the cache where it was drawn before."""
    name = f"{community.name}\0{title}\0{host}\0{look_version(community)}"
    key = f"share:{hashlib.blake2s(name.encode(), digest_size=16).hexdigest()}"
    drawn = cache.get(key)
    if not isinstance(drawn, bytes):
        drawn = draw(title, community, host)
        cache.set(key, drawn, KEPT)
    return drawn


def draw(title: str, community: Community, host: str) -> bytes:
    """Draw it: the mark and the name above, the title as large as four lines allow, where it stands below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.LIGHT.surfaces[0])
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, 20, HEIGHT), fill=community.accent)
    _draw_mark(canvas, community)
    name_font = font("Semibold", 38)
    if is_drawable(community.name):
        name = shortened(community.name, name_font, WIDTH - 2 * MARGIN - 110)
        canvas.text((MARGIN + 100, 112), name, font=name_font, fill=palette.LIGHT.ink, anchor="lm")
    if is_drawable(title) and title != community.name:
        _draw_title(canvas, title)
    elif is_drawable(community.purpose):
        _draw_title(canvas, community.purpose)
    canvas.text((MARGIN, HEIGHT - 75), host, font=font("Regular", 30), fill=palette.LIGHT.ink_muted, anchor="ls")
    written = io.BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_mark(canvas: ImageDraw.ImageDraw, community: Community) -> None:
    middle = (MARGIN + 38, 112)
    canvas.circle(middle, 38, outline=community.accent, width=5, fill=palette.LIGHT.surfaces[1])
    letters = initials(community.name)
    if is_drawable(letters):
        canvas.text(middle, letters, font=font("Semibold", 32), fill=community.accent, anchor="mm")


def _draw_title(canvas: ImageDraw.ImageDraw, title: str) -> None:
    chosen, lines = fitted(title)
    height = round(chosen.size * 1.18)
    top = TITLE_TOP + (TITLE_ROOM - height * len(lines)) // 2
    for number, line in enumerate(lines):
        canvas.text((MARGIN, top + number * height), line, font=chosen, fill=palette.LIGHT.ink, anchor="la")


def fitted(title: str) -> tuple[FreeTypeFont, list[str]]:
    """Return the largest size in which the title has room and no word is broken; what is longer still ends in an ellipsis."""
    for size in TITLE_SIZES:
        chosen = font("Semibold", size)
        lines = wrapped(title, chosen, WIDTH - 2 * MARGIN)
        whole = " ".join(lines) == " ".join(title.split()) or size == TITLE_SIZES[-1]
        if whole and len(lines) <= MOST_LINES and len(lines) * size * 1.18 <= TITLE_ROOM:
            return chosen, lines
    return chosen, [*lines[: MOST_LINES - 1], shortened(" ".join(lines[MOST_LINES - 1 :]) + " ", chosen, WIDTH - 2 * MARGIN)]


def wrapped(text: str, chosen: FreeTypeFont, width: int) -> list[str]:
    """Break the text between words; a word that is wider than a line is broken inside."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if chosen.getlength(longer) <= width:
            lines[-1] = longer
            continue
        lines += broken(word, chosen, width)
    return [line for line in lines if line]


def broken(word: str, chosen: FreeTypeFont, width: int) -> list[str]:
    """Return the word in pieces that fit."""
    pieces = [""]
    for letter in word:
        if chosen.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def shortened(text: str, chosen: FreeTypeFont, width: int) -> str:
    """Return the text, cut with an ellipsis where it is too wide."""
    if chosen.getlength(text) <= width:
        return text.strip()
    while text and chosen.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=16)
def font(weight: str, size: int) -> FreeTypeFont:
    """Source Serif, from the wheel that carries it with its licence (SIL Open Font License 1.1)."""
    file = importlib.resources.files("font_source_serif_pro") / "files" / f"SourceSerifPro-{weight}.ttf"
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size)


def is_drawable(text: str) -> bool:
    """Whether the font has every letter: it knows Latin, Greek and Cyrillic. Boxes in place of words are worse than no words."""
    probe = font("Semibold", 32)
    missing = bytes(probe.getmask("\U0010fffe"))
    return bool(text) and all(bytes(probe.getmask(letter)) != missing for letter in set(text) if not letter.isspace())
