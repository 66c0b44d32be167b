"""Builders for nominations and what becomes of them: the least that is valid, the rest by keyword."""

from __future__ import annotations

import datetime

from django.utils import timezone

from ambassadors.models import (
    CriteriaEdition,
    Criterion,
    Evidence,
    Invitation,
    Nomination,
    Slate,
    SlateEntry,
    User,
    VettingAssignment,
    VettingDuty,
    VettingQuestion,
)
from ambassadors.nominations import criteria
from tests import make

HAS_CRITERIA = set(Nomination.Status) - {Nomination.Status.PROSPECT, Nomination.Status.DRAFT}


def edition(**fields) -> CriteriaEdition:
    """The criteria in force: two musts, one that one hopes for, and one question. Made once."""
    found = CriteriaEdition.objects.in_force()
    if found is not None:
        return found
    author = make.person("Cora Criteria", is_staff=True)
    draft = criteria.begin_draft(by=author)
    for position, (kind, text) in enumerate(
        [("must", "Changes minds"), ("must", "Asks for results"), ("desirable", "Leaves room")]
    ):
        Criterion.objects.create(edition=draft, kind=kind, text=text, explanation=f"What shows “{text}”.", position=position)
    VettingQuestion.objects.create(edition=draft, text="What would they bring?")
    criteria.publish(draft, revision=draft.revision, by=author)
    draft.refresh_from_db()
    return draft


def nomination(nominator: User, name: str = "Nia Nominee", status: str = "submitted", **fields) -> Nomination:
    """A case in any state, with evidence for each must."""
    now = timezone.now()
    given = {
        "email": f"{name.lower().replace(' ', '.')}@people.example.org",
        "organization": "Harbour Trust",
        "reason": "They made us stop counting heads.",
        "relation": "We taught together for years.",
        "conflict": "none",
        "nominee_knows": "no",
        "slate_text": f"{name} runs a school that parents queue for.",
    }
    if status in HAS_CRITERIA:
        given |= {"criteria": edition(), "submitted_at": now}
    if status in {"approved", "declined", "not now", "withdrawn"}:
        given["decided_at"] = now
    if status == "not now":
        given["revisit_on"] = timezone.localdate() + datetime.timedelta(days=180)
    made = Nomination.objects.create(nominator=nominator, name=name, status=status, **{**given, **fields})
    if made.criteria:
        for criterion in made.criteria.criteria.filter(kind="must"):
            Evidence.objects.create(nomination=made, criterion=criterion, text=f"Seen for {criterion.text.lower()}.")
    return made


def duty(person: User, **fields) -> User:
    """Give somebody a duty in GrowCom, and return them."""
    VettingDuty.objects.update_or_create(person=person, defaults={"is_vetter": True, **fields})
    return person


def lead(name: str = "Lea Lead", **fields) -> User:
    """A vetting lead who also decides."""
    return duty(make.person(name, is_staff=True), is_lead=True, decides=True, **fields)


def vetter(name: str = "Vera Vetter") -> User:
    return duty(make.ambassador(name))


def assignment(case: Nomination, person: User, **fields) -> VettingAssignment:
    """A case in the hands of somebody, due in a week."""
    due = timezone.localdate() + datetime.timedelta(days=7)
    return VettingAssignment.objects.create(nomination=case, vetter=person, **{"due_on": due, **fields})


def assessed(case: Nomination, person: User, comment: str = "Solid.", **fields) -> VettingAssignment:
    """An assessment that has been given."""
    given = {"status": "assessed", "assessed_at": timezone.now(), "view": "invite", "acquaintance": "slightly"}
    return assignment(case, person, comment=comment, **{**given, **fields})


def slate(*cases: Nomination, status: str = "open", days: int = 10, **fields) -> Slate:
    """A slate with these nominees, open for so many days."""
    now = timezone.now()
    given = {"title": "Autumn slate", "status": status}
    if status != "draft":
        given |= {"opened_at": now, "closes_at": now + datetime.timedelta(days=days)}
    if status == "closed":
        given["closed_at"] = now
    made = Slate.objects.create(**{**given, **fields})
    for number, case in enumerate(cases, start=1):
        SlateEntry.objects.create(slate=made, nomination=case, number=number, text=case.slate_text)
    return made


def invitation(case: Nomination, status: str = "sent", **fields) -> Invitation:
    """An invitation for an approved nominee."""
    now = timezone.now()
    given = {"name": case.name, "email": case.email, "cosigner": case.nominator, "status": status}
    if status != "waiting":
        given |= {"sent_at": now, "expires_at": now + datetime.timedelta(days=30)}
    return Invitation.objects.create(nomination=case, **{**given, **fields})
