"""Builders for practices: a small instrument that is out, an organisation, a session, and what people answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone

from ambassadors.models import User
from practice.answering import saving
from practice.answering.forms import Given
from practice.instruments.reading import read_instrument
from practice.instruments.releasing import release
from practice.instruments.text import parts_of
from practice.models import (
    Instrument,
    InstrumentEdition,
    InstrumentItem,
    LearningSession,
    PracticeOrganization,
    Respondent,
)
from practice.sessions import workflow as sessions
from practice.sessions.pasted import Named
from practice.starting import workflow as starting
from tests.products import publishing

SMALL = """
key: harbour-check
title: The harbour check
about: Two modules for whoever lends boats.
question: How far is this so with us?
scale: [Not at all, A little, Mostly, Fully]
importance:
  question: How much would it matter?
  scale: [Little, Some, Much]
modules:
  - key: lending
    title: Lending
    principles:
      - key: lend-fairly
        title: We lend fairly
        proof_points:
          - {key: list-is-open, text: "The list of who borrowed what hangs where everybody can read it."}
          - {key: rule-is-written, text: "One page says who may borrow, and new members were shown it."}
      - key: lend-safely
        title: We lend safely
        proof_points:
          - {key: boats-are-checked, text: "Each boat was looked over in spring, and the sheet says by whom."}
          - {key: vests-for-all, text: "There is a life vest for each seat, and we counted them this year."}
  - key: listening
    title: Listening
    principles:
      - key: ask-borrowers
        title: We ask those who borrow
        proof_points:
          - {key: asked-last-year, text: "Last year we asked borrowers what kept them away, and wrote it down."}
          - {key: changed-a-rule, text: "We changed a rule because of what a borrower told us."}
"""
POINTS = ("list-is-open", "rule-is-written", "boats-are-checked", "vests-for-all", "asked-last-year", "changed-a-rule")
PRINCIPLES = ("lend-fairly", "lend-safely", "ask-borrowers")
FUTURE = timedelta(days=21)

Said = int | str | None | tuple[int | str | None, str]  # a place, "don't know" or "not ours"; with a note


def instrument(source: str = SMALL, by: User | None = None) -> InstrumentEdition:
    """An instrument that is out, in its first edition, or in its next one if there is one of its key already."""
    found = read_instrument(source)
    before = Instrument.objects.filter(key=found.key).select_related("product__current").first()
    if before is None:
        parts = [(part["slug"], part["title"], str(part["body"])) for part in parts_of(found)]
        edition = publishing.out(by, found.title, "assessment", parts)
        before = Instrument.objects.create(product=edition.product, key=found.key)
    else:
        edition = publishing.next_edition(before.product.current)
    kept = InstrumentEdition.objects.create(instrument=before, edition=edition, source=source)
    release(edition)
    return kept


def item(edition: InstrumentEdition, key: str) -> InstrumentItem:
    return InstrumentItem.objects.get(edition=edition, key=key)


def organization(by: User, name: str = "Harbour Kitchen", edition: InstrumentEdition | None = None) -> PracticeOrganization:
    """An organisation of which `by` is the administrator, with a first session in preparation."""
    return session(by, name=name, edition=edition).organization


def session(
    by: User,
    *,
    name: str = "Harbour Kitchen",
    edition: InstrumentEdition | None = None,
    openness: str = "anonymous",
    modules: Sequence[str] = (),
    people: int | Sequence[Named] = 0,
    follows: LearningSession | None = None,
) -> LearningSession:
    """A learning session, prepared; open as soon as `people` are named."""
    edition = edition or InstrumentEdition.objects.released().first() or instrument()
    if follows is None:
        begun = starting.begin_organization(name, edition.instrument, by=by)
    else:
        begun = starting.begin_session(follows.organization, edition.instrument, by=by, follows=follows)
    items = InstrumentItem.objects.filter(edition=begun.instrument_edition, level=InstrumentItem.Level.MODULE)
    if modules:
        items = items.filter(key__in=modules)
    due_on = timezone.localdate() + FUTURE
    sessions.prepare(begun, by=by, purpose="To plan the winter together.", openness=openness, modules=list(items), due_on=due_on)
    if people:
        sessions.name_respondents(begun, named(people) if isinstance(people, int) else people, by=by)
        sessions.open_session(begun, by=by)
    begun.refresh_from_db()
    return begun


def named(number: int, group: str = "", start: int = 1) -> list[Named]:
    """So many people, each with an address of their own."""
    return [Named(f"Person {one}", f"person{one}@harbour.example", group) for one in range(start, start + number)]


def crowd(held: LearningSession, number: int) -> list[Respondent]:
    """So many more who are asked all modules of an open session, made in two statements and without mails."""
    people = Respondent.objects.bulk_create(
        Respondent(session=held, name=f"Guest {one}", address=f"guest{one}@harbour.example", status="asked")
        for one in range(number)
    )
    through, modules = Respondent.modules.through, list(held.modules.all())
    through.objects.bulk_create(through(respondent=one, instrumentitem=module) for one in people for module in modules)
    return people


def answer(respondent: Respondent, said: Mapping[str, Said], *, weights: Mapping[str, int] | None = None) -> None:
    """What one person says of proof points, by their keys, and of principles."""
    edition = respondent.session.instrument_edition
    principles = InstrumentItem.objects.filter(edition=edition, level=InstrumentItem.Level.PRINCIPLE)
    points = dict(
        InstrumentItem.objects.filter(edition=edition, level=InstrumentItem.Level.PROOF_POINT).values_list("key", "parent")
    )
    for principle in principles:
        answers = {key: _given(one) for key, one in said.items() if points[key] == principle.pk}
        weight = (weights or {}).get(principle.key)
        if answers or weight:
            saving.save_principle(respondent, principle, answers=answers, weight=weight)
    saving.finish(respondent)


def answered(
    held: LearningSession, answers: Mapping[str, Sequence[Said]], *, weights: Mapping[str, Sequence[int]] | None = None
) -> None:
    """The n-th respondent says the n-th of each proof point; whoever has nothing to say is left as asked. None: leaves it open."""
    for number, respondent in zip(count(), Respondent.objects.filter(session=held).order_by("pk")):
        said = {key: row[number] for key, row in answers.items() if number < len(row) and row[number] is not None}
        weighed = {key: row[number] for key, row in (weights or {}).items() if number < len(row)}
        if said or weighed:
            answer(respondent, said, weights=weighed)


def closed(held: LearningSession, by: User) -> LearningSession:
    sessions.close_session(held, by=by)
    return held


def _given(said: Said) -> Given:
    value, note = said if isinstance(said, tuple) else (said, "")
    return Given(None, value, note) if isinstance(value, str) else Given(value, "", note)
