"""The link to a ballot: it opens that one vote and nothing else, until the vote is over.

No row says whose a ballot is, in an open round either: its key is a keyed hash of the nonce of whoever was asked, as the key of a sheet
in an anonymous round (`practice.answering.link`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from foundation import tokens
from foundation.secrecy import address_token, fits, keyed_hash, keyed_hashes, row_of
from practice.models import Ballot, Voter

PURPOSE = "practice voter"
BALLOT = "practice ballot"


def url_of(voter: Voter) -> str:
    """The link itself, for a mail; derived again whenever it is mailed."""
    return settings.SITE_URL + reverse("practice:ballot", args=[address_token(PURPOSE, voter.pk, voter.nonce)])


def voter_of(token: str) -> Voter:
    """Return whose link this is; raises TokenRefused when it opens nothing."""
    pk = row_of(token)
    rows = Voter.objects.select_related("vote__session__organization", "respondent")
    found: Voter | None = rows.filter(pk=pk).first() if pk else None
    if found is None or not fits(token, PURPOSE, found.pk, found.nonce):
        raise tokens.TokenUnknown
    return found


def ballot_of(voter: Voter) -> Ballot | None:
    """Return the ballot of a voter, once there is one."""
    found: Ballot | None = Ballot.objects.filter(vote=voter.vote_id, key__in=keyed_hashes(BALLOT, _said(voter))).first()
    return found


def ballot_key(voter: Voter) -> str:
    """Return the key of a voter's ballot."""
    return keyed_hash(BALLOT, _said(voter))


def without_ballot(voters: Iterable[Voter]) -> list[Voter]:
    """Return those of the voters of one vote who have not voted: for a reminder, and for no page."""
    keys = {voter: set(keyed_hashes(BALLOT, _said(voter))) for voter in voters}
    kept = set(Ballot.objects.filter(key__in=set().union(*keys.values())).values_list("key", flat=True))
    return [voter for voter, own in keys.items() if not own & kept]


def _said(voter: Voter) -> str:
    return f"{voter.pk}:{voter.nonce}"
