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
    ANGLED,
    BEGINS,
    DAY,
    DIRECTION,
    ENDS,
    ENDS_IN_BRACKET,
    FLATTENED,
    FORWARD,
    IN_BRACKETS,
    LABELLED,
    LABELS,
    ORIGINAL,
    OTHERS,
    RULED,
    RULED_AND_MORE,
    RULED_WORDS,
    RULER,
    SENT,
    SENTENCE_ENDS,
    SUBJECT,
    TIME,
    VERB,
    WRITER,
)

MOST_ROWS = 4
MOST_WORDS = 5
MOST_BESIDE_A_NAME = 2
LONGEST = 600
MOST_ABOVE_ROWS = 120


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


def names_a_mail(lines: Sequence[Line], head: Head) -> bool:
    """Whether a head tells for sure of another mail, even in one that answers none: by who wrote when, an address, or its program."""
    rows = lines[head.begins : head.ends]
    if not head.is_block and _is_sure(" ".join(row.text for row in rows), is_followed=False):
        return True
    return any(row.place in {Place.HEAD, Place.ORIGINAL} or ADDRESS.search(row.text) or ORIGINAL.search(row.text) for row in rows)


def label_of(line: Line) -> str:
    """Return `From`, `Sent` and so on of a line of a mail's head, in lower case and whatever its language, when we know it."""
    if len(line.text) > LONGEST:
        return ""
    found = LABELLED.match(DIRECTION.sub("", line.text))
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
    is_above = _is_above_rows(lines, at)
    begins = at
    if is_above:
        rows = _next(lines, at + 1, 2)
        begins = next((one for one in rows if label_of(lines[one])), -1)
        if begins < 0:
            return Head(at, at + 1, stands_alone=True, is_block=True) if _is_said_alone(text) else None
    roles, ends = _rows_of(lines, begins)
    known = {"writer" if one in WRITER else "sent" if one in SENT else "subject" if one in SUBJECT else one for one in roles}
    is_head = (
        "writer" in known and len(known) >= 3 and bool({"sent", "subject"} & known) and _is_of_a_mail(lines[begins:ends], known)
    )
    is_marked = lines[begins].place == Place.ORIGINAL or (is_above and ORIGINAL.search(text) is not None)
    if is_head or (is_marked and len(known) >= 2):
        return Head(at, ends, stands_alone=True, is_block=True)
    return None


def _is_above_rows(lines: Sequence[Line], at: int) -> bool:
    """Whether a line belongs to the rows below it: a ruler, "Original Message", or "> Message du 16/11/26 10:00" as Orange quotes it."""
    text = lines[at].text
    if len(text) > MOST_ABOVE_ROWS:
        return False
    if RULER.match(text) or RULED_WORDS.match(text) or ((len(text) <= 30 or RULED.search(text)) and ORIGINAL.search(text)):
        return True
    is_within = lines[at].depth > 0 and bool(DAY.search(text) and TIME.search(text))
    return is_within and at + 1 < len(lines) and label_of(lines[at + 1]) in WRITER


def _is_of_a_mail(rows: Sequence[Line], known: set[str]) -> bool:
    """Whether rows of From, To and Subject say who, or when and what, as no list of opening hours or trains does."""
    return {"sent", "subject"} <= known or any(ADDRESS.search(row.text) for row in rows)


def _is_said_alone(text: str) -> bool:
    """Whether "-----Original Message-----" stands in its line and nothing else."""
    return bool(re.match(r"^[-_=*\s]{4,}[^-_=*]{4,40}[-_=*\s]{4,}$", text)) and bool(ORIGINAL.search(text))


def _rows_of(lines: Sequence[Line], begins: int) -> tuple[list[str], int]:
    """Return the labels of a mail's head and where it ends. A long list of addresses goes on in rows without a label."""
    labels: list[str] = []
    ends = begins
    for at in range(begins, min(len(lines), begins + 30)):
        label = label_of(lines[at])
        if label or (labels and _is_between_labels(lines, at)):
            labels.append(label)
            ends = at + 1
        elif (lines[at].text and not (labels and labels[-1] in OTHERS | WRITER and "@" in lines[at].text)) or (
            not lines[at].text and not any(label_of(lines[one]) for one in _next(lines, at, 1))
        ):
            break
    return labels, ends


def _is_between_labels(lines: Sequence[Line], at: int) -> bool:
    """Whether a row has a label that we do not know, and the next one that we do: programs and languages are more than our words."""
    found = LABELLED.match(lines[at].text[:LONGEST])
    return bool(found and found[2]) and at + 1 < len(lines) and bool(label_of(lines[at + 1]))


