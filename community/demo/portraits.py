"""Portraits of people who do not exist: drawn from a few words ("brown curls glasses"), the same each time for the same name.

Everything is a shape on a field of 100 by 100, drawn large and made smaller, so that edges are smooth.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from PIL import Image, ImageDraw

FIELD, FINE = 1200, 2  # pixels of the field, drawn twice as large as it is kept
CUT = (0.1, 0.045, 0.9, 0.845)  # what is kept of the field: the face, and a little of the shoulders
Box = tuple[float, float, float, float]

SKIN = {"fair": "#f1cdb4", "light": "#e8bd98", "olive": "#cf9f76", "tan": "#bb865c", "brown": "#9a6644", "deep": "#714931"}
SHADE = {"fair": "#d9a68a", "light": "#cb966f", "olive": "#ac7b54", "tan": "#97653f", "brown": "#784c2e", "deep": "#523321"}
HAIR = {"grey": "#b3aea6", "blond": "#d3b06c", "red": "#a5532f", "black": "#211c1c"}
DARK_HAIR = ("#2b211d", "#1f1a1a", "#35251d")
LIGHT_HAIR = ("#6b4a33", "#4b3527", "#8a6642")
GROUNDS = ("#dfe9e4", "#efe3d2", "#e4e3ee", "#f0dfd8", "#dce6ec", "#ebe8d8", "#e3ead6")
CLOTHES = ("#0f6b62", "#8c4a3c", "#34506b", "#7a6a2f", "#5b4a72", "#30503a", "#a3603f", "#44474d")
CLOTHS = ("#7b3f52", "#2f5d73", "#8a6d2f", "#4f6b46", "#a2573f", "#5a5390")
INK, VEIL, LINEN = "#2a2320", "#3a3f4a", "#f6f3ec"
BEHIND = {"long": (3, 20, 82, 18), "bob": (6, 19, 64, 19), "veil": (6, 15, 92, 22)}  # out, top, bottom, radius
CURLS = ((31, 32), (37, 24), (46, 20), (55, 20), (63, 25), (69, 32), (29, 41), (71, 41), (31, 50), (69, 50))


@dataclass
class Portrait:
    """One face. `words` say skin, hair and what is worn; the rest comes from `name`."""

    name: str
    words: str
    picture: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.has = set(self.words.split())
        self.dice = random.Random(self.name)  # noqa: S311  the same face each time, no secret
        self.skin_word = next(word for word in SKIN if word in self.has)
        self.skin, self.shade = SKIN[self.skin_word], SHADE[self.skin_word]
        fair = self.skin_word in {"fair", "light"}
        own = next((HAIR[word] for word in HAIR if word in self.has), None)
        self.hair = own or self.dice.choice(LIGHT_HAIR if fair else DARK_HAIR)
        self.ground, self.clothes, self.cloth = (self.dice.choice(colours) for colours in (GROUNDS, CLOTHES, CLOTHS))
        self.half = self.dice.uniform(16.5, 18.5)  # half the width of the face
        self.picture = Image.new("RGB", (FIELD, FIELD), self.ground)

    def drawn(self) -> bytes:
        """Return the picture as a PNG file."""
        self._ground()
        self._behind()
        self._shoulders()
        self._face()
        self._fringe()
        self._features()
        self._before()
        left, top, right, bottom = (side * FIELD for side in CUT)
        kept = self.picture.crop((left, top, right, bottom))
        output = io.BytesIO()
        kept.reduce(FINE).save(output, "PNG", compress_level=1)
        return output.getvalue()

    @cached_property
    def pen(self) -> ImageDraw.ImageDraw:
        """What draws on the picture."""
        return ImageDraw.Draw(self.picture)

    def _box(self, *sides: float) -> list[float]:
        return [side * FIELD / 100 for side in sides]

    def _round(self, box: Box, colour: str) -> None:
        self.pen.ellipse(self._box(*box), fill=colour)

    def _block(self, box: Box, colour: str, radius: float) -> None:
        self.pen.rounded_rectangle(self._box(*box), fill=colour, radius=radius * FIELD / 100)

    def _arc(self, box: Box, start: float, end: float, colour: str, width: float) -> None:
        self.pen.arc(self._box(*box), start, end, fill=colour, width=round(width * FIELD / 100))

    def _half_round(self, box: Box, start: float, end: float, colour: str) -> None:
        self.pen.chord(self._box(*box), start, end, fill=colour)

    def _shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self.pen.polygon([(x * FIELD / 100, y * FIELD / 100) for x, y in points], fill=colour)

    def _ground(self) -> None:
        tint = Image.blend(Image.new("RGB", (1, 1), self.ground), Image.new("RGB", (1, 1), self.clothes), 0.14)
        red, green, blue = tint.tobytes()
        self._round((8, 6, 92, 90), f"#{red:02x}{green:02x}{blue:02x}")

    def _behind(self) -> None:
        """Hair and cloth that lie behind neck and shoulders."""
        half = self.half
        for word, (out, top, bottom, radius) in BEHIND.items():
            if word in self.has:
                self._block((50 - half - out, top, 50 + half + out, bottom), VEIL if word == "veil" else self.hair, radius)
        if "braids" in self.has:
            for x, step in product((46 - half, 48 + half), range(7)):
                self._round((x, 44 + 5.5 * step, x + 6, 51 + 5.5 * step), self.hair)
        elif "locs" in self.has:
            for x, bottom in ((-2, 66), (1.4, 69), (4.8, 71)):
                self._block((49 - half + x, 30, 53 - half + x, bottom), self.hair, 2)
                self._block((47 + half - x, 30, 51 + half - x, bottom), self.hair, 2)
        elif "curls" in self.has:
            for x, y in CURLS:
                self._round((x - 8, y - 8, x + 8, y + 8), self.hair)
        elif "bun" in self.has:
            self._round((41, 8, 59, 26), self.hair)

    def _shoulders(self) -> None:
        self._block((41.5, 58, 58.5, 82), self.shade, 7)
        self._block((15, 75, 85, 118), self.clothes, 19)
        kind = self.dice.randrange(3)
        if kind == 0:
            self._half_round((39, 66, 61, 88), 0, 180, self.skin)
        elif kind == 1:
            self._shape([(41.5, 75), (58.5, 75), (50, 89)], self.skin)
            self._shape([(41.5, 74), (37, 78), (48, 93), (50, 88)], LINEN)
            self._shape([(58.5, 74), (63, 78), (52, 93), (50, 88)], LINEN)
        else:
            self._block((39.5, 71, 60.5, 80), self.clothes, 4)
            self._arc((39.5, 68, 60.5, 79), 20, 160, self.shade, 0.8)

    def _face(self) -> None:
        half = self.half
        if not self.has & {"scarf", "veil"}:
            for x in (50 - half - 2.5, 50 + half - 3):
                self._round((x, 43, x + 5.5, 53), self.shade)
        self._block((50 - half, 23, 50 + half, 68), self.skin, half * 0.98)

    def _features(self) -> None:
        """Eyes, brows, nose, mouth, and the beard beneath them."""
        half = self.half
        if "beard" in self.has:
            self._half_round((50 - half, 33, 50 + half, 69.5), 8, 172, self.hair)
            self._round((42.5, 53, 57.5, 64), self.skin)
            self._half_round((43, 53, 57, 62), 180, 360, self.hair)
        elif "mustache" in self.has:
            self._half_round((42.5, 54.2, 57.5, 62), 180, 360, self.hair)
        brow = self.hair if self.hair != HAIR["blond"] else SHADE["fair"]
        for x in (42, 58):
            self._arc((x - 4.6, 39.5, x + 4.6, 47), 205, 335, brow if self.skin_word != "deep" else INK, 1.1)
            self._round((x - 1.75, 44.6, x + 1.75, 48.4), INK)
            self._round((x - 0.1, 45.2, x + 0.9, 46.2), "#ffffff")
        self._arc((47.2, 46, 52.2, 55), 15, 110, self.shade, 1)
        lips = "#9c4a41" if self.skin_word in {"fair", "light", "olive"} else "#5a2a26"
        smile = self.dice.uniform(0, 1.5)
        self._arc((44.3, 52.5 - smile, 55.7, 61.5), 25, 155, lips, 1.15)

    def _before(self) -> None:
        """A cloth around the head, a cap, glasses."""
        half = self.half
        if self.has & {"scarf", "veil"}:
            self._wrapped_head(VEIL if "veil" in self.has else self.cloth)
        elif "cap" in self.has:
            self._half_round((50 - half, 19, 50 + half, 49), 180, 360, self.cloth)
            self._block((50 - half, 31.5, 50 + half, 35), self.clothes, 1)
        if "glasses" in self.has:
            self._glasses()

    def _fringe(self) -> None:
        """Hair or a wound cloth over the forehead."""
        if self.has & {"turban", "headwrap"}:
            self._wound_cloth()
        if self.has & {"scarf", "veil", "turban", "headwrap", "cap", "bald"}:
            return
        half, tilt = self.half, self.dice.choice((-1, 1)) * self.dice.uniform(2, 5)
        self._half_round((49 - half, 18, 51 + half, 54), 188, 352, self.hair)
        self._round((50 - half * 0.86 + tilt, 31.5, 50 + half * 0.86 + tilt, 58), self.skin)
        self._block((50 - half, 38, 50 + half, 44), self.skin, 2)
        for x in (49.3 - half, 48.2 + half):
            self._block((x, 33, x + 2.5, 44), self.hair, 1.2)

    def _wrapped_head(self, colour: str) -> None:
        half = self.half
        if "veil" in self.has:
            self._half_round((48 - half, 17, 52 + half, 56), 180, 360, colour)
            self._block((49 - half, 31, 51 + half, 36), LINEN, 2)
            return
        left, top, right, bottom = (round(side) for side in self._box(50 - half, 27, 50 + half, 68))
        face = self.picture.crop((left, top, right, bottom))
        self._block((45.5 - half, 17, 54.5 + half, 80), colour, 21)
        self._half_round((24, 66, 76, 100), 180, 360, colour)
        mask = Image.new("L", face.size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, face.width - 1, face.height - 1), fill=255)
        self.picture.paste(face, (left, top), mask)
        self._arc((30, 58, 82, 84), 110, 172, self.ground, 0.5)

    def _wound_cloth(self) -> None:
        half = self.half
        top, wide = (7, 3) if "headwrap" in self.has else (12, 5)
        fold = "#" + bytes(round(int(self.cloth[at : at + 2], 16) * 0.82) for at in (1, 3, 5)).hex()
        self._round((50 - half - wide, top, 50 + half + wide, 41), self.cloth)
        for lift in (0, 5, 10):
            self._arc((46 - half, top + 4 + lift, 62 + half, 58 + lift), 212, 262, fold, 0.9)
            self._arc((38 - half, top + 4 + lift, 54 + half, 58 + lift), 278, 328, fold, 0.9)
        self._half_round((51 - half, 32.5, 49 + half, 50), 180, 360, self.skin)
        if "headwrap" in self.has:
            self._round((43, 4, 57, 15), fold)

    def _glasses(self) -> None:
        width, frame = round(0.9 * FIELD / 100), self.dice.choice((INK, "#5a3a28", "#3c4a5a"))
        for x in (42, 58):
            self.pen.rounded_rectangle(
                self._box(x - 5.8, 41.8, x + 5.8, 51.5), radius=self.dice.choice((3, 4.6)) * FIELD / 100, outline=frame, width=width
            )
        self._arc((47, 44.5, 53, 50), 205, 335, frame, 0.9)


def portrait(name: str, words: str) -> bytes:
    """Return a drawn portrait as a PNG file."""
    return Portrait(name, words).drawn()
