"""What buddies write, and what a match keeps of its reasons."""

from __future__ import annotations

from tests.leaks import TEAM, Garden
from tests.welcome.matching import newcomer
from welcome.buddies import offering
from welcome.models import BuddyMatch


def plant(garden: Garden) -> None:
    """The ambassador's own words, of which the team reads what is approved; and a suggestion of which the two know nothing yet."""
    me, readers = garden.cast.ambassador, ("ambassador", *TEAM)
    note = garden.canary("welcome.Buddy.note", *readers)
    buddy = offering.offer(me, capacity=2, note=note)
    approved = garden.canary("welcome.BuddyText.words", *readers)
    offering.write_words(buddy, approved, by=me)
    offering.approve_words(buddy, 1, by=me)
    offering.write_words(buddy, garden.canary("welcome.BuddyText.words", "ambassador"), by=me)
    topic = garden.canary("welcome.BuddyMatch.reasons", *TEAM)
    match = BuddyMatch.objects.create(
        newcomer=newcomer("Canary Newcomer"), buddy=buddy, reasons=[{"name": "topics", "of": [topic]}]
    )
    garden.pages += [
        "/settings/buddy/",
        "/admin/welcome/buddymatch/",
        f"/admin/welcome/buddymatch/{match.pk}/change/",
        f"/admin/welcome/buddymatch/newcomer/{match.newcomer_id}/",
        "/admin/welcome/buddy/",
        f"/admin/welcome/buddy/{buddy.pk}/change/",
    ]
