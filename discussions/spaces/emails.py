"""What is said by mail about who is in which space. Each asks anew, when it is sent, what its reader may still know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

Role = SpaceRole.Role


def request_of(mail: OutgoingMail) -> SpaceRequest | None:
    """Return the request or invitation that the mail speaks of, if its reader may know of it and of its space."""
    if mail.person is None:
        return None
    seen = Space.objects.visible_to(mail.person).values("pk")
    found = SpaceRequest.objects.visible_to(mail.person).filter(pk=mail.about["request"], space__in=seen)
    shown: SpaceRequest | None = found.select_related("space", "person", "invited_by", "decided_by").first()
    return shown


def space_of(mail: OutgoingMail) -> Space | None:
    """Return the space that the mail speaks of, if its reader may know of it."""
    found: Space | None = Space.objects.visible_to(mail.person).filter(pk=mail.about["space"]).first() if mail.person else None
    return found


def request_is_wanted(mail: OutgoingMail) -> bool:
    """It waits still, and its reader decides about it."""
    asked = request_of(mail)
    return asked is not None and asked.status == "asked" and rules.may_decide(mail.person, asked)


def _answer_is_wanted(mail: OutgoingMail) -> bool:
    asked = request_of(mail)
    return asked is not None and asked.status in {"accepted", "declined"}


def request_context(mail: OutgoingMail) -> dict[str, Any]:
    """What each mail about a request or an invitation may say."""
    asked = request_of(mail)
    assert asked is not None  # noqa: S101  asked just before
    return {
        "space": asked.space.name,
        "purpose": asked.space.purpose,
        "who": str((asked.invited_by if asked.is_invitation else asked.person) or _("The support team")),
        "role": str(Role(asked.role).label),
        "rights": str(rules.RIGHTS[asked.role]),
        "words": asked.words,
        "answer": asked.answer,
        "is_accepted": asked.status == "accepted",
        "is_invitation": asked.is_invitation,
        "decided_by": str(asked.decided_by or _("A leader")),
        "url": _address(asked.space),
    }


def request_sample() -> dict[str, Any]:
    """The same for the preview, with nobody real in it."""
    return {
        "space": _("School meals that children eat"),
        "purpose": _("Kitchens, councils and funders who want full plates to come back empty."),
        "who": _("Amara Example"),
        "role": str(Role.PARTICIPANT.label),
        "rights": str(rules.RIGHTS[Role.PARTICIPANT]),
        "words": _("We cook for four schools, and would like to compare notes."),
        "answer": _("With pleasure. Begin with the thread on breakfasts."),
        "is_accepted": True,
        "is_invitation": False,
        "decided_by": _("Berit Example"),
        "url": f"{settings.SITE_URL}/spaces/school-meals/",
    }


def _roles_are_wanted(mail: OutgoingMail) -> bool:
    """Whoever was taken out of a hidden one is told by the name that they knew."""
    return mail.person is not None and bool(mail.person.is_member) and Space.objects.filter(pk=mail.about["space"]).exists()


def _roles_context(mail: OutgoingMail) -> dict[str, Any]:
    space, person = Space.objects.get(pk=mail.about["space"]), mail.person
    assert person is not None  # noqa: S101  asked just before
    held = rules.roles_of(person, space)
    roles = [{"name": str(role.label), "rights": str(rules.RIGHTS[role])} for role in Role if role in held]
    return {"space": space.name, "roles": roles, "url": _address(space)}


def _roles_sample() -> dict[str, Any]:
    roles = [{"name": str(Role.ADVISOR.label), "rights": str(rules.RIGHTS[Role.ADVISOR])}]
    return {"space": _("School meals that children eat"), "roles": roles, "url": f"{settings.SITE_URL}/spaces/school-meals/"}


def _end_is_near(mail: OutgoingMail) -> bool:
    """It is to end on the day that was said, and its reader still leads it."""
    space = space_of(mail)
    return space is not None and not space.has_ended and str(space.ends_on) == mail.about["day"] and rules.leads(mail.person, space)


def _end_context(mail: OutgoingMail) -> dict[str, Any]:
    space = space_of(mail)
    assert space is not None  # noqa: S101  asked just before
    return {
        "space": space.name,
        "day": space.ends_on,
        "outcome": space.outcome,
        "url": settings.SITE_URL + reverse("discussions:space-end", args=[space.slug]),
        "edit_url": settings.SITE_URL + reverse("discussions:space-edit", args=[space.slug]),
    }


def _end_sample() -> dict[str, Any]:
    return {
        "space": _("School meals that children eat"),
        "day": None,
        "outcome": _("Five menus that come back as empty plates."),
        "url": f"{settings.SITE_URL}/spaces/school-meals/end/",
        "edit_url": f"{settings.SITE_URL}/spaces/school-meals/edit/",
    }


def _acting_is_wanted(mail: OutgoingMail) -> bool:
    """Its reader still acts as leader."""
    space = space_of(mail)
    acting = SpaceRole.objects.of_members().acting().filter(space=space, person=mail.person)
    return space is not None and not space.has_ended and acting.exists()


def _acting_context(mail: OutgoingMail) -> dict[str, Any]:
    return _leader_context(mail) | {"rights": str(rules.RIGHTS[Role.LEADER])}


def _absence_is_told(mail: OutgoingMail) -> bool:
    """None of its leaders has come back since."""
    if mail.person is None or not (mail.person.is_member and mail.person.is_staff):
        return False
    return Space.objects.active().filter(pk=mail.about["space"], unattended_since__isnull=False).exists()


def _absence_context(mail: OutgoingMail) -> dict[str, Any]:
    """Who acts is known to those who read the space, and to nobody else."""
    acting = SpaceRole.objects.visible_to(mail.person).of_members().acting() if mail.person else SpaceRole.objects.none()
    role = acting.filter(space=mail.about["space"]).select_related("person").first()
    return _leader_context(mail) | {"acting": str(role.person) if role else ""}


def _leader_is_wanted(mail: OutgoingMail) -> bool:
    """Nobody leads it still, and its reader may take the lead, or find somebody."""
    if mail.person is None or not mail.person.is_member:
        return False
    space = Space.objects.without_leader().filter(pk=mail.about["space"]).first()
    if space is None:
        return False
    return bool(mail.person.is_staff) if mail.kind == "space_without_leader" else rules.may_take_lead(mail.person, space)


def _leader_context(mail: OutgoingMail) -> dict[str, Any]:
    """To the support team a hidden one has no name, even now."""
    space = space_of(mail)
    return {
        "space": space.name if space else "",
        "url": _address(space) if space else settings.SITE_URL + reverse("discussions:space-list"),
    }


def _leader_sample() -> dict[str, Any]:
    return {"space": _("School meals that children eat"), "url": f"{settings.SITE_URL}/spaces/school-meals/"}


def _address(space: Space) -> str:
    return settings.SITE_URL + space.get_absolute_url()


def link_of(mail: OutgoingMail, context: dict[str, Any]) -> str:
    """Where the line of a digest leads."""
    return str(context["url"])


kinds.add(
    "space_request",
    Kind(
        name="space_request",
        label=gettext_lazy("Requests to join a space that you lead"),
        context=request_context,
        sample=request_sample,
        still_wanted=request_is_wanted,
        link=link_of,
        placeholders=("space", "who", "role", "words", "url"),
        required=("url",),
    ),
)
kinds.add(
    "space_answer",
    Kind(
        name="space_answer",
        label=gettext_lazy("Answers to your requests and invitations in spaces"),
        context=request_context,
        sample=request_sample,
        still_wanted=_answer_is_wanted,
        link=link_of,
        answers_own_words=True,
        placeholders=("space", "decided_by", "role", "answer", "url"),
    ),
)
kinds.add(
    "space_roles",
    Kind(
        name="space_roles",
        label=gettext_lazy("Changes of your roles in spaces"),
        context=_roles_context,
        sample=_roles_sample,
        still_wanted=_roles_are_wanted,
        link=link_of,
        placeholders=("space", "url"),
    ),
)
kinds.add(
    "space_ends_soon",
    Kind(
        name="space_ends_soon",
        label=gettext_lazy("Reminders that a space you lead is about to end"),
        context=_end_context,
        sample=_end_sample,
        still_wanted=_end_is_near,
        link=link_of,
        placeholders=("space", "outcome", "url", "edit_url"),
        required=("url",),
        asks=True,
    ),
)
for _name, _label in (
    ("space_leader_wanted", gettext_lazy("When a space you are in has no leader")),
    ("space_without_leader", gettext_lazy("When a space has no leader (support team)")),
):
    kinds.add(
        _name,
        Kind(
            name=_name,
            label=_label,
            context=_leader_context,
            sample=_leader_sample,
            still_wanted=_leader_is_wanted,
            link=link_of,
            placeholders=("space", "url"),
        ),
    )
kinds.add(
    "space_acting",
    Kind(
        name="space_acting",
        label=gettext_lazy("When you act as leader of a space for a while"),
        context=_acting_context,
        sample=lambda: _leader_sample() | {"rights": str(rules.RIGHTS[Role.LEADER])},
        still_wanted=_acting_is_wanted,
        link=link_of,
        placeholders=("space", "rights", "url"),
        required=("url",),
        asks=True,
    ),
)
kinds.add(
    "space_unattended",
    Kind(
        name="space_unattended",
        label=gettext_lazy("When the leaders of a space are away (support team)"),
        context=_absence_context,
        sample=lambda: _leader_sample() | {"acting": _("Amara Example")},
        still_wanted=_absence_is_told,
        link=link_of,
        placeholders=("space", "acting", "url"),
    ),
)
