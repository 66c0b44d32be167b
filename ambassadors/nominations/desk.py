"""What nominations lay on a person's desk: drafts that were left lying, and what has become of those they put forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Nomination
from foundation.desk import RECENT, DeskCard, desk

if TYPE_CHECKING:
    from ambassadors.models import User

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


@desk.register("nominations")
def nominations(person: User) -> Iterator[DeskCard]:
    """One's own, in one query: an old draft waits, what has moved within two weeks is news."""
    now = timezone.now()
    own = Nomination.objects.visible_to(person).own(person)
    for one in own.to_tell_of(drafts_before=now - LEFT_LYING, moved_after=now - RECENT)[:CARDS]:
        yield _draft_card(one) if one.status == S.DRAFT else _news_card(one)


def _draft_card(one: Nomination) -> DeskCard:
    return DeskCard(
        title=_("Your draft about %(name)s") % {"name": one.name},
        text=_("It waits for you to go on, and nobody else knows of it."),
        url=one.get_absolute_url(),
        action=_("Go on writing"),
        weight=15,
        later=f"nomination {one.pk}",
    )


def _news_card(one: Nomination) -> DeskCard:
    text = _("They have joined. You know them best here: a line from you makes a good first day.") if one.joined_at else ""
    return DeskCard(
        title=one.name, text=text or str(NEWS[S(one.status)]), url=one.get_absolute_url(), action=_("Where it stands"), weight=20
    )
