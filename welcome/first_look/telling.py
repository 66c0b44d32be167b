"""What is mailed to pairs: that they look together, once for each company they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence import outbox

if TYPE_CHECKING:
    from welcome.models import LookPair


def tell_pair(pair: LookPair) -> None:
    """Tell everybody in a pair with whom they look, where the look has opened; nobody hears of the same company twice."""
    if not pair.look.is_open:
        return
    seats = list(pair.seats.here().select_related("person"))
    company = "-".join(str(pk) for pk in sorted(seat.person_id for seat in seats))
    for seat in seats:
        key = f"first-look:{pair.pk}:{company}:{seat.person_id}"
        outbox.post("first_look_pair", seat.person, key=key, pair=pair.pk)
