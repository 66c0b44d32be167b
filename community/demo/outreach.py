"""What the people of the demo brought to their own networks, and where somebody is wanted to speak."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from ambassadors.models import Ambassador, Network, OutreachEntry, OutreachQuestion, SlotVolunteer, SpeakingSlot, User
from ambassadors.outreach import entries, monthly, slots
from foundation.models import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

M, E = OutreachEntry.Certainty.MEASURED, OutreachEntry.Certainty.ESTIMATED


class Shared(NamedTuple):
    """Something passed on, so many days ago; the network by how its name begins."""

    days: int
    what: str
    network: str
    reach: int | None
    certainty: str = E
    link: str = ""


SHARED = [
    Shared(4, "The page on waiting lists, at our trustees' supper", "My own", 11, M),
    Shared(9, "Why we count fewer things now: a letter to everybody who funds us", "Funders", 7),
    Shared(13, "Half an hour on results without fear, at the coastal charities' day", "Grantees", 64, M),
    Shared(18, "A column in the harbour paper, about the school that publishes its misses", "Press", 5200),
    Shared(22, "Handed our one-page worksheet round in the evaluators' reading group", "Peers", 14, M),
    Shared(29, "Guest hour in the public policy course: what a good question costs", "Students", 38, M),
    Shared(34, "Sent the first chapter to every house we work with, with a line to each", "Grantees", 26),
    Shared(41, "Two council officers took the questions home for their budget week", "Public officials", 2, M),
    Shared(
        47, "Our newsletter's back page: three signs that a figure is not worth its ink", "The public", 1850, M, "letters/back-page"
    ),
    Shared(52, "Talked about it at my brother's allotment society, of all places", "The public", 20),
    Shared(60, "Put the worksheet into the induction of new team leads", "My own", 9, M),
    Shared(66, "Lunch talk for programme officers: what you ask for is what you get", "Funders", 31),
    Shared(73, "A short film of our exit interviews, online", "The public", 940, M, "films/leaving-well"),
    Shared(80, "The hospice federation's spring meeting", "Grantees", None),
    Shared(86, "Told my choir, which is full of head teachers", "Students", 12),
]
DRAFT = "passed the worksheet on to about 35 partners after the river conference"


def reach_out(*, by: User) -> None:
    """Three months of what was shared, a draft that came by mail, and speaking slots in each state."""
    people = list(_people())
    if len(people) < len(SHARED):
        people = people * (len(SHARED) // max(1, len(people)) + 1)
    for person, one in zip(people, SHARED, strict=False):
        _share(person, one)
    _answer_by_mail(people[0])
    _look_for_speakers(people, by=by)


def _people() -> Iterator[User]:
    """Those who are here: who ticked that they pass the word on, then the others."""
    here = Ambassador.objects.active().exclude(slug__regex=r"^person-[0-9]+$").exclude(user__last_login=None).select_related("user")
    willing = here.filter(offers__option__passes_on=True).order_by("pk")
    yield from (one.user for one in willing)
    yield from (one.user for one in here.exclude(pk__in=willing.values("pk")).order_by("pk"))


def _share(person: User, one: Shared) -> None:
    on = timezone.localdate() - timedelta(days=one.days)
    network = Network.objects.get(name__startswith=one.network)
    link = f"https://tidemark.example/{one.link}" if one.link else ""
    made = entries.log(person, what=one.what, network=network, reach=one.reach, certainty=one.certainty, link=link, on=on)
    OutreachEntry.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=one.days))


def _answer_by_mail(person: User) -> None:
    """The question of the month was answered in a line, which waits to be confirmed."""
    question = OutreachQuestion.objects.create(person=person, month=timezone.localdate().replace(day=1))
    monthly.answered(question, by=person)
    entries.draft(person, DRAFT, question=question)


def _look_for_speakers(people: list[User], *, by: User) -> None:
    """One that has two volunteers and must be decided, one that is given, one that was given and logged."""
    posters, speakers = people[1:3], people[3:8]
    trustees = _slot(
        posters[0],
        "Twenty minutes for new trustees: which three figures to ask for",
        "About sixty trustees of small charities, in their first year",
        on=38,
        wanted_by=5,
        place="Assembly Rooms, Leith",
        topic="Board development",
        words="They have been given a hundred-page pack. Give them three questions, and an evening off.",
    )
    slots.volunteer(trustees, by=speakers[0], words="I chaired a board that drowned in figures. I can show the page that saved us.")
    slots.volunteer(trustees, by=speakers[1], words="Happy to, in Welsh too if that helps anybody.")
    students = _slot(
        by,
        "A guest hour on learning from what went wrong",
        "Master's students of social policy, thirty of them",
        on=17,
        wanted_by=3,
        is_online=True,
        words="They read one case beforehand. Bring one that hurt.",
    )
    slots.give(slots.volunteer(students, by=speakers[2], words="I have just the case, and it still hurts."), by=by)
    _a_talk_that_was_given(posters[1], speakers[3])


def _slot(by: User, title: str, audience: str, *, on: int, wanted_by: int, topic: str = "", **fields: Any) -> SpeakingSlot:
    today = timezone.localdate()
    days: dict[str, Any] = {"on": today + timedelta(days=on), "wanted_by": today + timedelta(days=wanted_by)}
    found = Topic.objects.filter(name=topic).first() if topic else None
    return slots.post(by=by, title=title, audience=audience, topic=found, **days, **fields)


def _a_talk_that_was_given(by: User, speaker: User) -> None:
    """Two weeks ago, and written down by the one who gave it."""
    slot = _slot(by, "Results without fear", "The regional day of food banks", on=1, wanted_by=1, place="Corn Exchange, Berwick")
    slots.give(slots.volunteer(slot, by=speaker, words="I live round the corner."), by=by)
    on, now = timezone.localdate() - timedelta(days=14), timezone.now()
    earlier = {
        "on": on,
        "wanted_by": on - timedelta(days=10),
        "posted_at": now - timedelta(days=50),
        "reminded_at": now - timedelta(days=13),
    }
    SpeakingSlot.objects.filter(pk=slot.pk).update(**earlier)
    SlotVolunteer.objects.filter(slot=slot).update(at=now - timedelta(days=45))
    network = Network.objects.get(name__startswith="Grantees")
    entries.log(speaker, slot=slot, what=f"Talk: {slot.title}", network=network, reach=112, certainty=M, on=on)
