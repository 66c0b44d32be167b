"""What a free line says of outreach: how many people, whom, whether counted, and where it can be seen. Pure, and modest: no guesses.

What could mean two things is left empty for its writer to fill in; the words themselves are always kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

ROOM = 240
MOST_READ = 2000  # characters of a mail in which numbers are looked for
MOST_DIGITS = 15
MOST_REACH = 100_000_000

LINK = re.compile(r"https?://[^\s<>\"'()\[\]]+", re.IGNORECASE)
ADDRESS = re.compile(r"\S+@\S+")
MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
# Numbers that count no people: days, times, shares, money, lengths, and places in a piece.
NOT_PEOPLE = re.compile(
    rf"""
      \b\d{{4}}-\d{{2}}-\d{{2}}\b | \b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b(?!\s*(?:k\b|million|thousand))
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b\.?(?:\s+\d{{4}})? | \b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?
    | \b\d{{1,2}}:\d{{2}}\b | \b\d{{1,2}}\s*(?:am|pm|o'clock)\b | \b\d+(?:st|nd|rd|th)\b
    | \d[\d.,]*\s?(?:%|percent\b|per\ cent\b) | [$€£]\s?\d[\d.,]*(?:\s?(?:k|m|million|thousand)\b)? | \d[\d.,]*\s?(?:[$€£]|usd\b|eur\b|dollars?\b|euros?\b|pounds?\b)
    | \b(?:pages?|chapters?|versions?|rooms?|pillars?|parts?|numbers?|no\.|vol\.?|volumes?|issues?|editions?|slides?|modules?|principles?)\s*\#?\d[\d.]* | \#\d+
    | \b(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]?(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|pages?|slides?|times|sessions?)\b
    | \b(?:19|20)\d{{2}}\b(?=\s*(?:[.,;:)]|$|conference|summit|meeting|edition|report|survey|plan|budget))
    | \b(?:in|since|of|from|until|by)\s+(?:19|20)\d{{2}}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SIZES = {"dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 1_000_000}
DIGITS = r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
TENS = "|".join(sorted(UNITS, key=len, reverse=True))
NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<digits>{DIGITS})|(?P<word>(?:{TENS})(?:[-\s](?:{TENS}))?|an?))?(?:\s*(?P<size>k|dozen|hundred|thousand|million)\b)?(?!\w)",
    re.IGNORECASE,
)
RANGE = re.compile(r"^\s*(?:-|\u2013|to|and)\s*$", re.IGNORECASE)
ROUGHLY = re.compile(
    r"\b(about|around|roughly|approximately|approx|nearly|almost|over|more than|at least|some|maybe|perhaps|probably|guess|estimated?|circa|ca|up to|between)\b|~",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(counted|exactly|measured|registered|registrations?|signed in|attendance|attended|showed up|views?|viewed|clicks?|clicked|opened|opens|downloads?|downloaded)\b",
    re.IGNORECASE,
)
NAMES_OF_PEOPLE = (
    "people persons folks souls participants attendees listeners readers viewers guests visitors members friends contacts others "
    "recipients addresses inboxes copies organizations organisations nonprofits charities schools agencies leaders managers directors "
    "executives ceos views clicks opens downloads registrations likes women men parents families neighbours neighbors"
)
PEOPLE = frozenset(NAMES_OF_PEOPLE.split())
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
REACH_OF_NOUN = 3  # words between a number and what it counts


@dataclass(frozen=True)
class Read:
    """What was read out of a line. `network` is the key of the category that its words name; None where nothing says so clearly."""

    what: str
    reach: int | None = None
    is_measured: bool = False
    network: int | None = None
    link: str = ""

    @property
    def has_found_something(self) -> bool:
        """Whether there is more than the words."""
        return self.reach is not None or self.network is not None or bool(self.link)


class Number(NamedTuple):
    """A number in the words: its value, and where it stands."""

    value: int
    start: int
    end: int
    is_bare: bool = False


def read(words: str, networks: Mapping[str, int]) -> Read:
    """Read `words`. `networks` has the words that name a category, in lower case, with its key."""
    text = " ".join(words.split())[:MOST_READ]
    links = LINK.findall(text)
    plain = _blanked(text)
    named = _named(plain, networks)
    counted = _the_one(_numbers(plain), plain, named)
    network = _network_of(counted, plain, named)
    is_measured = counted is not None and bool(COUNTED.search(plain)) and not ROUGHLY.search(plain)
    link = links[0].rstrip(".,;:!?") if len(links) == 1 else ""
    reach = counted.value if counted else None
    return Read(shortened(text), reach, is_measured and not _is_range(counted, plain), network, link)


