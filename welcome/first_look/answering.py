"""What a pair answers: either of them writes, both stand under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record
from welcome.first_look import improving, rules
from welcome.models import FirstLook, LookAnswer, LookPair, LookQuestion
from welcome.models.first_look import WORDS_ROOM

if TYPE_CHECKING:
    from ambassadors.models import User

S = LookPair.Status
SEND = Transition("sent the answers of a pair", frozenset({S.WRITING}), S.SENT, rules.may_write, gettext_lazy("Send"))


class Box(NamedTuple):
    """Where one answer goes: `number` counts through all questions, and is what a mail puts before it."""

    number: int
    question: LookQuestion
    part: int

    @property
    def is_first(self) -> bool:
        """Whether it is the first of its question."""
        return self.part == 1


class Said(NamedTuple):
    """Words for one box. `revision` is that of the words which their writer had before them, 0 where there were none; None: by mail."""

    words: str
    revision: int | None = None


@dataclass
class Saved:
    """What became of it: the numbers of the boxes that changed, and of those that the other had changed meanwhile, with what stands there."""

    changed: list[int] = field(default_factory=list)
    conflicts: dict[int, str] = field(default_factory=dict)


def boxes(look: FirstLook) -> list[Box]:
    """Return where the answers of a look go, in order."""
    places = [(question, part) for question in look.questions.all() for part in range(1, question.parts + 1)]
    return [Box(number, question, part) for number, (question, part) in enumerate(places, start=1)]


def answers_of(pair: LookPair) -> dict[tuple[int, int], LookAnswer]:
    """What stands there now, by question and part."""
    return {(answer.question_id, answer.part): answer for answer in pair.answers.select_related("written_by")}


@transaction.atomic
def save_answers(pair: LookPair, said: Mapping[int, Said], *, by: User, via: Via = Via.WEB) -> Saved:
    """Keep what somebody wrote, by number of the box. Words that the other changed meanwhile stay, and are returned.

    By mail, where nobody sees what the other has written, both stand below each other. Once it is sent, the changes are read at once.
    Raises PermissionDenied, TransitionRefused where the look is closed, ValidationError where words are too long.
    """
    locked = held(pair, by)
    known, saved = answers_of(locked), Saved()
    for box in boxes(locked.look):
        if box.number in said:
            there = known.get((box.question.pk, box.part))
            words = _words(box, there, said[box.number], by)
            if words != (there.words if there else "") and _may_go(box, there, said[box.number], saved):
                _write(locked, box, there, words, by)
    if saved.changed and locked.is_sent:
        record("changed what a pair answered", locked, by=by, via=via)
        improving.follow_answers(locked, by=by)
    return saved


@transaction.atomic
def send_answers(pair: LookPair, *, by: User, via: Via = Via.WEB) -> bool:
    """Let others read it; the other one of the pair is told. Pressed by both at once it is sent once: the second press changes nothing."""
    locked = held(pair, by)
    if locked.is_sent:
        return False
    if not locked.answers.exists():
        raise ValidationError(_("Write at least one answer first."))
    apply(SEND, locked, by=by, via=via, sent_at=timezone.now(), sent_by=by)
    improving.follow_answers(locked, by=by)
    for seat in locked.seats.here().exclude(person=by).select_related("person"):
        outbox.post("first_look_sent", seat.person, key=f"first-look-sent:{locked.pk}:{seat.person_id}", pair=locked.pk)
    return True


def held(pair: LookPair, by: User) -> LookPair:
    """Lock the look of a pair: both writing at once, a closing, and a change of the pairs come one after the other."""
    look = FirstLook.objects.select_for_update(no_key=True, of=("self",)).select_related("space").get(pk=pair.look_id)
    found: LookPair | None = LookPair.objects.filter(pk=pair.pk).first()
    if found is None or not found.seats.filter(person=by).exists():
        raise PermissionDenied(_("Only the two of a pair write its answers."))
    if not look.is_open:
        raise TransitionRefused(_("This first look is closed: its answers stay as they are."))
    found.look = look
    return found


def _words(box: Box, there: LookAnswer | None, said: Said, by: User) -> str:
    """What is to stand there: by mail, below what the other one wrote."""
    words = said.words.strip()
    if said.revision is None and there is not None and there.written_by_id != by.pk:
        stands = f"\n\n{words}\n\n" in f"\n\n{there.words}\n\n"  # as paragraphs: "No" is in "I know" as well
        words = there.words if stands else f"{there.words}\n\n{words}"
    if len(words) > WORDS_ROOM:
        told = {"number": box.number, "most": WORDS_ROOM}
        raise ValidationError(_("Answer %(number)d is too long: %(most)d characters at most.") % told)
    return words


def _may_go(box: Box, there: LookAnswer | None, said: Said, saved: Saved) -> bool:
    """Note that it changes; or what stands there, where it has changed since its writer looked."""
    if said.revision is not None and said.revision != (there.revision if there else 0):
        saved.conflicts[box.number] = there.words if there else ""
        return False
    saved.changed.append(box.number)
    return True


def _write(pair: LookPair, box: Box, there: LookAnswer | None, words: str, by: User) -> None:
    if not words and there is not None:
        improving.let_go(there)
        there.delete()
        return
    # Words of both are nobody's alone: a later mail of either goes below them and replaces none.
    writer = by if there is None or there.written_by_id == by.pk else None
    defaults = {"words": words, "written_by": writer, "written_at": timezone.now(), "revision": there.revision + 1 if there else 1}
    LookAnswer.objects.update_or_create(pair=pair, question=box.question, part=box.part, defaults=defaults)
