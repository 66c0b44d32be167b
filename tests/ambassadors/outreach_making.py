"""Builders for outreach and speaking slots: the least that is valid, the rest by keyword."""

from __future__ import annotations

import datetime

from django.utils import timezone

from ambassadors.models import Network, OutreachEntry, OutreachQuestion, SlotVolunteer, SpeakingSlot, User
from ambassadors.outreach import entries, slots

DAY = datetime.timedelta(days=1)


def network(name: str = "Grantees and partners", words: str = "grantee, grantees, partners") -> Network:
    return Network.objects.get_or_create(name=name, defaults={"words": words})[0]


def entry(person: User, what: str = "The kickstarter, at our partners' meeting", **fields) -> OutreachEntry:
    given = {"network": network(), "reach": 40, "on": timezone.localdate(), **fields}
    return entries.log(person, what=what, **given)


def draft(person: User, words: str = "shared PI with 40 grantees") -> OutreachEntry:
    network()
    return entries.draft(person, words)


def question(person: User) -> OutreachQuestion:
    return OutreachQuestion.objects.create(person=person, month=timezone.localdate().replace(day=1))


def slot(by: User, title: str = "Twenty minutes on results", **fields) -> SpeakingSlot:
    today = timezone.localdate()
    given = {"on": today + 30 * DAY, "wanted_by": today + 10 * DAY, "place": "Leeds", "audience": "Sixty trustees"}
    return slots.post(by=by, title=title, **{**given, **fields})


def volunteer(slot: SpeakingSlot, person: User, words: str = "I would.") -> SlotVolunteer:
    return slots.volunteer(slot, by=person, words=words)


def talk(by: User, speaker: User, days_ago: int = 1, **fields) -> SpeakingSlot:
    """A talk that was given so many days ago."""
    made = slot(by, **fields)
    slots.give(volunteer(made, speaker), by=by)
    SpeakingSlot.objects.filter(pk=made.pk).update(
        on=timezone.localdate() - days_ago * DAY, wanted_by=timezone.localdate() - 20 * DAY
    )
    made.refresh_from_db()
    return made
