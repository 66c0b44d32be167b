"""Canaries of practices: what an organisation asks of its people is its administrators', and who said what is nobody's."""

from __future__ import annotations

from datetime import date

from practice.models import PracticeStart
from practice.organizations import workflow as organizations
from practice.sessions import workflow as sessions
from practice.sessions.pasted import Named
from practice.talking import workflow as talking
from tests import make
from tests.leaks import TEAM, Garden
from tests.practice import benchmark_canaries, help_canaries, practising, voting_canaries


def plant(garden: Garden) -> None:
    source = practising.SMALL + f"\n# {garden.canary('practice.InstrumentEdition.source', *TEAM)}\n"
    edition = practising.instrument(source)
    an_anonymous_round(garden, edition)
    a_round_in_preparation(garden, edition)
    said = {name: garden.canary(f"practice.PracticeStart.{name}") for name in ("name", "organization", "nonce")}
    address = f"{garden.canary('practice.PracticeStart.address')}@harbour.example"
    PracticeStart.objects.create(instrument=edition.instrument, address=address, **said)
    help_canaries.plant(garden)
    benchmark_canaries.plant(garden, edition)


def an_anonymous_round(garden: Garden, edition) -> None:
    """Five answer. Whoever runs it is shown the figures and notes of what four or more have answered, and of nothing else."""
    ada = garden.cast.ambassador
    people = [Named(f"Rita {number}", make.person(f"Rita Respondent {number}").email, "board") for number in range(5)]
    held = practising.session(
        ada, name=garden.canary("practice.PracticeOrganization.name", "ambassador"), edition=edition, people=people
    )
    garden.pages += [
        f"/practice/sessions/{held.pk}/{page}" for page in ("", "prepare/", "results/", "results/lending/", "results/groups/")
    ]
    noted, alone = garden.canary("practice.Answer.note", "ambassador"), garden.canary("practice.Answer.note")
    practising.answered(held, {"list-is-open": [(1, noted), 2, 3, 4, "don't know"], "asked-last-year": [(4, alone)]})
    practising.closed(held, ada)
    said = {name: garden.canary(f"practice.Action.{name}", "ambassador") for name in ("words", "owner")}
    address = f"{garden.canary('practice.Action.address', 'ambassador')}@harbour.example"
    action = talking.promise(held, by=ada, due_on=date(2099, 1, 1), address=address, **said)
    action.nonce = garden.canary("practice.Action.nonce")
    action.save(update_fields=["nonce"])
    ended = talking.promise(held, by=ada, due_on=date(2099, 1, 1), words="Count the vests", owner="Bo")
    talking.end(ended, by=ada, came_of=garden.canary("practice.Action.came_of", "ambassador"))
    talking.note(held, garden.canary("practice.RoomNote.words", "ambassador"), by=ada)
    voting_canaries.plant(garden, held)


def a_round_in_preparation(garden: Garden, edition) -> None:
    """Nobody is asked yet."""
    ada = garden.cast.ambassador
    held = practising.session(ada, name="Harbour Kitchen", edition=edition)
    garden.pages += [f"/practice/sessions/{held.pk}/", f"/practice/organizations/{held.organization_id}/"]
    asked = {
        "name": garden.canary("practice.PracticeInvitation.name", "ambassador"),
        "address": f"{garden.canary('practice.PracticeInvitation.address', 'ambassador')}@harbour.example",
    }
    for label in ("practice.PracticeInvitation.name", "practice.PracticeInvitation.address"):
        [told] = [text for text, field in garden.fields.items() if field == label]
        garden.mailed[told] = frozenset({"visitor"})  # whoever is invited has no account yet
    invitation = organizations.invite(held.organization, by=ada, **asked)
    invitation.nonce = garden.canary("practice.PracticeInvitation.nonce")
    invitation.save(update_fields=["nonce"])
    purpose = garden.canary("practice.LearningSession.purpose", "ambassador")
    sessions.prepare(held, by=ada, purpose=purpose, openness="open", modules=list(held.modules.all()), due_on=held.due_on)
    name, group = (garden.canary(f"practice.Respondent.{field}", "ambassador") for field in ("name", "group"))
    address = f"{garden.canary('practice.Respondent.address', 'ambassador')}@harbour.example"
    note = garden.canary("practice.Respondent.note")
    [named] = sessions.name_respondents(held, [Named(name, address, group)], by=ada, note=note)
    named.nonce = garden.canary("practice.Respondent.nonce")
    named.save(update_fields=["nonce"])
    named.session.sheets.create(
        key=garden.canary("practice.Sheet.key"), respondent=named, group=garden.canary("practice.Sheet.group")
    )
