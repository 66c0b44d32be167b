"""Putting answers in from a file: those of several people into an empty open round, or one's own into one's own sheet. All of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.workflow import TransitionRefused, apply, record
from practice.answering import saving
from practice.answering.forms import Given
from practice.answering.link import sheet_key
from practice.answering.walking import places_of
from practice.files.answers import Collected, Filled
from practice.models import Answer, InstrumentItem, LearningSession, Respondent, Sheet, Weight
from practice.sessions.moves import OPEN, runs
from practice.sessions.workflow import MOST_RESPONDENTS

if TYPE_CHECKING:
    from ambassadors.models import User

S, R = LearningSession.Status, Respondent.Status
BATCH = 1000


def is_empty(session: LearningSession) -> bool:
    """Whether answers from a file may be put into it: an open round in preparation in which nobody is named."""
    return session.status == S.DRAFT and not session.is_anonymous and not session.respondents.exists()


@transaction.atomic
def put_in(session: LearningSession, collected: Collected, *, by: User) -> int:
    """Put the answers of several people into an empty round, which is open from then on; return how many people. Nobody is mailed.

    Raises TransitionRefused where the round is not empty (any more), ValidationError with too many people.
    """
    # Under the lock of the session, as naming and opening: nobody is named between the look and the writing.
    held = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not runs(by, held):
        raise PermissionDenied("not theirs to run")
    if not is_empty(held):
        raise TransitionRefused(f"{held} is not empty")
    people = [(person, filled) for person, filled in collected.people.values() if not filled.is_empty]
    if len(people) > MOST_RESPONDENTS:
        raise ValidationError(_("A session has %(most)s respondents at most.") % {"most": MOST_RESPONDENTS})
    rows = [
        Respondent(session=held, name=person.name, address=person.address, group=person.group, status=R.FINISHED)
        for person, _filled in people
    ]
    respondents = Respondent.objects.bulk_create(rows)
    of_module = Respondent.modules.through
    modules = list(held.modules.all())
    of_module.objects.bulk_create(of_module(respondent=one, instrumentitem=module) for one in respondents for module in modules)
    sheets = Sheet.objects.bulk_create(
        Sheet(session=held, key=sheet_key(one), respondent=one, group=one.group) for one in respondents
    )
    _write(held, list(zip(sheets, (filled for _person, filled in people), strict=True)))
    record("put answers of a file into", held, by=by, via=Via.IMPORT, note=str(len(people)))
    apply(OPEN, held, by=by, via=Via.IMPORT, opened_at=timezone.now(), is_from_file=True)
    return len(people)


def _write(session: LearningSession, filled: list[tuple[Sheet, Filled]]) -> None:
    items = {item.key: item for item in InstrumentItem.objects.filter(edition=session.instrument_edition)}
    Answer.objects.bulk_create(
        (
            Answer(sheet=sheet, item=items[key], value=given.value, instead=given.instead, note=given.note)
            for sheet, said in filled
            for key, given in said.answers.items()
        ),
        batch_size=BATCH,
    )
    Weight.objects.bulk_create(
        (Weight(sheet=sheet, item=items[key], value=value) for sheet, said in filled for key, value in said.weights.items()),
        batch_size=BATCH,
    )


@transaction.atomic
def put_in_own(respondent: Respondent, filled: Filled) -> int:
    """Put one's own worksheet into one's own sheet; return how many lines. What the worksheet leaves open stays as it was.

    Raises TransitionRefused once the session is closed or they are asked no more.
    """
    before, _weights = saving.given_by(respondent)
    answers = {key: _merged(before.get(key, Given()), said) for key, said in filled.answers.items()}
    principles = [place.item for place in places_of(respondent)]
    saving.save(respondent, principles, answers=answers, weights=filled.weights)
    return len(filled.answers) + len(filled.weights)


def _merged(before: Given, said: Given) -> Given:
    """An answer of the file, with the note that was there where it has none, and a note alone beside the answer that was there."""
    if said.value is None and not said.instead:
        return replace(before, note=said.note)
    return said if said.note else replace(said, note=before.note)
