"""On the desk: that one is asked to write something with others, or may be named as one who helped."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from products.models import AuthorInvitation


def _asked(person: Any) -> QuerySet:
    rows = AuthorInvitation.objects.visible_to(person).to(person).order_by("at", "pk")
    return noted(rows, "author asked", label="product__newest__title", word="by__name", most=3)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Write with us: “%(title)s”") % {"title": row.label},
        text=_("%(name)s asks whether you would stand under it, too.") % {"name": row.word or _("Somebody")},
        url=reverse("products:author-invitation", args=[row.key]),
        action=_("Say yes or no"),
        weight=10,
    )


notes.add("author asked", Note(_asked, _card))
