"""By which words two nominations may speak of one person. Nothing here reads the database."""

from __future__ import annotations

import re
import unicodedata

TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "rev"}
DOTLESS = {"gmail.com", "googlemail.com"}  # dots before the @ say nothing there


def keys_of(name: str, email: str, organization: str) -> tuple[str, str, str]:
    """Return the three keys of a person: name, address and organisation, without what people write in different ways."""
    return name_key(name), email_key(email), " ".join(_letters(organization))


def name_key(name: str) -> str:
    """Return a name in small letters without accents, titles and punctuation: “Dr. José  Núñez” and “jose nunez” have one key."""
    words = [word for word in _letters(name) if word not in TITLES]
    return " ".join(words)[:120]


def email_key(email: str) -> str:
    """Return an address as the same mailbox may be written: small letters, without what stands behind a plus."""
    local, at, domain = email.strip().lower().rpartition("@")
    if not at:
        return ""
    local = local.partition("+")[0]
    if domain in DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def may_be_one(mine: str, theirs: str) -> bool:
    """Whether two keys of names may be one person's: the same, or one with initials where the other has names (J. Smith)."""
    if mine == theirs:
        return bool(mine)
    one, two = mine.split(), theirs.split()
    if not one or not two or one[-1] != two[-1]:
        return False
    return _fits(one[0], two[0])


def _fits(one: str, two: str) -> bool:
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


def _letters(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char)))
