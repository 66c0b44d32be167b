"""What the outbox says against what the mail server has."""

from __future__ import annotations

from collections import Counter

from foundation.secrecy import row_of
from tests.storm.mailserver import Taken
from tests.storm.site import Site

NOT_SENT = {"failed", "unwanted", "waiting", "in digest"}


def account_for(site: Site, *, since: int = 0) -> Counter[str]:
    """Count the mails after row `since` by what became of them. `lost`, `twice` and `astray` must not be in it.

    "lost": the row says sent and the server has nothing, or the mail is still on its way when all has settled.
    "twice": the server has it more than once. "astray": the server has what must not have gone, or what no row knows.
    """
    taken = Counter(row_that_sent(mail) for mail in site.mail.taken)
    rows = dict(site.rows("SELECT id, state FROM correspondence_outgoingmail"))
    result = Counter(_verdict(state, taken[pk]) for pk, state in rows.items() if pk > since)
    return result + Counter(astray=len(taken.keys() - rows.keys())) + Counter(twice=_same_twice(site))


def row_that_sent(mail: Taken) -> int | None:
    """The row of the outbox, which the bounce address names."""
    return row_of(mail.sender.partition("+")[2].partition("@")[0])


def _same_twice(site: Site) -> int:
    """How many mails somebody has twice under one Message-ID, although different rows sent them."""
    rows_by_mail: dict[tuple[str, str], set[int | None]] = {}
    for mail in site.mail.taken:
        rows_by_mail.setdefault((mail.message_id, mail.recipient), set()).add(row_that_sent(mail))
    return sum(len(rows) > 1 for rows in rows_by_mail.values())


def _verdict(state: str, times: int) -> str:
    if times > 1:
        return "twice"
    if state == "sent":
        return "sent once" if times else "lost"
    if state == "unknown":
        return "unknown"
    if state in NOT_SENT:
        return "astray" if times else state
    return "lost"