def _attribution_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return a line such as "On Monday, Maya wrote:", which may be broken over some rows, whose first row is this one."""
    if lines[at].place == Place.HEAD:
        return Head(at, _end_of_place(lines, at), stands_alone=True)
    angled = ANGLED.match(lines[at].text)
    if angled and DAY.search(angled[1]) and TIME.search(angled[1]):
        return Head(at, at + 1, stands_alone=True)
    rows = _rows_up_to_colon(lines, at)
    if not rows:
        return _flattened_at(lines, at)
    told = " ".join(rows).replace("< ", "<")
    following = _next(lines, at + len(rows), 1)
    is_followed = bool(following) and lines[following[0]].depth > lines[at].depth
    is_sure = _is_sure(told, is_followed=is_followed)
    if not is_sure and not (is_followed and _is_likely(told)):
        return None
    if len(rows) > 1 and _begins_below(rows):
        return None
    return Head(at, at + len(rows), stands_alone=is_sure, is_block=told.startswith("--"))


def _begins_below(rows: Sequence[str]) -> bool:
    """Whether the first of these rows is rather somebody's own, and the attribution begins in the second."""
    is_whole_below, has_moment = _is_sure(" ".join(rows[1:]), is_followed=True), _begins_somehow(rows[0])
    if BEGINS.match(" ".join(rows).replace("< ", "<")):
        return is_whole_below and not has_moment and len(rows[0].split()) >= MOST_WORDS and bool(BEGINS.match(rows[1]))
    return is_whole_below or not has_moment


def _rows_up_to_colon(lines: Sequence[Line], at: int) -> list[str]:
    """Return this row and those below it, up to the first that ends as an attribution does; none when there is no such row near."""
    rows: list[str] = []
    for row in lines[at : at + MOST_ROWS]:
        if not row.text or row.depth != lines[at].depth or len(row.text) > LONGEST or (rows and SENTENCE_ENDS.search(rows[-1])):
            return []
        rows.append(DIRECTION.sub("", row.text))
        if ENDS.search(rows[-1]):
            return rows
    return []


def _flattened_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return an attribution with the whole quotation behind it in one row, as some programs on phones flatten them."""
    ruled = RULED_AND_MORE.match(lines[at].text)
    if ruled and _is_said_alone(ruled[1]) and label_of(Line(lines[at].text[ruled.end(1) :])):
        return Head(at, at + 1, stands_alone=True, is_block=True)
    flat = FLATTENED.match(lines[at].text)
    return Head(at, at + 1, stands_alone=True, is_block=True) if flat and _is_sure(flat[1], is_followed=False) else None


def _end_of_place(lines: Sequence[Line], at: int) -> int:
    ends = at
    while ends < len(lines) and lines[ends].place == Place.HEAD:
        ends += 1
    return ends


def _begins_somehow(row: str) -> bool:
    """Whether a row may be the first of an attribution in a language whose words we do not know."""
    return bool(DAY.search(row) or TIME.search(row) or IN_BRACKETS.search(row))


def _is_sure(told: str, *, is_followed: bool) -> bool:
    """Whether this is an attribution whatever comes below: it names a day and a time and an address, or says that somebody wrote."""
    has_verb, has_moment = bool(VERB.search(told)), bool(DAY.search(told) and TIME.search(told))
    if has_verb and not re.search(r"\w", VERB.sub("", ADDRESS.sub("", told, count=1))):
        return bool(ADDRESS.search(told))  # "maya@tidemark.example wrote:", and nothing else
    if IN_BRACKETS.search(told):
        return has_verb or (has_moment and (is_followed or bool(ENDS_IN_BRACKET.search(told))))
    return has_verb and has_moment and (is_followed or _is_short_around_moment(told))


def _is_short_around_moment(told: str) -> bool:
    """Whether little more than a name and a verb stand around the day and the time: else it is a sentence that tells of something."""
    moments = [*DAY.finditer(told), *TIME.finditer(told)]
    before, after = told[: min(one.start() for one in moments)], told[moments[-1].end() :]
    return max(_lower(before), _lower(after)) <= MOST_WORDS


def _is_likely(told: str) -> bool:
    """Whether this is an attribution when a quotation follows."""
    has_verb, has_day, has_time = (bool(one.search(told)) for one in (VERB, DAY, TIME))
    if ADDRESS.search(told) or has_verb + has_day + has_time > 1:
        return True
    return has_verb and _lower(told) <= MOST_BESIDE_A_NAME  # "Maya Okafor wrote:", but not "When I asked, she wrote:"


def _lower(text: str) -> int:
    """Return how many words begin with a small letter."""
    return sum(word[:1].islower() for word in text.split())
