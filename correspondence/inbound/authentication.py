"""What our own mail server says of where a mail comes from (RFC 8601). Nobody else's word counts, and ARC seals are not looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from correspondence.inbound.parsing import headers_of

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail

ESCAPED = re.compile(r"\\.")
QUOTED = re.compile(r'"[^"]*"')
COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"^\s*dmarc(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
HEADER_FROM = re.compile(r"\bheader\.from\s*=\s*([^\s;]+)", re.IGNORECASE)


def fails_dmarc(mail: ParsedMail) -> bool:
    """Whether our own mail server says that the mail does not come from where it says."""
    return any(result == "fail" for result, _domain in _told(mail))


def passes_dmarc(mail: ParsedMail) -> bool:
    """Whether our own mail server says that the domain in From stands behind this mail.

    Where its name stands over several results, all must say so, and of that domain: what the sender wrote in its name opens nothing.
    """
    own, told = mail.sender.partition("@")[2], _told(mail)
    return bool(own and told) and all(result == "pass" and domain in {"", own} for result, domain in told)


def _told(mail: ParsedMail) -> list[tuple[str, str]]:
    """Each result about DMARC in the name of our server, with the domain it speaks of where it names one."""
    told = []
    for line in headers_of(mail.message, "Authentication-Results") if settings.INBOUND_AUTHSERV_ID else []:
        server, *results = _without_asides(line).split(";")
        if server.split()[:1] == [settings.INBOUND_AUTHSERV_ID.lower()]:
            told += [(found.group(1), _domain_of(result)) for result in results if (found := RESULT.match(result))]
    return told


def _domain_of(result: str) -> str:
    domain = HEADER_FROM.search(result)
    return domain.group(1).rstrip(".") if domain else ""


def _without_asides(line: str) -> str:
    """Without comments and quoted words, in which a sender can have our server repeat whatever they like."""
    plain = QUOTED.sub('""', ESCAPED.sub("", line.lower()))
    for _depth in range(5):
        plain = COMMENT.sub(" ", plain)
    return plain
