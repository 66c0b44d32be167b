"""Inviting everybody who has the role label of a circle: each person once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from discussions.circles import rules
from discussions.models import SpaceRequest, SpaceRole
from discussions.models.space import Space
from discussions.spaces import joining
from foundation.audiences import Audience
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Circle

AT_ONCE = 100


def whom_to_invite(circle: Circle) -> QuerySet[User]:
    """Active ambassadors who let members see that they have the label, are not in the circle, and have had no invitation to it.

    Whoever said no, or has not answered, is not asked again; who is pausing is when they are back.
    """
    asked = SpaceRequest.objects.filter(space=circle.space_id, person=OuterRef("pk"))  # unscoped: each person is asked once
    inside = SpaceRole.objects.filter(space=circle.space_id, person=OuterRef("pk"))  # unscoped: likewise
    people: QuerySet[User] = get_user_model().objects.filter(
        is_active=True,
        ambassador__status="active",
        ambassador__role_labels=circle.label_id,
        ambassador__role_labels_audience__in=[Audience.PUBLIC, Audience.MEMBERS],
    )
    return people.filter(~Exists(asked), ~Exists(inside)).order_by("pk")


@transaction.atomic
def invite_by_label(circle: Circle, *, by: User, words: str = "", via: Via = Via.WEB) -> int:
    """Invite up to a hundred of them, and return how many. Pressed twice, everybody is invited once."""
    if not rules.may_invite(by, circle):
        raise PermissionDenied(_("By label, people are invited by whoever of the support team leads the circle."))
    # The lock of the space is that of `joining.invite`: two who press at once queue here, and the second finds nobody left.
    space = Space.objects.select_for_update(no_key=True).get(pk=circle.space_id)
    people = list(whom_to_invite(circle)[:AT_ONCE])
    invited = 0
    for person in people:
        try:
            joining.invite(space, by=by, person=person, role=SpaceRole.Role.PARTICIPANT, words=words, via=via)
        except ValidationError:  # has left the community just now
            continue
        invited += 1
    return invited
