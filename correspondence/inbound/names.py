"""Words before the @ of our domain that are spoken for."""

from __future__ import annotations

from correspondence.addresses import at_our_domain, team_address
from correspondence.inbound.registry import inbound

# What mail servers and their people expect to find at any domain (RFC 2142), and what looks as if this house itself spoke.
USUAL = frozenset(
    {
        *("abuse", "admin", "administrator", "hostmaster", "info", "mailer-daemon", "no-reply", "noreply", "postmaster", "root"),
        *("security", "support", "webmaster"),
    }
)


def is_ours(word: str) -> bool:
    """Whether mail to this word at our domain goes to a door of ours, or should go to whoever runs the mail server."""
    return word in inbound or word in USUAL or is_of_team(word)


def is_of_team(word: str) -> bool:
    """Whether the community chose it for its own mail."""
    return at_our_domain(word).lower() == team_address().lower()
