"""How somebody gets on with websites, read from the words in which they say it. What says nothing of it, or says two things, is nothing."""

from __future__ import annotations

import re

from ambassadors.models import Ambassador

C = Ambassador.TechComfort
A_HAND = (
    r"\b(a (helping )?hand|(need|needs|like|likes|want|with|some|of|your) (some |your |a little )?help|struggl\w*|lost|difficult\w*|hard|badly|"
    r"poorly|nervous|slow\w*|patien\w+|(not|n.t) (so |very |too |really |that )?(well|good|great|easy|easily|at home|comfortable|confident|"
    r"at ease)|uncomfortable|don.t get (on|along)|hilfe|aide|ayuda)\b"
)
AT_HOME = (
    r"\b(at home|(very|really|quite) (well|good|comfortable|confident)|easily|no (problem|problems|trouble)|love|expert|confident|comfortable|"
    r"great|at ease)\b"
)
ALONG = (
    r"\b(gets? (on|along|by)|okay|ok|all right|alright|so so|so-so|well enough|good enough|fine|mostly|average|manage|geht so)\b"
)
# From the words that take others along to those that stand alone: "not at home" is told before "at home" is looked for.
SAID = ((C.LIKES_A_HAND, A_HAND), (C.AT_HOME, AT_HOME), (C.GETS_ALONG, ALONG))


def comfort_in(words: str) -> str:
    """Return what the words say, as the profile keeps it; empty where they do not say it, or say more than one thing."""
    left, found = " ".join(words.replace("\u2019", "'").casefold().split()), []
    for value, pattern in SAID:
        left, times = re.subn(pattern, " ", left)
        found += [value] * bool(times)
    if found == [C.AT_HOME, C.GETS_ALONG]:  # "I get along very well"
        return str(C.AT_HOME)
    return str(found[0]) if len(found) == 1 else ""