def _blanked(text: str) -> str:
    """The words with whatever counts no people taken out, each character by a stroke, so that places stay."""
    for pattern in (LINK, ADDRESS, NOT_PEOPLE):
        text = pattern.sub(lambda found: "|" * len(found.group()), text)
    return text


def _numbers(text: str) -> list[Number]:
    found = [_number(match) for match in NUMBER.finditer(text) if match.group()]
    return [number for number in found if number is not None and 0 < number.value <= MOST_REACH]


def _number(match: re.Match[str]) -> Number | None:
    digits, word, size = match.group("digits"), (match.group("word") or "").lower(), (match.group("size") or "").lower()
    if not digits and not size and word in {"a", "an"}:
        return None
    if (not digits and not word) or len(digits or "") > MOST_DIGITS:
        return None  # "hundreds" of people, "the dozen": nobody counted
    base = (
        _of_digits(digits) if digits else sum(UNITS.get(one, 1 if one in {"a", "an"} else 0) for one in re.split(r"[-\s]+", word))
    )
    return Number(round(base * SIZES.get(size, 1)), match.start(), match.end(), is_bare=not digits and not size)


def _of_digits(digits: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+", digits)
    return float(re.sub(r"[,.\u00a0\u202f ]", "", digits) if grouped else digits)


def _nouns_after(number: Number, text: str) -> list[str]:
    """The few words after a number, up to the end of the clause."""
    rest = re.split(r"[,;:.!?()|]|\band\b|\bin\b|\bat\b|\bfrom\b|\bon\b|\bof the\b", text[number.end :], maxsplit=1)[0]
    return [word.lower() for word in WORD.findall(rest)][:REACH_OF_NOUN]


def _counts_people(number: Number, text: str, named: Iterable[tuple[str, int, int]]) -> bool:
    nouns = _nouns_after(number, text)
    after = [start for _word, _key, start in named if number.end <= start]
    near = (
        bool(after) and len(WORD.findall(text[number.end : min(after)])) < REACH_OF_NOUN and min(after) < _clause_end(number, text)
    )
    return near or any(noun in PEOPLE for noun in nouns)


def _clause_end(number: Number, text: str) -> int:
    found = re.search(r"[,;:.!?()|]|\band\b", text[number.end :])
    return number.end + found.start() if found else len(text)


def _the_one(numbers: list[Number], text: str, named: list[tuple[str, int, int]]) -> Number | None:
    """The one number that counts people; of a range the lower end. None where there is none, or more than one could be meant."""
    numbers = _without_upper_ends(numbers, text)
    counting = [one for one in numbers if _counts_people(one, text, named)]
    if counting:
        return counting[0] if len(counting) == 1 else None
    others = [one for one in numbers if not one.is_bare]
    return others[0] if len(others) == 1 and len(numbers) == 1 else None


def _without_upper_ends(numbers: list[Number], text: str) -> list[Number]:
    """One number for each range, which ends where the range does."""
    kept: list[Number] = []
    for one in numbers:
        if kept and _joins(text[kept[-1].end : one.start]) and kept[-1].value < one.value:
            kept[-1] = kept[-1]._replace(end=one.end)
        else:
            kept.append(one)
    return kept


def _joins(between: str) -> bool:
    return bool(RANGE.match(between))


def _is_range(number: Number | None, text: str) -> bool:
    return number is not None and len(_numbers(text[number.start : number.end])) > 1


def _named(text: str, networks: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """The words of categories that stand in the text, the longer before the shorter where they overlap, with key and place."""
    found: list[tuple[str, int, int]] = []
    lower = text.lower()
    for word in sorted(networks, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", lower):
            if not any(start <= match.start() < start + len(longer) for longer, _key, start in found):
                found.append((word, networks[word], match.start()))
    return sorted(found, key=lambda one: one[2])


def _network_of(number: Number | None, text: str, named: list[tuple[str, int, int]]) -> int | None:
    """What the number counts, else the only category that is named."""
    if number is not None:
        after = [(start, key) for _word, key, start in named if number.end <= start < _clause_end(number, text)]
        if after:
            return min(after)[1]
    keys = {key for _word, key, _start in named}
    return keys.pop() if len(keys) == 1 else None


def shortened(text: str) -> str:
    """Return as much of a line as an entry has room for, cut between words."""
    return text if len(text) <= ROOM else text[: ROOM - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
