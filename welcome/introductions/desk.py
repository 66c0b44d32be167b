"""On the desk: whom somebody thinks one should meet, until one has answered or its day has come."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late
from welcome.models import IntroductionSide


def _asked(person: Any) -> QuerySet:
    rows = IntroductionSide.objects.visible_to(person).open(Late(timezone.now)).unanswered()
    return noted(rows.order_by("introduction__lapses_at", "pk"), "introductions", label="introduction__host__name", most=2)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Somebody you may like to meet"),
        text=_("%(host)s thinks so, and says why. Yes or not now: nobody learns of a “not now”.") % {"host": row.label},
        url=reverse("welcome:introduction-list"),
        action=_("See who it is"),
        weight=11,
        later=f"introduction {row.key}",
    )


notes.add("introductions", Note(_asked, _card))
