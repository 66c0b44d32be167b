"""What a person's archive holds of talks: what they offer, and those they were asked for as volunteers."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from foundation.privacy_export import Record, Section, sections
from practice.models import Talk, TalkVolunteer


def export(person: User) -> Iterable[Record]:
    """Their offer; of each talk when it is, how one meets and how it stands. What an organisation shared is not theirs."""
    for offer in TalkVolunteer.objects.filter(person=person):
        yield {"words": offer.words, "talks a month": offer.most_a_month, "shows": offer.shows_profile, "since": offer.since}
    for talk in Talk.objects.filter(volunteer=person).order_by("pk"):
        yield {"talk": talk.starts, "where": talk.where, "status": talk.status, "asked at": talk.asked_at}


def erase(person: User) -> None:
    """Their offer and their talks go; what they asked for as an administrator stays the organisation's, without them."""
    TalkVolunteer.objects.filter(person=person).delete()
    Talk.objects.filter(volunteer=person).delete()
    Talk.objects.filter(asked_by=person).update(asked_by=None)


sections.add(
    "practice talks",
    Section(
        _("Talks with organisations"),
        export,
        erase,
        models=("practice.TalkVolunteer", "practice.Talk"),
        text=_("Half an hour that you offered to organisations. What they shared with you for it is theirs."),
    ),
)
