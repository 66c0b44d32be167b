"""What vetting lays on a desk: cases to assess for vetters, and what of the queue waits for those who run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambassadors.models import Nomination, VettingAssignment
from ambassadors.vetting.days import end_of
from ambassadors.vetting.queue import waiting_for
from ambassadors.vetting.rules import BEFORE_DECISION
from foundation.desk import Chore, DeskCard, desk, house

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

CARDS = 3
CHORES: dict[str, tuple[str, StrPromise, bool]] = {
    "new": ("nominations", gettext_lazy("Give them to vetters: those who have room are suggested."), False),
    "overdue": ("late assessments", gettext_lazy("A word to the vetter helps, or a substitute."), False),
    "concern": ("concerns", gettext_lazy("Somebody wrote to the vetting leads alone. Talk with them first."), False),
    "ready": ("cases to decide", gettext_lazy("All assessments are given, or the slate has closed."), True),
    "back": ("cases that came back", gettext_lazy("Their day has come: look at them with fresh eyes."), False),
}


def _has_duty(person: User) -> bool:
    return getattr(person, "vetting_duty", None) is not None


@desk.register("vetting")
def vetting(person: User) -> Iterator[DeskCard]:
    """Cases to assess, what is due first at the top."""
    if not _has_duty(person):
        return
    own = VettingAssignment.objects.visible_to(person).filter(vetter=person, nomination__status__in=BEFORE_DECISION)
    for one in own.waiting().select_related("nomination").order_by("due_on", "pk")[:CARDS]:
        yield DeskCard(
            title=_("Your view of %(name)s") % {"name": one.nomination.name},
            text=_("Half an hour is plenty, and a draft is kept while you write."),
            url=reverse("ambassadors:vetting-detail", args=[one.pk]),
            action=_("Read the nomination"),
            weight=0,
            due_at=end_of(one.due_on, person),
        )


def _rows_of(word: str, *, for_deciders: bool) -> Callable[[User], QuerySet]:
    def rows(person: User) -> QuerySet:
        duty: Any = getattr(person, "vetting_duty", None)
        if duty is None or not (duty.is_lead or (for_deciders and duty.decides)):
            return Nomination.objects.none()
        found: QuerySet = waiting_for(word, Nomination.objects.visible_to(person).led_by(person), person)
        return found

    return rows


def _title(word: str, number: int) -> str:
    titles = {
        "new": ngettext("%d new nomination", "%d new nominations", number),
        "overdue": ngettext("%d case waits for a late assessment", "%d cases wait for a late assessment", number),
        "concern": ngettext("%d case with an open concern", "%d cases with an open concern", number),
        "ready": ngettext("%d case is ready to be decided", "%d cases are ready to be decided", number),
        "back": ngettext("%d “not now” has come back", "%d “not now” have come back", number),
    }
    return titles[word] % number


def _card_of(word: str, text: StrPromise) -> Callable[[int], DeskCard]:
    def card(number: int) -> DeskCard:
        url = reverse("admin:ambassadors_nomination_changelist") + f"?waits={word}"
        return DeskCard(title=_title(word, number), text=str(text), url=url, action=_("Look at it"))

    return card


for _word, (_name, _text, _for_deciders) in CHORES.items():
    house.add(_name, Chore(_rows_of(_word, for_deciders=_for_deciders), _card_of(_word, _text)))
