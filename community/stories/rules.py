"""Who may do what with news, slides, testimonials and the page about the team. Pure functions of (user, object)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ambassadors.models import User
    from community.models import TeamMember, Testimonial


def is_support(user: User | None, obj: object = None) -> bool:
    """The support team looks after what the public site says."""
    return user is not None and user.is_active and user.is_staff


def is_its_author(user: User | None, testimonial: Testimonial) -> bool:
    """Consent is given and taken back by the person who speaks, and by nobody in their place."""
    return user is not None and user.is_active and user.pk == testimonial.person_id


def is_that_person(user: User | None, member: TeamMember) -> bool:
    """What is shown of somebody is confirmed by that person."""
    return user is not None and user.is_active and user.pk == member.user_id


def is_support_or_that_person(user: User | None, member: TeamMember) -> bool:
    """Both may take somebody off the page."""
    return is_support(user) or is_that_person(user, member)
