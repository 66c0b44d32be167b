"""Where the messages stand in the file of an archive. It is read line by line: no message is held in memory, and no line longer than 64 kB."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

LONGEST_LINE = 64 * 1024
DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# "From maya at host  Tue Jan  4 12:00:00 2005" and whatever else programs have written there: a date behind it, or an address alone.
DATE = DAY + rb",? +(?:" + MONTH + rb" +\d{1,2}|\d{1,2} +" + MONTH + rb")(?: +\d{4})?,? +\d{1,2}:\d\d"
DATED = re.compile(rb"^From .{0,400}?" + DATE)
ADDRESSED = re.compile(rb"^From (?:\S{1,300}@\S{1,300}|MAILER-DAEMON|-) *\r?\n?$")
FIELD = re.compile(rb"^(?:[!-9;-~]{1,200}:|>From \S{1,300}@)")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


class NoArchive(ValueError):
    """The file is not one that we can read: the message says why."""


class Place(NamedTuple):
    """Where a message stands: from `start`, `length` bytes; `separator` is the line above it."""

    start: int
    length: int
    separator: bytes


def opened(path: Path) -> IO[bytes]:
    """Open an archive; a compressed one is unpacked into a file that goes when it is closed. Raises NoArchive when it cannot be read."""
    try:
        file = path.open("rb")
        if file.read(2) == b"\x1f\x8b":
            with file:
                return _unpacked(file)
        file.seek(0)
    except (OSError, EOFError, zlib.error) as error:
        raise NoArchive(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    return file


def _unpacked(packed: IO[bytes]) -> IO[bytes]:
    packed.seek(0)
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever asked for it closes it
    try:
        with gzip.open(packed) as inner:
            shutil.copyfileobj(inner, file, 1024 * 1024)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def messages_in(file: IO[bytes]) -> Iterator[Place]:
    """Yield the place of each message, in the order of the file. Raises NoArchive where it begins with something else."""
    start, above = -1, b""  # of the message that is being read; none yet
    for offset, line, separator in _separated(file):
        if separator:
            if start >= 0:
                yield Place(start, offset - start, above)
            start, above = offset + len(line), separator[:500]
        elif start < 0 and line.strip(b"\xef\xbb\xbf\r\n\t "):
            raise NoArchive("It does not begin with a message: the first line of an mbox file begins with “From ”.")
    if start >= 0:
        yield Place(start, file.tell() - start, above)


def _separated(file: IO[bytes]) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each line with its offset, and once more as the separator that it is, when the line after it shows that it is one."""
    waiting: tuple[int, bytes] | None = None
    offset, is_start, is_after_blank = 0, True, True
    while line := file.readline(LONGEST_LINE):
        if waiting is not None:
            yield (*waiting, waiting[1] if FIELD.match(line) or waiting[0] == 0 else b"")
            waiting = None
        if is_start and (DATED.match(line) or (is_after_blank and ADDRESSED.match(line))):
            waiting = offset, line
        else:
            yield offset, line, b""
        is_after_blank, is_start = is_start and not line.strip(), line.endswith(b"\n")
        offset += len(line)
    if waiting is not None:
        yield (*waiting, b"")


def raw_at(file: IO[bytes], place: Place, most: int) -> bytes:
    """Return a message as it was sent, at most so many bytes of it: an mbox writes > before a line that begins with “From ”."""
    file.seek(place.start)
    return ESCAPED.sub(rb"\1", file.read(min(place.length, most)))
