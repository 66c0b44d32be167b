"""Who a field is for. Each level reaches everything that the levels before it reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Audience(models.TextChoices):
    """The three audiences, from the widest to the narrowest."""

    PUBLIC = "public", _("Everybody, on the public site")
    MEMBERS = "members", _("Ambassadors and the support team")
    STAFF = "staff", _("The support team only")


WIDEST_FIRST = [Audience.PUBLIC, Audience.MEMBERS, Audience.STAFF]

# What a model says of a field that is not simply for one of the three audiences.
OWN_CHOICE = "own choice"  # the person it is about sets the audience, field by field
PARTIES = "parties"  # those who take part in the row, and nobody else, staff included
NOBODY = "nobody"  # kept for the machine; no page, mail, feed or export shows it


class AudienceField(models.CharField):
    """A choice of audience beside the field it speaks of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("choices", Audience.choices)
        kwargs.setdefault("default", Audience.MEMBERS)
        super().__init__(*args, **kwargs)


def reached_by(viewer: models.Model | AnonymousUser) -> set[str]:
    """Return the audiences that `viewer` belongs to: a visitor to one, an active ambassador to two, staff to three."""
    if getattr(viewer, "is_staff", False) and getattr(viewer, "is_active", False):
        return {Audience.PUBLIC, Audience.MEMBERS, Audience.STAFF}
    if getattr(viewer, "is_member", False):
        return {Audience.PUBLIC, Audience.MEMBERS}
    return {Audience.PUBLIC}
