"""Canaries in what is said of nominees. Being of the support team opens none of it; a duty does, and the cast has none."""

from __future__ import annotations

from typing import Any

from ambassadors.models import (
    AssessmentAnswer,
    AssessmentMark,
    Concern,
    ContactNote,
    CriteriaEdition,
    Decision,
    Evidence,
    Invitation,
    InvitationWish,
    Nomination,
    SlateAnswer,
    VettingQuestion,
)
from tests import make
from tests.ambassadors import admission_making as making
from tests.leaks import MEMBERS, NO_ONE, TEAM, Garden

ORDER_OF_WORDS = ("name", "organization", "job_title", "place", "reason", "relation", "conflict_text", "slate_text")


def plant(garden: Garden) -> None:
    edition = an_edition(garden)
    case = own_nomination_of_the_ambassador(garden)
    what_was_said_of_it(garden, case, edition)
    told_when_it_was_decided(garden)
    on_an_open_slate(garden)
    noted_about_a_member(garden)


def an_edition(garden: Garden) -> CriteriaEdition:
    """The questions are for vetters, and for the support team, which words the editions."""
    edition = making.edition()
    CriteriaEdition.objects.filter(pk=edition.pk).update(change=garden.canary("ambassadors.CriteriaEdition.change", *MEMBERS))
    question = edition.questions.get()
    VettingQuestion.objects.filter(pk=question.pk).update(
        text=garden.canary("ambassadors.VettingQuestion.text", *TEAM),
        help_text=garden.canary("ambassadors.VettingQuestion.help_text", *TEAM),
    )
    return edition


def own_nomination_of_the_ambassador(garden: Garden) -> Nomination:
    """Its nominator's own words."""

    def canary(field: str, *readers: str) -> str:
        return garden.canary(f"ambassadors.{field}", *readers)

    words: dict[str, Any] = {field: canary(f"Nomination.{field}", "ambassador") for field in ORDER_OF_WORDS}
    email = canary("Nomination.email", "ambassador")
    case = making.nomination(
        garden.cast.ambassador, status="vetting", conflict="some", **words | {"email": f"{email}@x.example.org"}
    )
    Nomination.objects.filter(pk=case.pk).update(
        **{field: canary(f"Nomination.{field}", *NO_ONE) for field in ("name_key", "email_key", "organization_key", "address_hash")}
    )
    Evidence.objects.filter(nomination=case).update(text=canary("Evidence.text", "ambassador"))
    return case


def what_was_said_of_it(garden: Garden, case: Nomination, edition: CriteriaEdition) -> None:
    """Assessments, concerns, a decision and an invitation: for those with a duty in the case, not for its nominator, not for staff."""

    def canary(field: str) -> str:
        return garden.canary(f"ambassadors.{field}", *NO_ONE)

    vetter = making.vetter()
    given = making.assessed(
        case, vetter, comment=canary("VettingAssignment.comment"), amendment=canary("VettingAssignment.amendment")
    )
    criterion, question = edition.criteria.first(), edition.questions.get()
    AssessmentMark.objects.create(assignment=given, criterion=criterion, mark="clearly", comment=canary("AssessmentMark.comment"))
    AssessmentAnswer.objects.create(assignment=given, question=question, text=canary("AssessmentAnswer.text"))
    Concern.objects.create(nomination=case, author=vetter, text=canary("Concern.text"), outcome=canary("Concern.outcome"))
    Decision.objects.create(nomination=case, outcome="not now", reasons=canary("Decision.reasons"), told=canary("Decision.told"))
    invitation = making.invitation(
        case, status="withdrawn", name=canary("Invitation.name"), note=canary("Invitation.note"), nonce=canary("Invitation.nonce")
    )
    Invitation.objects.filter(pk=invitation.pk).update(
        email=f"{canary('Invitation.email')}@x.example.org",
        decline_reason=canary("Invitation.decline_reason"),
        profile={"name": canary("Invitation.profile")},
    )
    InvitationWish.objects.create(
        invitation=invitation,
        kind="address",
        email=f"{canary('InvitationWish.email')}@x.example.org",
        words=canary("InvitationWish.words"),
    )


def told_when_it_was_decided(garden: Garden) -> None:
    """What a nominator reads of a decision: the text written for them, and no reason."""
    case = making.nomination(garden.cast.ambassador, "Decided Nominee", status="declined")
    told, reasons = (
        garden.canary(f"ambassadors.Decision.{field}", *who) for field, who in (("told", ["ambassador"]), ("reasons", []))
    )
    Decision.objects.create(nomination=case, outcome="decline", reasons=reasons, told=told)


def on_an_open_slate(garden: Garden) -> None:
    """What all members read of a nominee: the text written for it."""
    case = making.nomination(make.ambassador("Nominating Noor"), "Slate Candidate", status="slate")
    slate = making.slate(
        case, title=garden.canary("ambassadors.Slate.title", *MEMBERS), intro=garden.canary("ambassadors.Slate.intro", *MEMBERS)
    )
    entry = slate.entries.get()
    entry.text = garden.canary("ambassadors.SlateEntry.text", *MEMBERS)
    entry.save()
    garden.pages.append(slate.get_absolute_url())
    SlateAnswer.objects.create(entry=entry, person=garden.cast.outsider, answer="support")


def noted_about_a_member(garden: Garden) -> None:
    """What staff noted of a call: for staff."""
    person = make.ambassador("Called Callum")
    ContactNote.objects.create(ambassador=person.ambassador, text=garden.canary("ambassadors.ContactNote.text", *TEAM))
