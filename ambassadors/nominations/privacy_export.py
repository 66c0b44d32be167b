"""What a person's archive holds of the road by which people come in, and what erasing the person does to it.

Somebody who was nominated gets what was written about them without the words of others, which were given in confidence: that there is
such a text, when it was written and in which capacity is told (`KEPT_BACK` stands in its place).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import (
    Concern,
    ContactNote,
    Nomination,
    NominationMatch,
    Recusal,
    SlateAnswer,
    VettingAssignment,
    VettingDuty,
)
from ambassadors.nominations.clearing import clear, forget_around
from ambassadors.nominations.doubles import addresses_of
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User

KEPT_BACK = gettext_lazy("[given in confidence by somebody else: not shown]")


def what_they_nominated(person: User) -> Iterable[Record]:
    """Each nomination in its nominator's own words, and where it stands."""
    own = Nomination.objects.filter(nominator=person, cleared_at=None).select_related("sector").prefetch_related("role_labels")
    for one in own.order_by("pk"):
        yield {
            "name": one.name,
            "e-mail": one.email,
            "organisation": one.organization,
            "work": one.job_title,
            "place": one.place,
            "sector": str(one.sector or ""),
            "role_labels": [str(label) for label in one.role_labels.all()],
            "reason": one.reason,
            "relation": one.relation,
            "interest": one.conflict_text or one.conflict,
            "they_know": one.nominee_knows,
            "text_for_the_slate": one.slate_text,
            "evidence": [
                {"criterion": each.criterion.text, "text": each.text} for each in one.evidence.select_related("criterion")
            ],
            "state": one.get_status_display(),
            "begun": one.created_at,
            "submitted": one.submitted_at,
        }


def forget_nominations(person: User) -> None:
    """What was never submitted goes; the rest stays without their name, for others have worked on it."""
    own = Nomination.objects.filter(nominator=person)
    for one in own.filter(status__in=["prospect", "draft"]):
        forget_around(one)
        one.delete()
    own.update(nominator=None)


def what_is_held_of_their_case(person: User) -> Iterable[Record]:
    """How they came in: dates and states, the criteria that were asked, and where words of others are kept back."""
    addresses = [address.lower() for address in addresses_of(person)]
    theirs = Q(nominee=person) | Q(low_email__in=addresses)
    cases = Nomination.objects.annotate(low_email=Lower("email")).filter(theirs, cleared_at=None).exclude(status="draft")
    for one in cases.select_related("criteria").order_by("pk"):
        yield redacted(one)


def redacted(one: Nomination) -> Record:
    """What somebody may know of their own case: their data, its dates and where it stands; what others said is marked, and not shown."""
    assessed = one.assignments.filter(status="assessed")
    concerns = one.concerns.order_by("pk")
    return {
        "name": one.name,
        "e-mail": one.email,
        "organisation": one.organization,
        "work": one.job_title,
        "place": one.place,
        "noted": one.created_at,
        "submitted": one.submitted_at,
        "decided": one.decided_at,
        "state": one.get_status_display(),
        "criteria": [str(each) for each in one.criteria.criteria.all()] if one.criteria else [],
        "nomination": _("The words of whoever put you forward: %(kept)s") % {"kept": KEPT_BACK},
        "assessments": [{"on": each.assessed_at, "text": str(KEPT_BACK)} for each in assessed],
        "concerns": [{"on": each.said_at, "text": str(KEPT_BACK)} for each in concerns],
        "shown_to_all": [entry.text for entry in one.slate_entries.all() if entry.slate.status != "draft"],
        "invitations": [{"sent": each.sent_at, "answered": each.answered_at} for each in one.invitations.all()],
    }


def forget_case(person: User) -> None:
    """Nothing of how they came in remains but dates."""
    for one in Nomination.objects.filter(nominee=person):
        clear(one)


