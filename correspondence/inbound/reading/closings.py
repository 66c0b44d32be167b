"""What follows somebody's words and is none of them: signatures, lines of the mail program, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from correspondence.inbound.reading.closing_words import (
    BETWEEN,
    CONTACT,
    DELIMITER,
    ENVIRONMENT,
    IMPRINT,
    LEGAL,
    LINK,
    MOBILE,
    NOTICE,
    PROSE_ENDS,
    RULER,
    SIGN_OFF,
    THANKS,
    THIS_MAIL,
    WIDE,
)
from correspondence.inbound.reading.lines import Line, Place
from correspondence.inbound.reading.vocabulary import DIRECTION

MOST_ROWS = 24
MOST_ROUNDS = 8
SHORT = 100
MOST_OF_A_MOTTO = 25  # words
MOST_OF_A_NAME = 3


def closing_of(lines: Sequence[Line], name: str) -> set[int]:
    """Return which lines of somebody's words, taken by themselves, close them: everything else stays. `name` is the writer's."""
    folded = {at for at, line in enumerate(lines) if line.place in {Place.SIGNATURE, Place.ARMOUR}}
    folded |= _below_delimiter(lines)
    for _round in range(MOST_ROUNDS):
        folded |= _last_of(lines, folded, name)
    return folded if _leaves_words_or_had_none(lines, folded) else _sure_of(lines, folded)


def _below_delimiter(lines: Sequence[Line]) -> set[int]:
    """Return the lines from "-- " on, but for sentences that were written below the signature."""
    filled = [at for at, line in enumerate(lines) if line.text][-2 * MOST_ROWS :]
    delimiter = next((at for at in filled if DELIMITER.match(lines[at].text)), None)
    if delimiter is None or _is_ruler(lines, delimiter):
        return set()
    rest = set(range(delimiter, len(lines)))
    for begins, ends in _paragraphs(lines, delimiter):
        if _is_prose(lines[begins:ends], begins > delimiter + 1):
            rest -= set(range(begins, ends))
    return rest


def _is_ruler(lines: Sequence[Line], delimiter: int) -> bool:
    """Whether two dashes stand alone between paragraphs of the writer's own: a signature begins in the line below them."""
    below = _paragraphs(lines, delimiter + 1)[:1]
    return any(begins > delimiter + 1 and _is_prose(lines[begins:ends], stands_apart=True) for begins, ends in below)


def _is_prose(rows: Sequence[Line], stands_apart: bool) -> bool:
    """Whether a paragraph below a signature reads like something that was written for this mail."""
    text = " ".join(row.text for row in rows)
    if not stands_apart or CONTACT.search(text) or _is_disclaimer(text) or _is_mobile(text):
        return False
    return bool(PROSE_ENDS.search(text)) and (len(text.split()) >= 5 or (len(text) > 12 and not text.isascii() and " " not in text))


def _paragraphs(lines: Sequence[Line], at: int = 0) -> list[tuple[int, int]]:
    """Return where each run of lines that are not blank begins and ends."""
    found: list[tuple[int, int]] = []
    for one in range(at, len(lines)):
        if not lines[one].text:
            continue
        if found and found[-1][1] == one:
            found[-1] = (found[-1][0], one + 1)
        else:
            found.append((one, one + 1))
    return found


def _last_of(lines: Sequence[Line], folded: set[int], name: str) -> set[int]:
    """Return the closing lines at the end of what is not folded yet; empty when there are no more."""
    open_lines = [at for at, line in enumerate(lines) if at not in folded and line.text]
    if not open_lines:
        return set()
    tail = open_lines[-MOST_ROWS:]
    last = _last_paragraph(lines, open_lines)
    return (
        _mobile_of(lines, last)
        or _disclaimer_of(lines, last)
        or _signed_off(lines, tail, name)
        or _named(lines, tail, name)
        or _ruled(lines, tail)
    )


def _last_paragraph(lines: Sequence[Line], open_lines: list[int]) -> list[int]:
    found: list[int] = []
    for at in reversed(open_lines):
        if found and found[0] - at > 1:
            break
        found.insert(0, at)
        if len(found) >= 4 * MOST_ROWS:
            break
    return found


def _is_mobile(text: str) -> bool:
    bare = LINK.sub(" ", DIRECTION.sub("", text)).strip(" \t*_<>()[]|")
    return len(bare) <= SHORT and bool(MOBILE.match(bare))


def _mobile_of(lines: Sequence[Line], last: list[int]) -> set[int]:
    """Return the line of a mail program that ends a paragraph: as few rows as make one, for somebody's words may stand above it."""
    for rows in (last[-1:], last[-2:], last[-3:]):
        if _is_mobile(" ".join(lines[at].text for at in rows)):
            return set(rows)
    return set()


def _disclaimer_of(lines: Sequence[Line], last: list[int]) -> set[int]:
    whole = " ".join(lines[at].text for at in last)
    if _is_disclaimer(whole) or NOTICE.match(whole):
        return set(last)
    # Without a blank line between them, the signature stands in the same paragraph.
    row = lines[last[-1]].text
    return {last[-1]} if len(last) > 1 and len(row) >= SHORT and _is_disclaimer(row) else set()


def _is_disclaimer(text: str) -> bool:
    """Whether a paragraph speaks of the mail and of the law, or is the imprint of a firm."""
    text = text[:2_000]
    size = len(text) + len(WIDE.findall(text))
    if size < 40:
        return False
    legal = {found.group().lower() for found in LEGAL.finditer(text)}
    imprint = {found.group().lower() for found in IMPRINT.finditer(text)}
    is_legal = len(legal) >= 2 and bool(THIS_MAIL.search(text)) and size >= 60
    return is_legal or len(imprint) >= 2 or bool(ENVIRONMENT.search(text))


