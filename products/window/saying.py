"""What a mail says of an edition before it is public. Only what is certain is noted at once; a machine guesses no objection away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from correspondence.inbound.yes_or_no import Word, said_in
from products.models import Opinion

K = Opinion.Kind
BACK, SETTLED = "take it back", "that answers it"
GREETING = 4  # words
SIGN = r"\s*(?:[:,;.!\u2013\u2014-]+|$)\s*"
OBJECTS = re.compile(rf"(?:i\s+(?:do\s+)?object|objection|object)(?:\s+to\s+(?:it|this))?{SIGN}", re.IGNORECASE)
SUGGESTS = re.compile(rf"(?:i\s+suggest|suggestion|suggest){SIGN}", re.IGNORECASE)
STANDS = re.compile(
    rf"(?:yes\s*[,.:]?\s*)?(?:(?:i|we)\s+(?:fully\s+|gladly\s+)?(?:stand\s+behind|support|agree\s+with)\s+(?:it|this)|(?:i\s+)?agreed?|\+1){SIGN}",
    re.IGNORECASE,
)
TAKES_BACK = re.compile(
    rf"(?:i\s+)?(?:take\s+(?:it|this|that|my\s+\w+)\s+back|withdraw(?:\s+(?:it|this|my\s+\w+))?){SIGN}", re.IGNORECASE
)
SETTLES = re.compile(
    rf"(?:yes\s*[,.:]?\s*)?(?:that|this|it)\s+(?:answers|settles|does)\s+(?:it|that|this|my\s+\w+){SIGN}", re.IGNORECASE
)
# Words that may mean an objection, wherever they stand: whoever wrote them is asked.
MAY_OBJECT = re.compile(
    r"\b(object(?:s|ed|ing|ion|ions)?|veto|oppose[ds]?|against|(?:not|n['\u2019]t|never|cannot|without)\b)", re.IGNORECASE
)
BUT = re.compile(r"(but|except|if|unless|only)\b", re.IGNORECASE)
MAY_STAND = re.compile(r"\b(stand behind|agree|support)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a mail says: a kind of opinion, or that it takes something back; empty where that is not clear.

    It is `marked` where its writer named the kind: what is not may be meant otherwise by somebody who has objected.
    """

    kind: str
    words: str = ""
    marked: bool = False


def read(text: str) -> Said:
    """Return what the new words of a mail say. The first line decides, a greeting before it left out.

    Whoever stands behind it and says more is understood so only where nothing in it may mean an objection, or a change of mind.
    """
    lines = _without_greeting(text)
    first, rest = (lines[0], "\n".join(lines[1:]).strip()) if lines else ("", "")
    for pattern, kind in ((OBJECTS, K.OBJECTS), (SUGGESTS, K.SUGGESTS), (TAKES_BACK, BACK), (SETTLES, SETTLED), (STANDS, K.STANDS)):
        if match := pattern.match(first):
            return _beginning(kind, "\n".join(part for part in (first[match.end() :].strip(), rest) if part))
    return _unmarked(first, rest)


def _beginning(kind: str, words: str) -> Said:
    if kind in {K.OBJECTS, K.SUGGESTS}:
        return Said(kind, words, marked=True) if words else Said("")
    if kind == K.STANDS and (MAY_OBJECT.search(words) or BUT.match(words)):
        return Said("", words)
    return Said(kind, words, marked=True)


def _unmarked(first: str, rest: str) -> Said:
    """Without a word that says which: a bare yes stands behind it, a bare no is unclear, any other words are a suggestion."""
    words = "\n".join(part for part in (first, rest) if part)
    bare = said_in(first) if first else Word.UNCLEAR
    if bare == Word.YES:
        return Said(K.STANDS, rest) if not MAY_OBJECT.search(rest) else Said("", words)
    if bare == Word.NO:
        return Said("", rest)
    if MAY_OBJECT.search(words) or MAY_STAND.search(first) or not words:
        return Said("", words)
    return Said(K.SUGGESTS, words)


def _without_greeting(text: str) -> list[str]:
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) > 1 and lines[0].endswith((",", "\uff0c")) and len(lines[0].split()) <= GREETING and not STANDS.match(lines[0]):
        lines = lines[1:]
    while lines and not lines[0]:
        lines = lines[1:]
    return lines
