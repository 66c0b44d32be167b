"""What the leads of a case see of who the nominee may be already. `ambassadors/nominations/_doubles.html` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import NominationMatch
from ambassadors.nominations import rules, workflow
from ambassadors.nominations.doubles import is_known_as_declined

if TYPE_CHECKING:
    from ambassadors.models import Nomination, User


@dataclass(frozen=True)
class DoubleLine:
    """One possible double: who, what they are here, and the buttons there are."""

    pk: int
    name: str
    url: str
    what: str
    state: str
    may_join: bool
    may_tell_apart: bool


@dataclass(frozen=True)
class DoublesPanel:
    """All of them for one case."""

    lines: list[DoubleLine]
    was_declined: bool

    def __bool__(self) -> bool:
        return bool(self.lines) or self.was_declined


def doubles_panel(nomination: Nomination, reader: User) -> DoublesPanel:
    """Return what `reader`, who leads the case, may know. A match with a case that is closed to them is left out."""
    matches = NominationMatch.objects.visible_to(reader).about(nomination)
    rows = matches.select_related("nomination", "other", "person__ambassador").order_by("pk")
    may_say = rules.leads(reader, nomination)  # the rows are open to them on both sides: asked once, not for each
    return DoublesPanel([_line(match, nomination, may_say=may_say) for match in rows], is_known_as_declined(nomination))


def _line(match: NominationMatch, nomination: Nomination, *, may_say: bool) -> DoubleLine:
    name, url, what = _who(match, nomination)
    buttons = [may_say and match.status in move.sources for move in (workflow.SAME, workflow.DIFFERENT)]
    return DoubleLine(match.pk, name, url, what, match.get_status_display(), *buttons)


def _who(match: NominationMatch, nomination: Nomination) -> tuple[str, str, str]:
    if match.person is not None:
        own = getattr(match.person, "ambassador", None)
        what = own.get_status_display() if own else _("an account without a profile")
        return match.person.name, own.get_absolute_url() if own else "", what
    other = match.nomination if match.other_id == nomination.pk else match.other
    assert other is not None  # noqa: S101  the constraint of the table
    begun = f"{other.created_at:%Y-%m-%d}"
    return other.name, "", _("nomination of %(day)s, %(state)s") % {"day": begun, "state": other.get_status_display()}
