"""Who sees how groups of an organisation's people see it: whoever runs its sessions, and nobody else."""

from tests.access import Row
from tests.practice import practising
from tests.practice.access import OWN, state


def by_group(cast):
    people = practising.named(4, "board") + practising.named(4, "staff", start=5)
    held = practising.session(cast.ambassador, people=people)
    practising.answered(held, {"list-is-open": [1, 1, 2, 2, 4, 4, 4, 3]})
    return {"pk": practising.closed(held, cast.ambassador).pk}


ROWS = [Row("practice:group-results", OWN, build=by_group, state=state)]
