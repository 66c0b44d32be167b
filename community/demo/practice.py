"""Organisations of the demo that look at themselves: one through three rounds in eighteen months, one openly and by four, and others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import F
from django.utils import timezone

from ambassadors.models import User
from community.demo.practice_benchmark import share_with_others
from community.demo.practice_help import ask_for_help
from community.demo.practice_votes import vote
from community.demo.products.out import published
from community.demo.products.told import called
from community.demo.products.writing import agree
from community.logins import ADDRESSES
from correspondence.models import OutgoingMail
from practice.answering import saving
from practice.answering.forms import Given
from practice.files import workflow as files
from practice.files.answers import Filled
from practice.instruments import shipped
from practice.instruments import workflow as instruments
from practice.models import (
    Action,
    Answer,
    Instrument,
    InstrumentEdition,
    InstrumentItem,
    LearningSession,
    PracticeAdministrator,
    PracticeOrganization,
    Respondent,
    RoomNote,
)
from practice.organizations import workflow as organizations
from practice.sessions import workflow as sessions
from practice.sessions.pasted import read_people
from practice.starting import workflow as starting
from practice.talking import workflow as talking
from products.drafting import workflow as drafting
from products.models import Edition
from products.road import workflow as road

DATA = Path(__file__).parent / "data" / "practice.toml"
FIRST, LAST = ("leadership", "management", "finance"), ("leadership", "management", "finance", "monitoring")
# How far it is so in the eyes of those who lead and of those who do the work, round by round; of two camps where they are far apart.
SEEN = {
    "leadership": ((3.7, 3.8, 4.0), (3.3, 3.5, 3.6)),
    "management": ((4.2, 4.4, 4.6), (1.4, 1.6, 1.8)),
    "finance": ((2.4, 2.9, 3.9), (2.2, 2.6, 3.7)),
    "monitoring": ((0.0, 1.7, 1.5), (0.0, 4.3, 4.6)),
}
NEWER = (
    ("key: said-no-to-money,", "key: told-why-no,", "people were told why", "everybody here was told why within a month"),
    (
        "key: board-hears-bad-news,",
        "key: bad-news-first,",
        "before anybody outside was",
        "within two weeks, before anybody outside was",
    ),
)


def look_at_organizations() -> None:
    """Publish the instruments, and let two organisations use them."""
    last = OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    texts = {key: text for key, _title, text in shipped()}
    practice = _published("performance-practice", texts["performance-practice"], "practice1", ago=330)
    for key, reviews, ago in (("network-strategy", "network", 160), ("leadership-lens", "lens", 120)):
        _published(key, texts[key], reviews, ago=ago)
    ngozi = User.objects.get(email=ADDRESSES["ambassador"])
    first = _round(ngozi, practice, 1, FIRST, ago=540)
    second = _round(ngozi, practice, 2, LAST, ago=300, follows=first)
    _newer_edition(practice)
    third = _round(ngozi, practice, 3, LAST, ago=21, follows=second)
    vote(third, ngozi, told()["kitchen"]["vote"])
    _promises({1: first, 2: second, 3: third}, ngozi)
    share_with_others(third, ngozi, told()["neighbours"])
    read = OutgoingMail.objects.filter(pk__gt=last, state="queued")
    read.update(state="sent", sent_at=timezone.now() - timedelta(days=20))
    lens = Instrument.objects.get(key="leadership-lens")
    _running(third, lens, ngozi)
    _together(third.organization, ngozi)
    room = _openly(lens)
    ask_for_help(third, room, told())


@cache
def told() -> dict[str, Any]:
    """Return what is written of them."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _published(key: str, source: str, reviews: str, *, ago: float) -> Instrument:
    said = told()["instruments"][key]
    by = called(said["author"])
    kept = instruments.begin_instrument(source, by=by)
    edition = Edition.objects.select_related("product").get(pk=kept.edition_id)
    for credit in edition.product.credits.select_related("person__ambassador__organization"):
        agree(credit, said["tagline"])
    edition = drafting.save_edition(edition, by=by, revision=edition.revision, summary=said["summary"])
    _out(reviews, edition, ago=ago, writing=60)
    return kept.instrument


