"""Which fields a viewer gets. Pages, the directory and mail are given cards, never profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import Ambassador, User


@dataclass(frozen=True)
class ProfileCard:
    """One person as one viewer may see them. What is not for that viewer is empty here: there is nothing to leak."""

    pk: int
    name: str
    url: str
    is_own: bool = False
    standing: str = ""
    organization: str = ""
    job_title: str = ""
    role_labels: tuple[str, ...] = ()
    sector: str = ""
    place: str = ""
    ask_me_about: str = ""
    bio: str = ""

    @property
    def line(self) -> str:
        """What they do and where, in one line."""
        return ", ".join(part for part in (self.job_title, self.organization) if part)


def card_for(viewer: User | AnonymousUser, ambassador: Ambassador) -> ProfileCard:
    """Return what `viewer` may see of `ambassador`; people see all that is their own.

    It does not ask whether the viewer may see the person at all: `visible_to` has been asked before.
    """
    is_own = viewer.pk is not None and viewer.pk == ambassador.user_id
    reach = {str(audience) for audience in Audience} if is_own else reached_by(viewer)
    return card_seen_by(reach, ambassador, is_own=is_own)


def card_seen_by(reach: set[str], ambassador: Ambassador, *, is_own: bool = False) -> ProfileCard:
    """Return what everybody sees whose audiences are `reach`."""
    shown: dict[str, Any] = {
        field: _said(ambassador, field) for field in ambassador.SHOWN if getattr(ambassador, f"{field}_audience") in reach
    }
    return ProfileCard(
        pk=ambassador.pk,
        name=ambassador.user.name,
        url=ambassador.get_absolute_url(),
        is_own=is_own,
        standing=_standing(reach, ambassador),
        **shown,
    )


def _said(ambassador: Ambassador, field: str) -> str | tuple[str, ...]:
    if field != "role_labels":
        return str(getattr(ambassador, field) or "")
    names = getattr(ambassador, "role_names", None)  # read with the row by `with_card`
    return tuple(names if names is not None else ambassador.role_labels.values_list("name", flat=True))


def _standing(reach: set[str], ambassador: Ambassador) -> str:
    """Members see who is not here yet and who is pausing, so that nobody waits for an answer in vain; visitors see neither."""
    if Audience.MEMBERS not in reach or ambassador.status == ambassador.Status.ACTIVE:
        return ""
    return str(ambassador.get_status_display())
