"""The way from a thread to who has spoken in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discussions import rules
from discussions.acts import Act, thread_acts

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Thread


def see_who_has_spoken(reader: User, thread: Thread) -> Iterator[Act]:
    """For whoever leads the space, while people talk there."""
    if thread.status in {"open", "locked"} and rules.leads(reader, thread.space):
        yield Act(_("Who has spoken"), reverse("discussions:thread-spoken", args=[thread.pk]), "ear", weight=65)


thread_acts.add("who has spoken", see_who_has_spoken)
