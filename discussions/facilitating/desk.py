"""What facilitators find on their desk, and whoever they asked for a view."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.models import MailPreference
from discussions.facilitating.unanswered import unanswered
from discussions.models import Nudge, Post, Thread
from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.db.models import QuerySet

OFFERED = timedelta(days=21)


def _lately() -> datetime:
    return timezone.now() - OFFERED


def _asked_for(person: Any) -> QuerySet:
    """The open threads in which the person's view was asked for, unless they spoke there or want no such word."""
    wants_none = MailPreference.objects.filter(person=person.pk, kind="nudge", wanted=False)  # unscoped: one's own
    nudges = Nudge.objects.visible_to(person).filter(
        ~Exists(wants_none), thread=OuterRef("pk"), person=person.pk, at__gte=Late(_lately, DateTimeField())
    )
    said = Post.objects.visible_to(person).filter(thread=OuterRef("pk"), author=person.pk)
    threads = Thread.objects.visible_to(person).filter(Exists(nudges), ~Exists(said), status="open")
    return noted(threads, "nudges", label="subject", word="space__name", most=2)


def _asked_for_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Your view would be welcome in “%(subject)s”") % {"subject": row.label},
        text=_("Whoever leads “%(space)s” would like to hear you there. Nobody else knows that you were asked.")
        % {"space": row.word},
        url=Thread(pk=int(row.key), subject=row.label).get_absolute_url(),
        action=_("Read it"),
        weight=12,
    )


def _waiting(person: Any) -> QuerySet:
    return noted(unanswered(person), "unanswered", label="subject", word="space__name", most=1)


def _waiting_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("“%(subject)s” waits for an answer") % {"subject": row.label},
        text=_("Begun in “%(space)s” more than two days ago. What else may need your hand lies on one page.") % {"space": row.word},
        url=reverse("discussions:morning-detail"),
        action=_("Your spaces this morning"),
        weight=14,
    )


notes.add("nudges", Note(_asked_for, _asked_for_card))
notes.add("unanswered", Note(_waiting, _waiting_card))
