"""What a digest tells of the reader's own mail: what waits for their word, and was not told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.digests.sections import SINCE, UNTIL, Item, rows_section
from correspondence.inbound.reasons import SENTENCES
from correspondence.models import InboundMail
from foundation.desk import NoteRow, noted

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _unsaid(person: Any) -> QuerySet:
    """Held mail of which its writer was not told, since a program may have written it and would answer that, too."""
    waiting = InboundMail.objects.visible_to(person).held().filter(answered=False, person=person.pk)
    within = waiting.filter(received_at__gt=SINCE, received_at__lte=UNTIL)
    return noted(within.order_by("received_at", "pk"), "held mail", word="reason", at="received_at")


def _item(row: NoteRow) -> Item:
    day = date_format(timezone.localtime(row.at), "j F") if row.at else ""
    return Item(
        title=_("A mail of yours of %(day)s") % {"day": day},
        url=reverse("inbound:mail-detail", args=[row.key]),
        note=_("not posted"),
        text=f"{SENTENCES.get(row.word, '')} {_('To post it by mail, send it again with a word changed.')}".strip(),
    )


rows_section("held mail", title=gettext_lazy("Waits for your word"), weight=5, rows=_unsaid, item=_item)
