"""Keeping answers: a principle at a time, as often as one likes, until the session is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from foundation.workflow import TransitionRefused, apply
from practice.answering.forms import Given
from practice.answering.link import own_sheet, sheet_of
from practice.models import Answer, InstrumentItem, LearningSession, Respondent, Weight
from practice.sessions.moves import BEGIN, DECLINE, FINISH

R = Respondent.Status


@transaction.atomic
def save(
    respondent: Respondent, principles: Sequence[InstrumentItem], *, answers: Mapping[str, Given], weights: Mapping[str, int | None]
) -> None:
    """Keep what somebody answered to proof points of `principles`, by their keys, and how much these matter to them, by theirs. An empty
    answer takes back an earlier one, and so does no weight; what is not named stays as it was.

    Raises TransitionRefused once the session is closed or they are asked no more.
    """
    held = _held(respondent)
    sheet = own_sheet(held)
    items = {item.key: item for item in InstrumentItem.objects.filter(parent__in=principles)} | {
        item.key: item for item in principles
    }
    said = {items[key]: given for key, given in answers.items()}
    weighed = {items[key]: weight for key, weight in weights.items()}
    Answer.objects.filter(sheet=sheet, item__in=[item for item, given in said.items() if given.is_empty]).delete()
    Answer.objects.bulk_create(
        (
            Answer(sheet=sheet, item=item, value=given.value, instead=given.instead, note=given.note)
            for item, given in said.items()
            if not given.is_empty
        ),
        update_conflicts=True, unique_fields=["sheet", "item"], update_fields=["value", "instead", "note"],
    )  # fmt: skip
    Weight.objects.filter(sheet=sheet, item__in=[item for item, weight in weighed.items() if weight is None]).delete()
    Weight.objects.bulk_create(
        (Weight(sheet=sheet, item=item, value=weight) for item, weight in weighed.items() if weight is not None),
        update_conflicts=True, unique_fields=["sheet", "item"], update_fields=["value"],
    )  # fmt: skip
    if held.status == R.ASKED:
        apply(BEGIN, held, by=None)


def save_principle(respondent: Respondent, principle: InstrumentItem, *, answers: Mapping[str, Given], weight: int | None) -> None:
    """The same for one principle."""
    save(respondent, [principle], answers=answers, weights={principle.key: weight})


@transaction.atomic
def finish(respondent: Respondent) -> None:
    """Say that one is done. Answers can still be changed until it is closed."""
    held = _held(respondent)
    if held.status != R.FINISHED:
        apply(FINISH, held, by=None)


@transaction.atomic
def decline(respondent: Respondent) -> None:
    """Say that one does not answer: what one has answered is deleted, the link ends, and no reason is asked."""
    held = _held(respondent)
    sheet = sheet_of(held)
    if sheet is not None:
        sheet.delete()
    apply(DECLINE, held, by=None)


def given_by(respondent: Respondent) -> tuple[dict[str, Given], dict[str, int]]:
    """What a respondent has answered so far, by the keys of proof points, and how much principles matter to them, by theirs."""
    sheet = sheet_of(respondent)
    if sheet is None:
        return {}, {}
    rows = Answer.objects.filter(sheet=sheet).values_list("item__key", "value", "instead", "note")
    weights = Weight.objects.filter(sheet=sheet).values_list("item__key", "value")
    return {key: Given(value, instead, note) for key, value, instead, note in rows}, dict(weights)


def answered_principles(respondent: Respondent) -> dict[int | None, int]:
    """How many proof points of each principle a respondent has answered: keys are those of the principles."""
    sheet = sheet_of(respondent)
    counted: dict[int | None, int] = {}
    if sheet is not None:
        for principle in Answer.objects.filter(sheet=sheet).values_list("item__parent", flat=True):
            counted[principle] = counted.get(principle, 0) + 1
    return counted


def _held(respondent: Respondent) -> Respondent:
    """The respondent of a session that is open, under their lock: what one person does passes one by one."""
    # Two hundred may save at once, so they share the row: closing, which wants it alone, waits for them, and nothing comes after it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM practice_learningsession WHERE id = %s FOR KEY SHARE", [respondent.session_id])
        status = (cursor.fetchone() or [""])[0]
    # Sharing the session holds up nobody who withdraws or replaces this respondent, and they themselves may decline in another tab. So
    # their row is locked before it is read: whoever comes second finds what the first has made of it, and no sheet is begun for somebody
    # who is asked no more. Two tabs that save at once make one sheet.
    locked = Respondent.objects.select_for_update(no_key=True, of=("self",)).select_related("session")
    found = locked.filter(pk=respondent.pk).first()
    # An administrator may erase the organisation meanwhile: then there is nobody to answer.
    if found is None or status != LearningSession.Status.OPEN or found.status not in {R.ASKED, R.BEGUN, R.FINISHED}:
        raise TransitionRefused(f"{respondent} can no longer answer")
    return found
