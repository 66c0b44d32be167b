"""The face beside a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from discussions.threads.lines import face_url

if TYPE_CHECKING:
    from ambassadors.models import User

register = template.Library()


@register.filter
def face(person: User | None) -> str:
    """The address of somebody's face, where they show it to members; the person comes with their profile."""
    ambassador = getattr(person, "ambassador", None)
    if ambassador is None or person is None or not person.is_credited:
        return ""
    return face_url(ambassador.small_photo_id or ambassador.photo_id, ambassador.photo_audience)
