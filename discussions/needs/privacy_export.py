"""What an archive holds of needs, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.models import NeedAlert, Thread
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_were_told_of(person: User) -> Iterable[Record]:
    """What others needed and they were told of, as far as they may still read it."""
    seen = set(Thread.objects.visible_to(person).filter(need__alerts__person=person).values_list("pk", flat=True))
    for alert in NeedAlert.objects.filter(person=person).select_related("need__thread", "need__topic").order_by("pk"):
        thread = alert.need.thread
        yield {"at": alert.at, "topic": alert.need.topic.name, "subject": thread.subject if thread.pk in seen else ""}


def forget_what_they_were_told_of(person: User) -> None:
    """Nothing says any more that they were told."""
    NeedAlert.objects.filter(person=person).delete()


sections.add(
    "needs",
    Section(
        _("What others needed of you"),
        what_they_were_told_of,
        forget_what_they_were_told_of,
        weight=14,
        models=("discussions.NeedAlert",),
        text=_("Questions you were told of because their topic is one of yours. What you asked yourself is among your words."),
    ),
)
exempt.add("discussions.Need", "the topic of a question; its words and its author are in the section of what people said")
