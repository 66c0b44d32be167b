"""By which words two nominations may speak of one person. Nothing here reads the database."""

from __future__ import annotations

import unicodedata

TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "rev", "phd", "md", "jr", "sr"}
MAIL_OF_ONE = {"googlemail.com": "gmail.com"}  # two names of one mail service
DOTLESS = {"gmail.com"}  # dots before the @ say nothing there
INSIDE_A_WORD = "'\u2019\u02bc`"


def keys_of(name: str, email: str, organization: str) -> tuple[str, str, str]:
    """Return the three keys of a person: name, address and organisation, without what people write in different ways."""
    return name_key(name), email_key(email), organization_key(organization)


def name_key(name: str) -> str:
    """Return a name in small letters without accents, titles and punctuation: “Dr. José  Núñez” and “jose nunez” have one key."""
    words = _words(name)
    return " ".join([word for word in words if word not in TITLES] or words)[:120].strip()


def organization_key(name: str) -> str:
    """Return the name of an organisation in the same way."""
    return " ".join(_words(name))[:160].strip()


def email_key(email: str) -> str:
    """Return an address as the same mailbox may be written: small letters, without what stands behind a plus."""
    local, at, domain = email.strip().lower().rpartition("@")
    if not at:
        return ""
    domain = MAIL_OF_ONE.get(domain, domain)
    local = local.partition("+")[0] or local
    if domain in DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"[:254]


def may_be_one(mine: str, theirs: str) -> bool:
    """Whether two keys of names may be one person's: the same words, or initials where the other has names (J. Smith)."""
    one, two = mine.split(), theirs.split()
    if not one or not two:
        return False
    if sorted(one) == sorted(two):
        return True
    return one[-1] == two[-1] and _fits(one[0], two[0])


def may_be_colleague(mine: str, theirs: str) -> bool:
    """Whether two keys of names could be one person's if both work in one place: the last names are the same (Bill, William Smith)."""
    one, two = mine.split(), theirs.split()
    return bool(one and two) and one[-1] == two[-1]


def telling_word(name: str) -> str:
    """Return the word of a key by which to look for others that may be one person's."""
    words = name.split()
    if not words:
        return ""
    return words[-1] if len(words[-1]) > 1 else max(words, key=len)


def _fits(one: str, two: str) -> bool:
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


def _words(text: str) -> list[str]:
    """The words of a text in any script. Vowel signs belong to their word; marks above and below letters are left out."""
    plain = [char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char)]
    kept = [char if unicodedata.category(char)[0] in "LNM" else " " for char in plain if char not in INSIDE_A_WORD]
    return unicodedata.normalize("NFC", "".join(kept)).split()
