"""The end of an organisation: everything of it goes at once, and nothing of it is mailed any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from correspondence.models import OutgoingMail
from foundation.workflow import record
from practice.models import (
    Action,
    CommunityQuestion,
    LearningSession,
    PracticeInvitation,
    PracticeOrganization,
    PriorityVote,
    Respondent,
    Talk,
    Voter,
)

if TYPE_CHECKING:
    from ambassadors.models import User

ENDED, TALK_ENDED = "practice_organization_erased", "practice_talk_erased"
State = OutgoingMail.State


def what_goes(organization: PracticeOrganization) -> dict[str, int]:
    """How much there is of what goes, for whoever is about to erase it."""
    sessions = LearningSession.objects.filter(organization=organization)
    return {
        "rounds": sessions.count(),
        "people": Respondent.objects.filter(session__in=sessions).count(),
        # Not how many answers: beside the list of who has begun, a number that grows would tell how much somebody has said.
        "answered": Respondent.objects.filter(session__in=sessions, status__in=["begun", "finished"]).count(),
        "actions": Action.objects.filter(session__in=sessions).count(),
        "questions": CommunityQuestion.objects.filter(organization=organization).count(),
        "talks": Talk.objects.filter(organization=organization).count(),
        "open": sessions.filter(status=LearningSession.Status.OPEN).count(),
    }


@transaction.atomic
def erase(organization: PracticeOrganization, name: str, *, by: User) -> None:
    """Erase an organisation whose name was typed, and tell those who ran it, too, and volunteers who would have talked with it.

    Raises PermissionDenied, and ValidationError where the name is another one.
    """
    # Held alone: whoever comes to run it, or erases it at the same time, comes before or finds nothing.
    PracticeOrganization.objects.select_for_update().filter(pk=organization.pk).first()
    held = PracticeOrganization.objects.visible_to(by).filter(pk=organization.pk).first()
    if held is None:
        raise PermissionDenied("for whoever runs it")
    if " ".join(name.split()).casefold() != held.name.casefold():
        raise ValidationError({"name": _("This is not its name: it is called “%s”.") % held.name})
    others = [seat.person for seat in held.administrators.exclude(person=by).select_related("person")]
    talks = list(Talk.objects.filter(organization=held).alive().select_related("volunteer"))
    record("erased", held, by=by)
    erase_all([held.pk])
    for person in others:
        outbox.post(ENDED, person, key=f"practice-erased:{held.pk}:{person.pk}", by=by.pk)
    for talk in talks:
        coming = talk.starts if talk.starts and talk.starts > timezone.now() else None
        said = coming.isoformat() if coming else ""
        outbox.post(TALK_ENDED, talk.volunteer, key=f"practice-talk-erased:{talk.pk}", starts=said)


@transaction.atomic
def erase_all(organizations: Iterable[int]) -> None:
    """Remove organisations by their keys, with all that belongs to them and every mail about it that has not left."""
    keys = list(organizations)
    # Whoever saves an answer, a ballot or words under a question holds or shares one of these rows: they come before, or find it gone.
    sessions = list(
        LearningSession.objects.select_for_update().filter(organization__in=keys).order_by("pk").values_list("pk", flat=True)
    )
    for rows in (
        PriorityVote.objects.filter(session__in=sessions),
        CommunityQuestion.objects.filter(organization__in=keys),
        Talk.objects.filter(organization__in=keys),
    ):
        list(rows.select_for_update().order_by("pk").values_list("pk"))
    _forget_mails(keys, sessions)
    PracticeOrganization.objects.filter(pk__in=keys).delete()


def _forget_mails(organizations: list[int], sessions: list[int]) -> None:
    """Addresses without an account stand in the outbox alone: they go from it, but for a mail that a worker holds at this moment."""
    respondents = Respondent.objects.filter(session__in=sessions).values_list("pk", flat=True)
    actions = Action.objects.filter(session__in=sessions).values_list("pk", flat=True)
    voters = Voter.objects.filter(vote__session__in=sessions).values_list("pk", flat=True)
    invitations = PracticeInvitation.objects.filter(organization__in=organizations).values_list("pk", flat=True)
    about = Q(kind__in=["practice_invitation", "practice_reminder"], about__respondent__in=list(respondents))
    about |= Q(kind="practice_action", about__action__in=list(actions))
    about |= Q(kind="practice_vote", about__voter__in=list(voters))
    about |= Q(kind="practice_administrator_invited", about__invitation__in=list(invitations))
    OutgoingMail.objects.filter(about, person=None).exclude(state__in=[State.CLAIMED, State.HANDING_OVER]).delete()
