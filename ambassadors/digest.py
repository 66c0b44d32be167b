"""What a digest tells of people: a slate that is open, and who is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador, Slate, SlateAnswer
from correspondence.digests.sections import SINCE, UNTIL, Item, mailed, rows_section
from foundation.desk import NoteRow, noted

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _open_slates(person: Any) -> QuerySet:
    """Slates that opened within the span, of which the person was not mailed and has said nothing."""
    said = SlateAnswer.objects.visible_to(person).filter(entry__slate=OuterRef("pk"))
    slates = Slate.objects.visible_to(person).open().filter(~Q(pk__in=mailed(person, "slate")), ~Exists(said))
    told = slates.filter(opened_at__gt=SINCE, opened_at__lte=UNTIL)
    return noted(told.order_by("closes_at", "pk"), "slates", label="title", at="closes_at")


def _slate_item(row: NoteRow) -> Item:
    until = date_format(timezone.localtime(row.at), "j F") if row.at else ""
    return Item(
        title=row.label,
        url=reverse("ambassadors:slate-detail", args=[row.key]),
        note=_("open until %(day)s") % {"day": until},
        text=_("If you know one of the nominees, a word helps. Silence is no vote."),
    )


def _new_people(person: Any) -> QuerySet:
    """Who has joined within the span, as far as the person finds them in the directory."""
    people = Ambassador.objects.visible_to(person).listed_to(person).exclude(user=person.pk)
    new = people.filter(status="active", joined_at__gt=SINCE, joined_at__lte=UNTIL)
    return noted(new.order_by("-joined_at", "-pk"), "new people", label="user__name", word="slug", most=8)


def _person_item(row: NoteRow) -> Item:
    return Item(title=row.label, url=reverse("ambassadors:ambassador-detail", args=[row.word]))


rows_section(
    "slates", title=gettext_lazy("Nominees before all of us"), weight=40, rows=_open_slates, item=_slate_item, kind="slate_opened"
)
rows_section("new people", title=gettext_lazy("New among us"), weight=70, rows=_new_people, item=_person_item)
