"""Everything of an organisation as one file. Of an anonymous round it holds what may be seen, and nothing that leads from a person to an answer."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from practice.files.cells import csv_of
from practice.files.tables import Row, Table, tables_of
from practice.models import Action, CommunityAnswer, CommunityQuestion, LearningSession, Respondent, RoomNote, Talk
from practice.results.reading import results_of
from practice.results.secrecy import is_still_secret, since_of

if TYPE_CHECKING:
    from practice.models import PracticeOrganization


def archive_of(organization: PracticeOrganization) -> bytes:
    """Return a ZIP with everything of `organization`: some MB for thirty rounds of two hundred people."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _read_me(organization))
        archive.writestr("organization.json", json.dumps(_facts(organization), ensure_ascii=False, indent=2, default=str))
        for name, table in _tables(organization):
            archive.writestr(name, csv_of(table))
    return file.getvalue()


def _read_me(organization: PracticeOrganization) -> str:
    return "\n".join(
        [
            _("Everything of %(name)s, on %(day)s.") % {"name": organization.name, "day": _said(timezone.now())},
            "",
            _("organization.json: its name, since when, who runs its sessions, who is asked to, and which numbers it shares."),
            _("rounds.csv: each round with its purpose, modules and days. respondents.csv: who was asked, and how far they are."),
            _("round-…/: the tables of its results, as in “Files”; of a round that is held openly also each answer with its name."),
            _("actions.csv, notes.csv: who does what by when, and what was written down in the room."),
            _("questions.csv, talks.csv: what was asked of the community with its answers, and talks with volunteers."),
            "",
            _("An anonymous round stands here as on its pages: figures from four answers on, once it is closed, and no names."),
            _("Nothing here leads from a person to an answer that they gave without their name; nobody can make such a file."),
            "",
        ]
    )


def _facts(organization: PracticeOrganization) -> dict[str, Any]:
    seats = organization.administrators.select_related("person").order_by("since", "pk")
    return {
        "name": organization.name,
        "since": organization.created_at,
        "administrators": [{"name": seat.person.name, "address": seat.person.email, "since": seat.since} for seat in seats],
        "invitations": list(organization.invitations.values("name", "address", "sent_at")),
        "benchmarks": list(organization.benchmark_consents.values("instrument__key", "words", "agreed_at", "withdrawn_at")),
    }


def _tables(organization: PracticeOrganization) -> Iterator[tuple[str, Table]]:
    """Each file's name and what stands in it."""
    rows = LearningSession.objects.filter(organization=organization).order_by("number")
    sessions = list(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition").prefetch_related(
            "modules"
        )
    )
    yield "rounds.csv", _rounds(sessions)
    yield "respondents.csv", _respondents(sessions)
    for session in sessions:
        if session.status == LearningSession.Status.DRAFT or is_still_secret(session):
            continue
        for table in tables_of(results_of(session, since=since_of(session), has_words=True)):
            yield f"round-{session.number}/{table.name}.csv", table
    yield "actions.csv", _actions(sessions)
    yield "notes.csv", _notes(sessions)
    yield "questions.csv", _questions(organization)
    yield "talks.csv", _talks(organization)


def _rounds(sessions: list[LearningSession]) -> Table:
    head = ("round", "instrument", "edition", "purpose", "openness", "state", "modules", "begun", "opened", "due", "closed")
    found: list[Row] = [
        [
            session.number,
            session.instrument_edition.edition.title,
            session.instrument_edition.edition.label,
            session.purpose,
            session.openness,
            session.status,
            ", ".join(module.key for module in session.modules.all()),
            *(_said(day) for day in (session.created_at, session.opened_at, session.due_on, session.closed_at)),
        ]
        for session in sessions
    ]
    return Table("rounds", head, tuple(found))


def _respondents(sessions: list[LearningSession]) -> Table:
    head = ("round", "name", "address", "group", "note", "state", "modules", "reminders")
    rows = Respondent.objects.filter(session__in=sessions).select_related("session").prefetch_related("modules")
    found: list[Row] = [
        [one.session.number, one.name, one.address, one.group, one.note, one.status, _keys(one), one.reminded]
        for one in rows.order_by("session__number", "name", "pk")
    ]
    return Table("respondents", head, tuple(found))


def _actions(sessions: list[LearningSession]) -> Table:
    head = ("round", "action", "owner", "address", "by", "state", "what came of it", "ended")
    rows = Action.objects.filter(session__in=sessions).select_related("session").order_by("session__number", "pk")
    found: list[Row] = [
        [
            one.session.number,
            one.words,
            one.owner,
            one.address,
            _said(one.due_on),
            str(one.status),
            one.came_of,
            _said(one.ended_on),
        ]
        for one in rows
    ]
    return Table("actions", head, tuple(found))


def _notes(sessions: list[LearningSession]) -> Table:
    rows = RoomNote.objects.filter(session__in=sessions).select_related("session").order_by("session__number", "pk")
    return Table("notes", ("round", "note", "at"), tuple([one.session.number, one.words, _said(one.at)] for one in rows))


def _questions(organization: PracticeOrganization) -> Table:
    head = ("question", "about", "asked", "state", "who", "words", "at")
    found: list[Row] = []
    for asked in CommunityQuestion.objects.filter(organization=organization).select_related("item").order_by("asked_at"):
        begins: Row = [asked.words, asked.item.text, _said(asked.asked_at), str(asked.status)]
        words = CommunityAnswer.objects.filter(question=asked, off_at=None).select_related("by").order_by("at")
        said: list[Row] = [[*begins, one.by.name if one.by else "", one.words, _said(one.at)] for one in words]
        found += said or [[*begins, "", "", ""]]
    return Table("questions", head, tuple(found))


def _talks(organization: PracticeOrganization) -> Table:
    head = ("volunteer", "instrument", "asked", "state", "begins", "what you wrote", "how you meet")
    rows = Talk.objects.filter(organization=organization).select_related("volunteer").order_by("asked_at")
    found: list[Row] = [
        [
            one.volunteer.name,
            one.instrument_title,
            _said(one.asked_at),
            str(one.status),
            _said(one.starts),
            one.words,
            one.where if one.status == Talk.Status.AGREED else "",
        ]
        for one in rows
    ]
    return Table("talks", head, tuple(found))


def _keys(respondent: Respondent) -> str:
    return ", ".join(module.key for module in respondent.modules.all())


def _said(when: datetime | date | None) -> str:
    """A moment in UTC to the second, or a day."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds")
    return when.isoformat() if when else ""
