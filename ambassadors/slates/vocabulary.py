"""The words of a plain answer in English, and a line of text cut into them. Knows no database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SUPPORT, NO_VIEW, CONCERN = "support", "no view", "concern"

PHRASES = {
    SUPPORT: """yes; y; yep; yeah; aye; yes please; strong yes; clear yes; big yes; definite yes; definitely yes; absolutely yes;
        a yes; a clear yes; yes from me; yes definitely; yes absolutely; yes of course; i say yes; i vote yes; vote yes; my vote is yes;
        support; supported; supports; i support; i fully support; i strongly support; i would support; i'd support; i do support;
        fully support; strongly support; happy to support; gladly support; full support; my support; my full support;
        in favour; in favor; i am in favour; i am in favor; i'm in favour; i'm in favor; am in favour; am in favor;
        agree; agreed; i agree; +1; 👍; ✅; ✔""",
    NO_VIEW: """no view; no views; no - view; no opinion; no opinions; no - opinion; i have no view; i have no opinion; have no view;
        no particular view; no view from me; abstain; i abstain; abstaining; abstention; abstained; pass; i pass; skip; i skip;
        don't know; dont know; do not know; i don't know; i dont know; i do not know; don't know them; don't know her; don't know him;
        i don't know them; i don't know her; i don't know him; i do not know them; i do not know her; i do not know him;
        dont know them; dont know her; dont know him; no idea; can't say; cannot say; i can't say; i cannot say; 🤷""",
    CONCERN: """concern; concerns; concerned; a concern; private concern; i have a concern; i have concerns; have a concern;
        i have a private concern; i am concerned; i'm concerned; im concerned; am concerned; worried; worry; worries; i am worried;
        i'm worried; im worried; i worry; a worry; no; nope; nay; not in favour; not in favor; against; i am against; i'm against;
        opposed; do not support; don't support; dont support; i do not support; i don't support; i cannot support; i can't support;
        cannot support; can't support; not support; no support; 👎; ❌""",
}
NEEDS_A_STOP = {"no", "nope", "nay"}  # "no she never answers" may go on in any way: its words are taken after a stop only
EMPTY_WORDS = {"none", "no", "nothing", "n / a", "na", "nil", "not really"}  # "concern: none" says there is none, or does it?
HEDGES = {
    *("but", "however", "although", "though", "yet", "except", "unless", "if", "only", "not", "never", "doubt", "doubts", "unsure"),
    *(
        "maybe",
        "perhaps",
        "probably",
        "might",
        "wait",
        "sorry",
        "actually",
        "rather",
        "or",
        "instead",
        "mistake",
        "wrong",
        "despite",
    ),
    *("caveat", "caution", "hesitant", "hesitate", "hesitation", "reservation", "reservations", "reserve", "without", "provided"),
    *("depends", "unclear", "scratch", "correction", "hmm", "still", "less", "no"),
}
HEDGES_OF_NO_VIEW = {
    *("but", "however", "although", "though", "yet", "wait", "actually", "or", "instead", "except", "sorry", "mistake", "wrong"),
    *("unless", "maybe", "perhaps", "rather", "correction", "scratch", "still", "hmm"),
}
OPENING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|thanks?|thank you|many thanks|with thanks|thx|cheers|best|"
    r"best wishes|kind regards|best regards|warm regards|regards|warmly|sincerely|yours|all the best|take care|sent from)\b",
    re.IGNORECASE,
)
TOKEN = re.compile(r"(?<![\d+])\+1(?!\d)|\d+|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|[^\w\s]|_")
NOISE = set('*_"“”„`|()[]{}#№•·>‣◦~^<«»')
SKIPPED = {0xFE0F, 0x20E3, 0x200D, *range(0x1F3FB, 0x1F400)}  # what turns a character into an emoji, and its colour


@dataclass(frozen=True)
class Token:
    """One word, number or mark: as it is compared, and where it stands in its line."""

    text: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """Its value, where it is a number that a slate may have."""
        return int(self.text) if self.text.isascii() and self.text.isdigit() and len(self.text) <= 3 else None


def plain_line(line: str) -> str:
    """Return a line of the same length in which every kind of digit is a plain one, so that places in it are places in the line."""
    return "".join(_plain(char) for char in line)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if ord(char) in SKIPPED:
        return " "
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char


def folded(word: str) -> str:
    """Return a word as it is compared: without case and accents."""
    apart = unicodedata.normalize("NFKD", word.casefold().replace("\u2019", "'"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def tokens_of(line: str) -> list[Token]:
    """Cut a line into words, numbers and marks; what only decorates is left out."""
    found = (Token(folded(match.group()), match.start(), match.end()) for match in TOKEN.finditer(plain_line(line)))
    return [token for token in found if token.text and token.text not in NOISE]


def _table() -> dict[tuple[str, ...], str]:
    phrases = {}
    for kind, words in PHRASES.items():
        for phrase in words.split(";"):
            phrases[tuple(token.text for token in tokens_of(phrase))] = kind
    return phrases


ANSWERS = _table()
LONGEST = max(len(phrase) for phrase in ANSWERS)
ANSWER_WORDS = {word for phrase in ANSWERS for word in phrase} - {
    *(
        "i",
        "a",
        "my",
        "is",
        "of",
        "course",
        "from",
        "me",
        "the",
        "have",
        "am",
        "i'm",
        "im",
        "do",
        "to",
        "in",
        "happy",
        "big",
        "clear",
    ),
    *("strong", "full", "fully", "strongly", "definitely", "absolutely", "definite", "please", "them", "her", "him", "idea", "say"),
    *("know", "don't", "dont", "can't", "cannot", "would", "i'd", "particular", "private", "-", "gladly", "have", "not"),
}


def answer_at(tokens: list[Token], place: int) -> tuple[str, int] | None:
    """Return the kind of answer that begins at this place, and where it ends: the longest that is known."""
    for length in range(min(LONGEST, len(tokens) - place), 0, -1):
        kind = ANSWERS.get(tuple(token.text for token in tokens[place : place + length]))
        if kind:
            return kind, place + length
    return None


STOPS_A_CONCERN = {":", ".", ")", "-", "\u2013", "—", "="}  # after a number: what follows may be about somebody else
