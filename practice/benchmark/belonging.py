"""Which organisations belong together, so that one person who founds many of them counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ambassadors.nominations.matching import email_key
from practice.models import LearningSession, PracticeAdministrator


def groups_of(organizations: Sequence[int]) -> dict[int, int]:
    """Return the group of each organisation, named by one of it. Two are of one group where somebody runs or has begun rounds of both,

    from one account or with several of one mailbox; and through a third. Domains tell nothing: thousands have theirs of one provider.
    """
    together: dict[str, list[int]] = defaultdict(list)
    running = PracticeAdministrator.objects.filter(organization__in=organizations)
    began = LearningSession.objects.filter(organization__in=organizations, begun_by__isnull=False)
    rows = [
        *running.values_list("organization", "person__email"),
        *began.values_list("organization", "begun_by__email").distinct(),
    ]
    for organization, address in rows:
        together[email_key(address)].append(organization)
    above = {one: one for one in organizations}
    for first, *others in together.values():
        for other in others:
            above[_top(above, other)] = _top(above, first)
    return {one: _top(above, one) for one in organizations}


def _top(above: dict[int, int], one: int) -> int:
    while above[one] != one:
        above[one] = one = above[above[one]]
    return one