def _newer_edition(instrument: Instrument) -> None:
    """Edition 1.1: two proof points ask more plainly, under keys of their own."""
    said = told()["instruments"][instrument.key]
    by = called(said["author"])
    source = next(text for key, _title, text in shipped() if key == instrument.key)
    for old_key, new_key, old, new in NEWER:
        source = source.replace(old_key, new_key).replace(old, new, 1)
    instrument.product.refresh_from_db()
    edition = road.begin_edition(instrument.product, by=by, label="1.1")
    instruments.save_source(edition, source, by=by, revision=edition.revision)
    edition = Edition.objects.select_related("product").get(pk=edition.pk)
    edition = drafting.save_edition(edition, by=by, revision=edition.revision, changes=said["changes"])
    _out("practice2", edition, ago=90, writing=30)


def _out(reviews: str, edition: Edition, *, ago: float, writing: float) -> None:
    published(reviews, edition, called("Wilhelmina Oduya-Strand"), ago=ago, writing=writing)
    InstrumentEdition.objects.filter(edition=edition).update(saved_at=timezone.now() - timedelta(days=ago + writing))


def _round(
    by: User, instrument: Instrument, number: int, modules: tuple[str, ...], *, ago: float, follows: LearningSession | None = None
) -> LearningSession:
    """A round that was closed `ago` days ago."""
    said = told()["kitchen"]
    if follows is None:
        held = starting.begin_organization(said["name"], instrument, by=by)
    else:
        held = starting.begin_session(follows.organization, instrument, by=by, follows=follows)
    people = "\n".join(said["people"])
    _opened(held, by, purpose=said["purposes"][number - 1], modules=modules, people=people, openness="anonymous")
    notes = _notes(said["notes"], number)
    for place, respondent in enumerate(Respondent.objects.filter(session=held).order_by("pk")):
        if (place + number) % 12:  # somebody is always away
            _answer(respondent, number, notes, is_leading=place < 6)
    sessions.close_session(held, by=by)
    _back(held, ago)
    return held


def _opened(held: LearningSession, by: User, *, purpose: str, modules: tuple[str, ...], people: str, openness: str) -> None:
    items = held.instrument_edition.items.filter(level=InstrumentItem.Level.MODULE)
    chosen = list(items.filter(key__in=modules) if modules else items)
    due_on = timezone.localdate() + timedelta(days=6)
    sessions.prepare(held, by=by, purpose=purpose, openness=openness, modules=chosen, due_on=due_on)
    sessions.name_respondents(held, read_people(people), by=by)
    sessions.open_session(held, by=by)


def _answer(respondent: Respondent, number: int, notes: Iterator[str], *, is_leading: bool, share: float = 1.0) -> None:
    """What one person says, on a worksheet that they put in; or, where `share` is less than all, principle by principle up to there."""
    principles, points = _asked(respondent.session)
    filled: dict[str, Filled] = {}
    for principle in principles[: round(len(principles) * share)]:
        module = principle.parent.key if principle.parent else ""
        answers = {
            point.key: _given(point, module, respondent, number=number, notes=notes, is_leading=is_leading)
            for point in points[principle.pk]
        }
        weight = 1 + round(_dice(f"{principle.key} matters").random() * 2 + _dice(f"{principle.key} {respondent.address}").random())
        filled[principle.key] = Filled(answers, {principle.key: min(4, weight)})
    if share < 1.0:
        for principle in principles[: len(filled)]:
            one = filled[principle.key]
            saving.save_principle(respondent, principle, answers=one.answers, weight=one.weights[principle.key])
        return
    whole = Filled()
    for one in filled.values():
        whole.answers.update(one.answers)
        whole.weights.update(one.weights)
    files.put_in_own(respondent, whole)
    saving.finish(respondent)


def _asked(session: LearningSession) -> tuple[list[InstrumentItem], dict[int | None, list[InstrumentItem]]]:
    """The principles that a session asks, and the proof points of each."""
    of_level = InstrumentItem.objects.filter(level=InstrumentItem.Level.PRINCIPLE, parent__in=session.modules.values("pk"))
    principles = list(of_level.select_related("parent"))
    points: dict[int | None, list[InstrumentItem]] = {}
    for point in InstrumentItem.objects.filter(parent__in=principles):
        points.setdefault(point.parent_id, []).append(point)
    return principles, points


def _given(
    point: InstrumentItem, module: str, respondent: Respondent, *, number: int, notes: Iterator[str], is_leading: bool
) -> Given:
    mine, of_point = _dice(f"{point.key} {respondent.address} {number}"), _dice(point.key).random()
    if mine.random() < (0.5 if of_point < 0.08 else 0.04):
        return Given(None, Answer.Instead.DONT_KNOW)
    if mine.random() < 0.01:
        return Given(None, Answer.Instead.NOT_OURS)
    leading, working = SEEN.get(module, ((3.4,) * 3, (3.1,) * 3))
    middle = (leading if is_leading else working)[min(number, 3) - 1] + (of_point - 0.5) * 1.6
    place = min(5, max(1, round(mine.gauss(middle, 0.5))))
    return Given(place, "", next(notes, "") if mine.random() < 0.03 else "")


