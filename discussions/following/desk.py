"""What lies on the desk of whoever is named in a conversation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Mention, Post
from foundation.desk import RECENT, DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _since() -> datetime:
    return timezone.now() - RECENT


def _named(person: Any) -> QuerySet:
    """Posts of the last two weeks in spaces that name the person, the latest first, until they answer there."""
    mentions = Mention.objects.visible_to(person).filter(post=OuterRef("pk"), person=person.pk)
    answered = Post.objects.visible_to(person).filter(thread=OuterRef("thread"), number__gt=OuterRef("number"), author=person.pk)
    recent = Post.objects.visible_to(person).filter(
        posted_at__gte=Late(_since, DateTimeField()), status="shown", thread__status="open"
    )
    posts = recent.filter(Exists(mentions), ~Exists(answered), thread__space__isnull=False, author__is_credited=True)
    return noted(
        posts.annotate(by=F("author__name")).order_by("-posted_at"), "mentions", label="thread__subject", word="by", most=2
    )


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("%(name)s named you") % {"name": row.word},
        text=_("In the conversation “%(subject)s”.") % {"subject": row.label},
        url=reverse("discussions:post-detail", args=[int(row.key)]),
        action=_("Read it"),
        weight=16,
    )


notes.add("mentions", Note(_named, _card))