def what_they_vetted(person: User) -> Iterable[Record]:
    """What they said of nominees, as vetters and as members, each with its date; the nominee is not named."""
    for one in VettingAssignment.objects.filter(vetter=person).order_by("pk"):
        yield {
            "case": one.nomination_id,
            "state": one.get_status_display(),
            "on": one.assessed_at,
            "view": one.view,
            "how_well_known": one.acquaintance,
            "text": one.comment,
            "added_afterwards": one.amendment,
            "marks": [{"criterion": mark.criterion.text, "mark": mark.mark, "text": mark.comment} for mark in one.marks.all()],
            "answers": [{"question": each.question.text, "text": each.text} for each in one.answers.all()],
        }
    for concern in Concern.objects.filter(author=person).order_by("pk"):
        yield {"case": concern.nomination_id, "on": concern.said_at, "concern": concern.text}
    for answer in SlateAnswer.objects.filter(person=person).select_related("entry").order_by("pk"):
        yield {
            "case": answer.entry.nomination_id,
            "on": answer.at,
            "answer": answer.answer,
            "late": answer.is_late,
            "via": answer.via,
        }
    for duty in VettingDuty.objects.filter(person=person):
        yield {"since": duty.since, "vetter": duty.is_vetter, "lead": duty.is_lead, "decides": duty.decides}


def forget_vetting(person: User) -> None:
    """Work that was not done goes back to the queue; what they said of cases stays, without their name."""
    own = VettingAssignment.objects.filter(vetter=person)
    own.exclude(status="assessed").delete()
    own.update(vetter=None)
    Concern.objects.filter(author=person).update(author=None)
    SlateAnswer.objects.filter(person=person).update(person=None)
    NominationMatch.objects.filter(person=person).delete()
    for model in (Recusal, VettingDuty):
        model._default_manager.filter(person=person).delete()


def what_was_noted(person: User) -> Iterable[Record]:
    """Calls and talks with them, as the support team noted them."""
    for one in ContactNote.objects.filter(ambassador__user=person).order_by("on", "pk"):
        yield {"on": one.on, "kind": one.get_kind_display(), "text": one.text}


def forget_notes(person: User) -> None:
    """Notes about them go; notes that they wrote about others stay without their name."""
    ContactNote.objects.filter(ambassador__user=person).delete()
    ContactNote.objects.filter(by=person).update(by=None)


sections.add(
    "nominations",
    Section(
        gettext_lazy("Whom you nominated"),
        what_they_nominated,
        forget_nominations,
        models=("ambassadors.Nomination", "ambassadors.Evidence"),
    ),
)
sections.add(
    "how-you-came-in",
    Section(
        gettext_lazy("How you came in"),
        what_is_held_of_their_case,
        forget_case,
        models=("ambassadors.Invitation", "ambassadors.InvitationWish", "ambassadors.Decision", "ambassadors.NominationMatch"),
        text=gettext_lazy("Words that others gave in confidence are marked, and not shown."),
    ),
)
sections.add(
    "vetting",
    Section(
        gettext_lazy("What you said of nominees"),
        what_they_vetted,
        forget_vetting,
        models=(
            "ambassadors.VettingAssignment",
            "ambassadors.AssessmentMark",
            "ambassadors.AssessmentAnswer",
            "ambassadors.Recusal",
            "ambassadors.Concern",
            "ambassadors.SlateAnswer",
            "ambassadors.VettingDuty",
        ),
    ),
)
sections.add(
    "contacts",
    Section(gettext_lazy("Calls and talks with you"), what_was_noted, forget_notes, models=("ambassadors.ContactNote",)),
)
for label in ("CriteriaEdition", "Slate"):
    exempt.add(f"ambassadors.{label}", "the community's own words; who wrote them down is unnamed when their account goes")
for label in ("Criterion", "VettingQuestion"):
    exempt.add(f"ambassadors.{label}", "the words of an edition: the community's own, and they name nobody")
exempt.add("ambassadors.Nomination_role_labels", "which labels a case has; it goes when the case is cleared")
exempt.add("ambassadors.SlateEntry", "the text of a nominee on a slate; it is emptied when the case is cleared")
