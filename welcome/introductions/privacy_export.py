"""What an archive holds of introductions, and what erasing a person leaves of them: that there was one, without a name or a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, sections
from welcome.models import Introduction, IntroductionSide

if TYPE_CHECKING:
    from ambassadors.models import User


def introductions_of(person: User) -> Iterable[Record]:
    """Those that they proposed, with what they know of them; those that they were asked about, with their own answer."""
    for row in Introduction.objects.visible_to(person).order_by("pk"):
        yield {"proposed_at": row.asked_at, "reason": row.reason, "state": row.status, "ended_at": row.ended_at}
    for side in IntroductionSide.objects.visible_to(person).with_other().order_by("pk"):
        asked = side.introduction
        host = asked.host.shown_name if asked.host else ""
        yield {
            "asked_at": asked.asked_at,
            "host": host,
            "reason": asked.reason,
            "answer": side.answer,
            "at": side.at,
            "via": side.via,
        }


def forget_introductions(person: User) -> None:
    """The words go wherever they were about or by them. To the others it lapses on its day, as if nobody had answered."""
    theirs = IntroductionSide.objects.filter(person=person)
    Introduction.objects.filter(Q(host=person) | Q(sides__in=theirs)).update(reason="")
    Introduction.objects.filter(host=person).update(host=None)
    theirs.update(person=None, answer=IntroductionSide.Answer.ASKED, at=None)


sections.add(
    "introductions",
    Section(
        _("Introductions"),
        introductions_of,
        forget_introductions,
        weight=15,
        models=("welcome.Introduction", "welcome.IntroductionSide"),
        text=_("Whom you proposed to each other, and what you were asked. What the other person said is theirs, and is not in it."),
    ),
)
