"""What ambassadors say on a slate. Each answer is kept: one that comes in time counts, one that comes after the close is kept as late."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Concern, Slate, SlateAnswer, SlateEntry
from ambassadors.models.nomination import WORDS_ROOM
from ambassadors.slates import rules
from ambassadors.vetting.workflow import keep_concern
from foundation.models import Via
from foundation.workflow import TransitionRefused, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ambassadors.models import User

A = SlateAnswer.Answer


@dataclass(frozen=True)
class Said:
    """What somebody says of one nominee. A concern has words: they go to the vetting leads and to nobody else."""

    answer: str
    concern: str = ""

    def __post_init__(self) -> None:
        if self.answer == A.CONCERN and not self.concern.strip():
            raise ValidationError(_("A few words tell the vetting leads what to look into."))
        if len(self.concern) > WORDS_ROOM:
            raise ValidationError(_("Please keep it within %(most)s characters.") % {"most": WORDS_ROOM})


@dataclass
class Noted:
    """What became of the answers to one slate, by number: counted, kept as late, or not taken, because it was not theirs to answer."""

    is_late: bool
    kept: list[int] = field(default_factory=list)
    barred: dict[int, str] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)


@transaction.atomic
def give(slate: Slate, said: Mapping[int, Said], *, by: User, via: Via = Via.WEB) -> Noted:
    """Keep what `by` says of the nominees with these numbers; what they said of them before is replaced, while the slate is open.

    Of an answer that comes after the close the first words stay as well: they are what counted.
    """
    if not by.is_member:
        raise PermissionDenied(f"{by} may not answer")
    # An answer and the close meet here: whoever has the row first decides whether this counts, and nothing falls between.
    locked = Slate.objects.select_for_update(no_key=True).get(pk=slate.pk)
    if locked.status == Slate.Status.DRAFT:
        raise TransitionRefused(f"{slate} is not open")
    noted = Noted(is_late=not locked.takes_answers)
    stepped = rules.stepped_back(by, locked)
    for entry in SlateEntry.objects.filter(slate=locked, number__in=said).select_related("nomination").order_by("number"):
        if reason := rules.why_barred(by, entry, stepped):
            noted.barred[entry.number] = reason
        elif is_gone(entry, locked):
            noted.gone.append(entry.number)
        else:
            _keep(entry, said[entry.number], by, via, is_late=noted.is_late)
            noted.kept.append(entry.number)
    return noted


def is_gone(entry: SlateEntry, slate: Slate) -> bool:
    """Whether nothing is asked about them any more. After the close only a case that is forgotten takes no more words."""
    still_asked = slate.status == Slate.Status.CLOSED or entry.nomination.status == "slate"
    return entry.taken_off_at is not None or entry.nomination.cleared_at is not None or not still_asked


def _keep(entry: SlateEntry, said: Said, by: User, via: Via, *, is_late: bool) -> None:
    before = SlateAnswer.objects.filter(entry=entry, person=by, is_late=is_late).select_related("concern").first()
    concern = _concern(entry, said, by, via, before.concern if before else None)
    kept = {"answer": said.answer, "concern": concern, "via": via, "at": timezone.now()}
    SlateAnswer.objects.update_or_create(entry=entry, person=by, is_late=is_late, defaults=kept)


def _concern(entry: SlateEntry, said: Said, by: User, via: Via, before: Concern | None) -> Concern | None:
    """Return the concern that holds now. One that leads may have read is never unsaid: they see that its author says otherwise now."""
    words = said.concern.strip() if said.answer == A.CONCERN else ""
    if before is not None and before.text == words:
        return before
    if before is not None and before.status == Concern.Status.OPEN and words:
        Concern.objects.filter(pk=before.pk).update(text=words)
        record("worded their concern anew", before, by=by, via=via)
        return before
    if before is not None and not words:
        record("no longer has this concern", before, by=by, via=via)
    if not words:
        return None
    return keep_concern(entry.nomination, words, by=by, via=via)


def own(slate: Slate, person: User) -> dict[int, SlateAnswer]:
    """Return what the person said in time, by number."""
    answers = SlateAnswer.objects.visible_to(person).counting().filter(entry__slate=slate, person=person)
    return {answer.entry.number: answer for answer in answers.select_related("entry", "concern")}


def numbers_on(slate: Slate) -> list[int]:
    """The numbers that may be answered by whoever read them a moment ago: the close may lie between."""
    return list(SlateEntry.objects.on_it().filter(slate=slate).values_list("number", flat=True))


def number_of_late(slate: Slate, person: User) -> int:
    """How many answers of the person came after the close."""
    mine = SlateAnswer.objects.visible_to(person).filter(entry__slate=slate, person=person, is_late=True)
    return int(mine.count())


def number_of_gone(slate: Slate) -> int:
    """How many left the slate since it was opened."""
    on_it = SlateEntry.objects.filter(slate=slate)
    return int(on_it.count() - SlateEntry.objects.shown().filter(slate=slate).count())