def _signed_off(lines: Sequence[Line], tail: list[int], name: str) -> set[int]:
    """Return "Kind regards" and what follows it, when that is more than a name; only the card, when that begins with the name again."""
    for place in range(len(tail) - 1, -1, -1):
        below = [lines[at] for at in tail[place + 1 :]]
        if any(len(line.text) > 2 * SHORT for line in below):
            return set()
        if _is_sign_off(lines[tail[place]].text):
            is_more = (
                len(below) >= 4
                or (len(below) >= 2 and any(CONTACT.search(line.text) for line in below))
                or any(_is_card(line.text) for line in below)
                or (len(below) == 3 and not any(PROSE_ENDS.search(line.text) for line in below))
            )
            if is_more and _goes_on(lines[tail[place] + 1 : tail[-1] + 1]):
                return set()
            card = _card_below_name(lines, tail[place + 1 :], name) if is_more else None
            if card is not None:
                return {at for at in tail[place:] if at >= card}
            if place and _is_sign_off(lines[tail[place - 1]].text):
                place -= 1  # noqa: PLW2901  the Chinese one has two rows
            return set(tail[place:]) if is_more else set()
    return set()


def _card_below_name(lines: Sequence[Line], below: list[int], name: str) -> int | None:
    """Return where a card begins that stands apart below a name that was typed, and begins with it again."""
    typed, wanted = _folded_name(lines[below[0]].text), _folded_name(name)
    if not typed or len(typed.split()) > MOST_OF_A_NAME:
        return None
    starts = (typed, wanted) if wanted else (typed,)
    rows = (at for at in below[1:] if "@" not in lines[at].text.split()[0])  # an address often begins with the name, too
    first = next((at for at in rows if _folded_name(lines[at].text).startswith(starts)), None)
    return first if first is not None and not lines[first - 1].text else None


def _is_card(row: str) -> bool:
    """Whether one row is a whole card: "Maya Okafor | Harbour Fund | +44 20 7946 0123"."""
    return len(row) <= 2 * SHORT and len(BETWEEN.findall(row)) >= 2 and bool(CONTACT.search(BETWEEN.sub(" ", row)))


def _goes_on(below: Sequence[Line]) -> bool:
    """Whether somebody wrote on below their own name: paragraphs of sentences, and nothing that tells how to reach them."""
    if any(CONTACT.search(line.text) for line in below):
        return False
    prose = [
        below[begins:ends] for begins, ends in _paragraphs(below) if begins and _is_prose(below[begins:ends], stands_apart=True)
    ]
    return sum(len(line.text.split()) for rows in prose for line in rows) >= MOST_OF_A_MOTTO


def _is_sign_off(row: str) -> bool:
    """Whether a row is "Kind regards", or that with a name behind its comma."""
    wish, comma, name = row.partition(",")
    in_each_language = row.split(" / ") if len(row) <= SHORT else [row]
    return all(SIGN_OFF.match(one.strip()) for one in in_each_language) or bool(
        comma and SIGN_OFF.match(wish) and len(name.split()) <= 3 and name.strip().istitle()
    )


def _named(lines: Sequence[Line], tail: list[int], name: str) -> set[int]:
    """Return a block that begins with the writer's own name, and tells how to reach them or what they are."""
    wanted = _folded_name(name)
    if len(wanted) < (2 if WIDE.search(wanted) else 4):
        return set()
    for place in range(len(tail) - 1, -1, -1):
        row = lines[tail[place]].text
        if len(row) > SHORT * 1.5:
            return set()
        begins_apart = place == 0 or tail[place] - tail[place - 1] > 1
        if begins_apart and _names(row, wanted):
            below = [lines[at].text for at in tail[place:]]
            is_card = (len(below) > 1 and any(CONTACT.search(one) for one in below)) or _is_card(row)
            is_title = len(below) > 2 and _folded_name(row) == wanted and not any(PROSE_ENDS.search(one) for one in below)
            return set(tail[place:]) if is_card or is_title else set()
    return set()


def _names(row: str, wanted: str) -> bool:
    """Whether a row begins with the writer's name, or is one of their names."""
    found = _folded_name(row)
    return found.startswith(wanted) or (len(found) > 2 and set(found.split()) <= set(wanted.split()))


def _folded_name(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|\b(?:Dr|Prof|Mr|Mrs|Ms|Frau|Herr)\b\.?", " ", text).split()).casefold()


def _ruled(lines: Sequence[Line], tail: list[int]) -> set[int]:
    """Return what stands below or between drawn lines and tells how to reach somebody."""
    rulers = [place for place, at in enumerate(tail) if RULER.match(lines[at].text)]
    if not rulers:
        return set()
    ends_in_ruler = rulers[-1] == len(tail) - 1
    begins = (rulers[-2] if len(rulers) > 1 else None) if ends_in_ruler else rulers[-1]
    if begins is None:
        return set()
    inside = [lines[at].text for at in tail[begins:]]
    is_card = any(CONTACT.search(row) for row in inside) and all(len(row) <= SHORT for row in inside)
    return set(tail[begins:]) if is_card and len(inside) > 1 else set()


def _leaves_words_or_had_none(lines: Sequence[Line], folded: set[int]) -> bool:
    return any(line.text and at not in folded for at, line in enumerate(lines))


def _sure_of(lines: Sequence[Line], folded: set[int]) -> set[int]:
    """Where nothing else is left, fold only what is a closing for sure: thanks, for one, may be all that somebody has to say."""
    first = next((line.text for at, line in enumerate(lines) if line.text and line.place != Place.ARMOUR), "")
    thanks = (
        {at for at in sorted(folded) if THANKS.match(lines[at].text)} if THANKS.match(first) and SIGN_OFF.match(first) else set()
    )
    return folded - thanks
