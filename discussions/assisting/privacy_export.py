"""What an archive holds of prepared answers, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discussions.models import Post, PreparedReply
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def prepared_by_or_for(person: User) -> Iterable[Record]:
    """The answers that were prepared for them, and those that they prepared."""
    rows = PreparedReply.objects.filter(Q(ambassador=person) | Q(assistant=person)).select_related("ambassador").order_by("pk")
    for one in rows:
        is_theirs = one.ambassador_id == person.pk
        yield {
            "prepared at": one.prepared_at,
            "prepared by": one.assistant_name if is_theirs else "",
            "prepared for": "" if is_theirs else one.ambassador.shown_name,
            "text": one.body,
            "state": one.get_status_display(),
        }


def forget_prepared(person: User) -> None:
    """What they prepared, and what was prepared for them, is gone. What an assistant said stays its author's, through nobody by name."""
    PreparedReply.objects.filter(Q(ambassador=person) | Q(assistant=person)).delete()
    Post.objects.filter(assistant=person).update(assistant=None, assistant_name="")


sections.add(
    "prepared answers",
    Section(
        _("Answers that an assistant prepared"),
        prepared_by_or_for,
        forget_prepared,
        weight=13,
        models=("discussions.PreparedReply",),
        text=_("What was laid before you by an assistant of yours, or by you before somebody else."),
    ),
)
