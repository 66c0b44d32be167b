"""What introduces a quotation: a line that names its writer, in one row or several, or the head of the mail that is answered.

Told by their structure first (a day, a time, an address, a colon; rows of labels), by words only where structure does not suffice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from correspondence.inbound.reading.lines import Line, Place
from correspondence.inbound.reading.vocabulary import (
    ADDRESS,
    BEGINS,
    DAY,
    ENDS,
    FORWARD,
    IN_BRACKETS,
    LABELLED,
    LABELS,
    ORIGINAL,
    OTHERS,
    RULED,
    RULER,
    SENT,
    SENTENCE_ENDS,
    SUBJECT,
    TIME,
    VERB,
    WRITER,
)

MOST_ROWS = 4
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Head:
    """Lines `begins` up to and without `ends` introduce a quotation; `stands_alone` says that this is sure whatever comes after."""

    begins: int
    ends: int
    stands_alone: bool
    is_block: bool = False


def is_forwarding(lines: Sequence[Line], at: int) -> bool:
    """Whether a line says that a forwarded mail follows, and the head of one does."""
    text = lines[at].text
    if len(text) > 120 or not RULED.search(text) or not FORWARD.search(text):
        return False
    return sum(label_of(lines[one]) != "" for one in _next(lines, at + 1, 6)) >= 2


def head_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return the head of a quotation that begins in this line."""
    return _block_at(lines, at) or _attribution_at(lines, at)


def label_of(line: Line) -> str:
    """Return `From`, `Sent` and so on of a line of a mail's head, in lower case and whatever its language, when we know it."""
    if len(line.text) > LONGEST:
        return ""
    found = LABELLED.match(line.text)
    name = " ".join(found[1].lower().replace("\u202f", " ").replace("\u3000", "").split()) if found else ""
    name = name.replace("邮 件 ", "")
    return name if name in LABELS or name.replace(" ", "") in LABELS else ""


def _next(lines: Sequence[Line], at: int, most: int) -> list[int]:
    """Return the places of the next lines that are not blank."""
    found = []
    for one in range(at, min(len(lines), at + 4 * most)):
        if lines[one].text:
            found.append(one)
        if len(found) == most:
            break
    return found


def _block_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return rows of From, Sent, To, Subject, with what stands above them."""
    text = lines[at].text
    is_above = len(text) <= 120 and bool(RULER.match(text) or ((len(text) <= 30 or RULED.search(text)) and ORIGINAL.search(text)))
    begins = at
    if is_above:
        rows = _next(lines, at + 1, 2)
        begins = next((one for one in rows if label_of(lines[one])), -1)
        if begins < 0:
            return Head(at, at + 1, stands_alone=True, is_block=True) if _is_said_alone(text) else None
    roles, ends = _rows_of(lines, begins)
    known = {"writer" if one in WRITER else "sent" if one in SENT else "subject" if one in SUBJECT else one for one in roles}
    is_head = "writer" in known and len(known) >= 3 and bool({"sent", "subject"} & known)
    is_marked = lines[begins].place == Place.ORIGINAL or (is_above and not RULER.match(text))
    if is_head or (is_marked and len(known) >= 2):
        return Head(at, ends, stands_alone=True, is_block=True)
    return None


def _is_said_alone(text: str) -> bool:
    """Whether "-----Original Message-----" stands in its line and nothing else."""
    return bool(re.match(r"^[-_=*\s]{4,}[^-_=*]{4,40}[-_=*\s]{4,}$", text)) and bool(ORIGINAL.search(text))


def _rows_of(lines: Sequence[Line], begins: int) -> tuple[list[str], int]:
    """Return the labels of a mail's head and where it ends. A long list of addresses goes on in rows without a label."""
    labels: list[str] = []
    ends = begins
    for at in range(begins, min(len(lines), begins + 30)):
        label = label_of(lines[at])
        if label:
            labels.append(label)
            ends = at + 1
        elif (lines[at].text and not (labels and labels[-1] in OTHERS | WRITER and "@" in lines[at].text)) or (
            not lines[at].text and not any(label_of(lines[one]) for one in _next(lines, at, 1))
        ):
            break
    return labels, ends


def _attribution_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return a line such as "On Monday, Maya wrote:", which may be broken over some rows, whose first row is this one."""
    depth = lines[at].depth
    if lines[at].place == Place.HEAD:
        return Head(at, _end_of_place(lines, at), stands_alone=True)
    told = ""
    for ends in range(at + 1, min(len(lines), at + MOST_ROWS) + 1):
        row = lines[ends - 1]
        if not row.text or row.depth != depth or len(told) + len(row.text) > LONGEST or (told and SENTENCE_ENDS.search(told)):
            return None
        told = f"{told} {row.text}".strip()
        if not ENDS.search(row.text):
            continue
        return _attribution(told, lines, at, ends)
    return None


def _end_of_place(lines: Sequence[Line], at: int) -> int:
    ends = at
    while ends < len(lines) and lines[ends].place == Place.HEAD:
        ends += 1
    return ends


def _attribution(told: str, lines: Sequence[Line], at: int, ends: int) -> Head | None:
    following = _next(lines, ends, 1)
    is_followed = bool(following) and lines[following[0]].depth > lines[at].depth
    has_verb, has_day, has_time = bool(VERB.search(told)), bool(DAY.search(told)), bool(TIME.search(told))
    in_brackets = bool(IN_BRACKETS.search(told))
    is_sure = (in_brackets and has_day and has_time) or (has_verb and has_day and has_time) or (has_verb and in_brackets)
    if is_sure and (ends == at + 1 or BEGINS.match(told) or lines[at].depth):
        return Head(at, ends, stands_alone=True)
    if not is_followed:
        return None
    is_likely = has_verb or ADDRESS.search(told) is not None or (has_day and has_time)
    return Head(at, ends, stands_alone=False) if is_likely and (ends == at + 1 or BEGINS.match(told)) else None
