"""The demo's pictures, slides and logos, drawn when they are needed: nothing is stored with the code."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from community.demo.portraits import portrait
from foundation.uploads import CheckedFile, checked

SIZE = (1600, 900)
SKY, SAND, INK, PAPER = "#e9e2d3", "#d9b98a", "#1f3a3a", "#fbfaf7"
SEA = ("#9fc2b8", "#5d9a90", "#2f7268", "#134e47")
Drawing = ImageDraw.ImageDraw


def face(name: str, words: str) -> CheckedFile:
    """Draw the portrait of somebody of the team."""
    return checked(SimpleUploadedFile("portrait.png", portrait(name, words), "image/png"), pictures_only=True)


def boats() -> CheckedFile:
    """Three rowing boats on a calm sea."""
    image, draw = _sheet(SKY)
    draw.ellipse((1180, 120, 1360, 300), fill=SAND)
    _waves(draw, top=430)
    for x, y, scale in ((340, 520, 1.0), (820, 640, 1.35), (1240, 500, 0.8)):
        _boat(draw, x, y, scale)
    return _kept(image, "boats.png")


def table() -> CheckedFile:
    """Three cups and one sheet of paper."""
    image, draw = _sheet(SEA[0])
    draw.rectangle((0, 520, 1600, 900), fill=SAND)
    draw.polygon([(620, 560), (1010, 540), (1060, 800), (640, 830)], fill=PAPER)
    for line in range(4):
        draw.line((680, 610 + line * 46, 990 - line * 50, 600 + line * 46), fill=SEA[1], width=8)
    for x, y, colour in ((330, 560, SEA[3]), (1180, 540, SEA[2]), (1330, 680, INK)):
        draw.rounded_rectangle((x, y, x + 130, y + 150), 26, fill=colour)
        draw.ellipse((x, y - 22, x + 130, y + 26), fill=PAPER)
        draw.arc((x + 100, y + 30, x + 190, y + 110), 270, 90, fill=colour, width=18)
    return _kept(image, "table.png")


def logo(kind: str) -> CheckedFile:
    """The mark of an invented supporter."""
    image = Image.new("RGB", (720, 240), "#ffffff")
    draw = ImageDraw.Draw(image)
    if kind == "waves":
        for number, colour in enumerate(SEA[1:]):
            points = [(x, 90 + number * 42 + 22 * math.sin(x / 52 + number)) for x in range(40, 681, 8)]
            draw.line(points, fill=colour, width=22, joint="curve")
    else:
        draw.polygon([(360, 24), (450, 78), (270, 78)], fill=INK)
        draw.rounded_rectangle((286, 84, 434, 206), 18, outline=INK, width=14)
        draw.ellipse((332, 112, 388, 182), fill=SAND)
        for x in (120, 560):
            draw.line((x, 145, x + 60, 145), fill=INK, width=14)
    return _kept(image, f"{kind}.png")


def cover(title: str, text: str) -> CheckedFile:
    """The first slide as a picture."""
    return _kept(_slide(title, text, "", 0), "cover.png")


def deck(slides: Sequence[tuple[str, str, str]]) -> CheckedFile:
    """All slides as one PDF."""
    pages = [_slide(*slide, number) for number, slide in enumerate(slides)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=150, title=slides[0][0])
    return checked(SimpleUploadedFile("five-small-habits.pdf", file.getvalue(), "application/pdf"))


def _slide(title: str, text: str, large: str, number: int) -> Image.Image:
    image, draw = _sheet(PAPER if number else SKY)
    _waves(draw, top=720 if number else 560)
    draw.text((110, 110), _wrapped(title, 26), font=_font(96 if number == 0 else 72), fill=INK, spacing=16)
    draw.text((110, 290), _wrapped(text, 44), font=_font(44), fill=INK, spacing=14)
    if large:
        draw.text((1490, 690), large, font=_font(150), fill=SEA[2], anchor="rs")
    return image


def _sheet(colour: str) -> tuple[Image.Image, Drawing]:
    image = Image.new("RGB", SIZE, colour)
    return image, ImageDraw.Draw(image)


def _waves(draw: Drawing, *, top: int) -> None:
    for number, colour in enumerate(SEA):
        base = top + number * (900 - top) / len(SEA)
        crest = [(x, base + 14 * math.sin(x / (150 + 30 * number) + number * 1.7)) for x in range(0, 1601, 20)]
        draw.polygon([(0, 900), *crest, (1600, 900)], fill=colour)


def _boat(draw: Drawing, x: float, y: float, scale: float) -> None:
    hull = [(-130, 0), (130, 0), (90, 60), (-90, 60)]
    draw.polygon([(x + dx * scale, y + dy * scale) for dx, dy in hull], fill=INK)
    draw.ellipse((x - 24 * scale, y - 104 * scale, x + 24 * scale, y - 56 * scale), fill=SAND)
    draw.rounded_rectangle((x - 30 * scale, y - 58 * scale, x + 30 * scale, y), 12, fill=PAPER)
    draw.line((x + 10 * scale, y - 30 * scale, x + 190 * scale, y + 70 * scale), fill=SAND, width=max(4, round(8 * scale)))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _wrapped(text: str, width: int) -> str:
    lines = [""]
    for word in text.split():
        lines = [*lines, word] if len(lines[-1]) + len(word) > width else [*lines[:-1], f"{lines[-1]} {word}".strip()]
    return "\n".join(lines)


def _kept(image: Image.Image, name: str) -> CheckedFile:
    file = io.BytesIO()
    image.save(file, "PNG")
    return checked(SimpleUploadedFile(name, file.getvalue(), "image/png"), pictures_only=True)
