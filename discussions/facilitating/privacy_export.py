"""What an archive holds of private words to quiet members, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.models import Nudge
from foundation.forgetting import names_of, take_out
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def where_their_view_was_wanted(person: User) -> Iterable[Record]:
    """When they were asked for their view, and when they asked others (not whom)."""
    for nudge in Nudge.objects.filter(person=person).select_related("thread").order_by("pk"):
        yield {"asked at": nudge.at, "thread": nudge.thread.subject, "words": nudge.words}
    for nudge in Nudge.objects.filter(by=person).select_related("thread").order_by("pk"):
        yield {"you asked somebody at": nudge.at, "thread": nudge.thread.subject, "words": nudge.words}


def forget_the_asking(person: User) -> None:
    """What they were asked goes; what they asked others keeps no name of theirs."""
    Nudge.objects.filter(person=person).delete()
    own = Nudge.objects.filter(by=person)
    take_out(own, "words", names_of(person))
    own.update(by=None)


sections.add(
    "nudges",
    Section(
        _("Where your view was asked for"),
        where_their_view_was_wanted,
        forget_the_asking,
        weight=12,
        models=("discussions.Nudge",),
        text=_("Private invitations to speak up in a conversation, to you and from you."),
    ),
)
