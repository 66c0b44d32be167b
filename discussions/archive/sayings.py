"""What a message of an archive says: its words as a post, what it quotes folded, and its files as far as we take them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from correspondence.inbound.parsing import ParsedMail
from discussions.said import words_of
from discussions.words import LONGEST
from foundation.uploads import CheckedFile, checked

MOST_FILES = 10
MOST_NAMED = 20
MOST_LINES = 14  # of what a list writes below each message
BELOW = re.compile(r"^(?:-- ?|_{20,}|-{10,} next part -{10,})$")
OF_THE_LIST = re.compile(
    r"mailing list|mailinglist|mailman|listinfo|postorius|groups\.google\.com|google groups|unsubscribe|HTML attachment was scrubbed",
    re.IGNORECASE,
)


class NotTaken(ValueError):
    """This message is not brought in: the message says why."""


@dataclass(frozen=True)
class Saying:
    """The words of one post, what it quotes, its files, and the names of those that were left out."""

    html: str
    quoted: str
    files: Sequence[CheckedFile] = ()
    left: Sequence[str] = field(default_factory=list)


def saying_of(parsed: ParsedMail, large: Mapping[bytes, bytes]) -> Saying:
    """Return what a message says, with the files that were taken out of it (`large`) in their places.

    Nothing of it is lost: what is too long for a post stands folded below. Raises NotTaken where it says nothing.
    """
    files, left = _files(parsed, large)
    new, folded = _without_list_lines(parsed.new_text, parsed.folded_text)
    if not new.strip():
        new, folded = folded, ""
    note = _note(left)
    new, folded = _fitting(new, folded, LONGEST - len(note) - 2)
    if not new.strip() and not note and not files:
        raise NotTaken(_("it says nothing"))
    words = "\n\n".join(part for part in (new, note) if part.strip()) or _("[only a file]")
    try:
        return Saying(words_of(words, is_rich=False), folded, files, left)
    except ValidationError as error:
        raise NotTaken(" ".join(error.messages)) from error


def _without_list_lines(new: str, folded: str) -> tuple[str, str]:
    """Fold what a list wrote below the words."""
    lines = new.rstrip().split("\n")
    while (start := _list_lines_begin(lines)) is not None:
        folded = "\n\n".join(filter(None, ["\n".join(lines[start:]), folded]))
        lines = "\n".join(lines[:start]).rstrip().split("\n")
    return "\n".join(lines), folded


def _list_lines_begin(lines: list[str]) -> int | None:
    for place in range(len(lines) - 1, max(len(lines) - MOST_LINES, 0) - 1, -1):
        if BELOW.match(lines[place].rstrip("\r")) and OF_THE_LIST.search("\n".join(lines[place + 1 :])):
            return place
    return None


def _fitting(new: str, folded: str, most: int) -> tuple[str, str]:
    if len(new) <= most:
        return new, folded
    end = new.rfind("\n", 0, most)
    end = end if end > most // 2 else most
    return new[:end], f"{new[end:].lstrip()}\n\n{folded}".rstrip()


def _files(parsed: ParsedMail, large: Mapping[bytes, bytes]) -> tuple[list[CheckedFile], list[str]]:
    """Return the files that pass the checks of every upload, and the names of the others."""
    taken: list[CheckedFile] = []
    left: list[str] = []
    for file in parsed.files:
        try:
            content = large.get(file.content, file.content)
            taken.append(checked(SimpleUploadedFile(file.name, content)) if len(taken) < MOST_FILES else _refused())
        except ValidationError:
            left.append(file.name)
    return taken, [*left, *parsed.attachments[len(parsed.files) :]]


def _refused() -> CheckedFile:
    raise ValidationError(_("A post holds no more files."))


def _note(left: Sequence[str]) -> str:
    """Name what came along and was left behind, for whoever reads the post."""
    if not left:
        return ""
    told = {"number": len(left), "names": ", ".join(left[:MOST_NAMED])}
    return f"[{_('%(number)d attached, not carried over: %(names)s') % told}]"
