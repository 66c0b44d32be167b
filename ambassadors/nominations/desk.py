"""What nominations lay on a person's desk: drafts that were left lying, and what has become of those they put forward."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Nomination
from foundation.desk import RECENT, DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

S = Nomination.Status
CARDS = 4
LEFT_LYING = timedelta(days=7)
NEWS = {
    S.VETTING: gettext_lazy("Members of GrowCom are looking at your nomination."),
    S.SLATE: gettext_lazy("Your nominee is put before all ambassadors."),
    S.APPROVED: gettext_lazy("The community invites whom you nominated."),
    S.NOT_NOW: gettext_lazy("Not now: the question comes back by itself later."),
    S.DECLINED: gettext_lazy("The community has decided not to invite whom you nominated."),
    S.JOINED: gettext_lazy("Somebody else had put the same person forward: the two go on as one."),
}


def _own(person: Any) -> QuerySet:
    own = Nomination.objects.visible_to(person).own(person)
    lying = Late(lambda: timezone.now() - LEFT_LYING)
    rows = own.to_tell_of(drafts_before=lying, moved_after=Late(lambda: timezone.now() - RECENT))
    return noted(rows, "nominations", label="name", word="status", at="joined_at", most=CARDS)


def _card(row: NoteRow) -> DeskCard:
    """An old draft waits; what has moved within two weeks is news."""
    return _draft_card(row) if row.word == S.DRAFT else _news_card(row)


def _draft_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Your draft about %(name)s") % {"name": row.label},
        text=_("It waits for you to go on, and nobody else knows of it."),
        url=_url(row),
        action=_("Go on writing"),
        weight=15,
        later=f"nomination {row.key}",
    )


def _news_card(row: NoteRow) -> DeskCard:
    joined = _("They have joined. You know them best here: a line from you makes a good first day.") if row.at else ""
    return DeskCard(title=row.label, text=joined or str(NEWS[S(row.word)]), url=_url(row), action=_("Where it stands"), weight=20)


def _url(row: NoteRow) -> str:
    return reverse("ambassadors:nomination-detail", args=[row.key])


notes.add("nominations", Note(_own, _card))
