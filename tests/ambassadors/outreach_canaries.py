"""Canaries in what people shared and where they would speak."""

from __future__ import annotations

from django.urls import reverse

from ambassadors.models import Network, OutreachEntry
from tests.ambassadors import outreach_making as making
from tests.leaks import MEMBERS, TEAM, Garden


def plant(garden: Garden) -> None:
    what_was_shared(garden)
    a_draft_from_mail(garden)
    a_slot_with_volunteers(garden)
    Network.objects.filter(pk=making.network().pk).update(words=garden.canary("ambassadors.Network.words", *TEAM))
    garden.pages.append(reverse("admin:ambassadors_network_change", args=[making.network().pk]))


def what_was_shared(garden: Garden) -> None:
    """Logged: its writer reads it, and the support team."""
    readers = ("ambassador", *TEAM)
    what = garden.canary("ambassadors.OutreachEntry.what", *readers)
    link = garden.canary("ambassadors.OutreachEntry.link", *readers)
    made = making.entry(garden.cast.ambassador, what, link=f"https://tidemark.example/{link}")
    garden.pages += [made.get_absolute_url(), reverse("ambassadors:outreach-list"), reverse("admin:outreach-totals")]
    garden.pages += [reverse("ambassadors:outreach-export"), reverse("admin:outreach-totals-export")]
    garden.pages.append(reverse("admin:ambassadors_outreachentry_change", args=[made.pk]))


def a_draft_from_mail(garden: Garden) -> None:
    """Its writer's alone, the support team left out too."""
    made = making.draft(garden.cast.ambassador)
    words = garden.canary("ambassadors.OutreachEntry.words", "ambassador")
    what = garden.canary("ambassadors.OutreachEntry.what", "ambassador")
    OutreachEntry.objects.filter(pk=made.pk).update(words=words, what=what)
    garden.pages.append(made.get_absolute_url())


def a_slot_with_volunteers(garden: Garden) -> None:
    """Members read the slot; of who volunteered only they, whoever posted it and the support team."""
    said = {name: garden.canary(f"ambassadors.SpeakingSlot.{name}", *MEMBERS) for name in ("title", "place", "audience", "words")}
    slot = making.slot(garden.cast.staff, **said)
    making.volunteer(slot, garden.cast.ambassador, garden.canary("ambassadors.SlotVolunteer.words", "ambassador", *TEAM))
    garden.pages += [slot.get_absolute_url(), reverse("admin:ambassadors_speakingslot_change", args=[slot.pk])]