def _dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311  the same answers each time, no secret


def _notes(notes: list[str], number: int) -> Iterator[str]:
    """Those of one round: each note is written once."""
    third = len(notes) // 3
    return iter(notes[(number - 1) * third : number * third])


def _back(held: LearningSession, days: float) -> None:
    """What was done today was done some weeks before the day that lies `days` ago."""
    closed = timezone.now() - timedelta(days=days)
    began = closed - timedelta(days=24)
    LearningSession.objects.filter(pk=held.pk).update(
        created_at=began, opened_at=began + timedelta(days=2), closed_at=closed, due_on=(closed - timedelta(days=1)).date()
    )
    held.refresh_from_db()


def _promises(rounds: dict[int, LearningSession], by: User) -> None:
    today = timezone.localdate()
    for said in told()["kitchen"]["actions"]:
        held = rounds[said["round"]]
        assert held.closed_at is not None  # noqa: S101  it was closed a moment ago
        wanted = today + timedelta(days=said.get("due", 0))
        point = InstrumentItem.objects.filter(edition=held.instrument_edition, key=said.get("proof_point", "")).first()
        action = talking.promise(held, by=by, words=said["words"], owner=said["owner"], due_on=max(wanted, today), item=point)
        created = held.closed_at + timedelta(days=3)
        if "ended" in said:
            talking.end(action, by=by, came_of=said["came_of"], is_dropped=said["ended"] == "dropped")
            ended = (created + timedelta(days=80)).date()
            Action.objects.filter(pk=action.pk).update(created_at=created, due_on=ended, ended_on=min(ended, today))
        else:
            Action.objects.filter(pk=action.pk).update(created_at=created, due_on=wanted)
    for said in told()["kitchen"]["talks"]:
        held = rounds[said["round"]]
        note = talking.note(held, said["words"], by=by)
        RoomNote.objects.filter(pk=note.pk).update(at=held.closed_at + timedelta(days=3) if held.closed_at else F("at"))


def _running(before: LearningSession, lens: Instrument, by: User) -> None:
    """A fourth look, with the leadership lens: some have answered, some have begun, one would rather not."""
    held = starting.begin_session(before.organization, lens, by=by)
    purpose = "Those who lead asked for it: how do we lead, seen from the stove?"
    everybody = "\n".join(told()["kitchen"]["people"])
    _opened(held, by, purpose=purpose, modules=(), people=everybody, openness="anonymous")
    people = list(Respondent.objects.filter(session=held).order_by("pk"))
    for place, respondent in enumerate(people):
        if place in {1, 4, 6, 9, 11}:
            _answer(respondent, 3, iter(()), is_leading=place < 6)
        elif place in {2, 8}:
            _answer(respondent, 3, iter(()), is_leading=place < 6, share=0.4)
    saving.decline(people[3])
    opened = timezone.now() - timedelta(days=8)
    LearningSession.objects.filter(pk=held.pk).update(created_at=opened, opened_at=opened)


def _together(organization: PracticeOrganization, by: User) -> None:
    """One of the leaders runs it, too; one of the board is asked and has not answered yet."""
    said = told()["kitchen"]["running"]
    seated = organizations.invite(organization, by=by, **said["seated"])
    seat = organizations.accept(seated)
    for person, days in ((by, 566), (seat.person, 280)):
        since = timezone.now() - timedelta(days=days)
        PracticeAdministrator.objects.filter(organization=organization, person=person).update(since=since)
    organizations.invite(organization, by=by, **said["asked"])


def _openly(lens: Instrument) -> LearningSession:
    """Four who lead a reading room together, with names; they vote on what comes first."""
    said = told()["reading-room"]
    by = User.objects.get(email=ADDRESSES["alumnus"])
    held = starting.begin_organization(said["name"], lens, by=by)
    _opened(held, by, purpose=said["purpose"], modules=(), people="\n".join(said["people"]), openness="open")
    notes = iter(said["notes"])
    for respondent in Respondent.objects.filter(session=held).order_by("pk"):
        _answer(respondent, 2, notes, is_leading=respondent.name.startswith("Beatrix"))
    sessions.close_session(held, by=by)
    _back(held, 40)
    vote(held, by, said["vote"])
    return held
