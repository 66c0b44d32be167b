"""One line of a mail, with what its place in the mail says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

MOST_MARKS = 10
MARK = re.compile(r"\[image: ([^\[\]\n]*)\]")  # of a picture that came with the mail, where it stood


class Place(Enum):
    """Where a line stands, as far as the mail program says so itself."""

    BODY = "body"
    HEAD = "head"  # the line that introduces a quotation
    ORIGINAL = "original"  # what Outlook puts above the mail that is answered
    SIGNATURE = "signature"
    ARMOUR = "armour"  # what encloses a text that is signed with PGP


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the marks of quotation; `shown` has them as they were written. `pictures` are the Content-IDs of those in it."""

    text: str
    depth: int = 0
    place: Place = Place.BODY
    as_written: str | None = None
    pictures: tuple[str, ...] = ()
    colour: str = ""

    @property
    def shown(self) -> str:
        if self.as_written is not None:
            return self.as_written
        return f"{'> ' * min(self.depth, MOST_MARKS)}{self.text}"

    @property
    def said_of_pictures(self) -> dict[str, str]:
        """What stands in it for each of its pictures."""
        said = MARK.findall(self.text)
        return dict(zip(self.pictures, said if len(said) == len(self.pictures) else [""] * len(self.pictures), strict=True))

    def with_pictures_as(self, named: Mapping[str, str]) -> Line:
        """Return it with other marks in the places of its pictures: those that are `named`."""
        if self.as_written is not None or not self.pictures or len(MARK.findall(self.text)) != len(self.pictures):
            return self
        there = iter(self.pictures)
        text = MARK.sub(lambda mark: named.get(next(there), mark[0]), self.text)
        return replace(self, text=re.sub(" {2,}", " ", text).strip(" ") if text != self.text else text)


BLANK = Line("")


def tidy(text: str) -> str:
    """Return text with plain line ends, no control characters, no half characters and at most one blank line in a row."""
    return re.sub(r"\n{3,}", "\n\n", without_nonsense(text)).strip("\n")


def without_nonsense(text: str) -> str:
    """Return text with plain line ends, and nothing that the database cannot hold or that is not seen."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]", "", text).replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def written(lines: Iterable[Line]) -> str:
    """Return some lines as one text."""
    return tidy("\n".join(line.shown for line in lines))
