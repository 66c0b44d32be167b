"""How the people of the demo take part: what they offer, what they affirmed, what they are asked, and the goals they grow towards."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta

from django.utils import timezone

from ambassadors.commitments import workflow as commitments
from ambassadors.engagement import workflow as engagement
from ambassadors.growth import workflow as growth
from ambassadors.models import (
    Affirmation,
    Ambassador,
    Commitment,
    CommitmentsEdition,
    EngagementAsk,
    EngagementOffer,
    EngagementOption,
    EngagementRequest,
    GrowthStage,
    Milestone,
    User,
)
from foundation.audiences import Audience
from foundation.models import Via

F = EngagementOffer.Frequency
NOTES = {
    "promote": ["boards of small charities above all", "I have a column every second month", "in Portuguese as well"],
    "discuss": ["early mornings, with coffee", "ask me the awkward one", "I read everything and answer slowly"],
    "review": [
        "tables and figures especially",
        "not in grant season",
        "plain language is my hobby-horse",
        "up to twenty pages",
        "surveys",
    ],
    "groups": ["as the one who keeps the minutes", "three months at a time", "rural services", "only with a clear end"],
    "nominate": ["people from local government, whom we have too few of", "I like first calls with newcomers"],
    "speak": ["any audience without a stage", "panels yes, keynotes no", "in Welsh too", "to students at any time"],
    "belong": ["my profile says so already", "you may use my photo"],
    "resources": ["our intake form is yours", "spreadsheets, annotated", "two short films about exit interviews"],
}
GOALS = [("A first circle", 75, -430, 90), ("A full table", 150, 400, 160), ("As many as can know each other", 300, 1500, 300)]
SMALL_GOALS = [("A first circle", 8, -430, 10), ("A full table", 20, 400, 24), ("As many as can know each other", 40, 1500, 40)]
SAID_OF_MILESTONES = [
    "Half of our first circle: everybody still fitted around one long table.",
    "A first circle is complete. We celebrated with a letter to each of those who had nominated somebody.",
]
CHANGE = "The sixth commitment is new: since we grow, it falls to each of us to make newcomers feel expected."
NEW_COMMITMENT = (
    "make newcomers feel expected",
    "A word in their first month, an introduction, an answer to their first question: it costs minutes and is remembered for years.",
)


SINCE_FIRST, SINCE_SECOND = timedelta(days=900), timedelta(days=21)  # how long each edition of the commitments holds


def take_part(*, by: User, seed: int) -> None:
    """Fill all of it. Those who were made up in bulk offer nothing: they are there to be counted."""
    dice = random.Random(seed)  # noqa: S311  the same each time, no secret
    here = Ambassador.objects.active().exclude(slug__regex=r"^person-[0-9]+$").exclude(user__last_login=None)
    people = list(here.select_related("user").order_by("pk"))
    offers = Offers(dice)
    for person in people:
        offers.by(person)
    affirm_the_commitments(people, by=by, dice=dice)
    ask_for_readers(by=by)
    grow(by=by)


class Offers:
    """What people offer: most of them two or three things, some nothing; now and then somebody pauses one."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.today = dice, timezone.localdate()
        self.ways = list(EngagementOption.objects.order_by("position"))
        self.made: Counter[str] = Counter()
        self.notes = {way: list(notes) for way, notes in NOTES.items()}

    def by(self, person: Ambassador) -> None:
        """Let one person offer something, or nothing."""
        for option in self.dice.sample(self.ways, self.dice.choice([0, 1, 2, 2, 3, 3, 4])):
            pause = self._a_pause()
            engagement.offer(
                person,
                option,
                by=person.user,
                via=Via.WEB,
                frequency=self.dice.choice([F.NOW_AND_THEN, F.NOW_AND_THEN, F.MONTHLY, F.ANY_TIME]),
                audience=Audience.PUBLIC if person.listed_for == Audience.PUBLIC and self.dice.random() < 0.6 else Audience.MEMBERS,
                note=self._a_note(option.slug),
                **pause,
            )

    def _a_pause(self) -> dict[str, date]:
        if self.dice.random() >= 0.12:
            return {}
        begun = self.today - timedelta(days=self.dice.randrange(5, 40))
        return {"paused_from": begun, "paused_until": self.today + timedelta(days=self.dice.randrange(3, 60))}

    def _a_note(self, way: str) -> str:
        """Each note is somebody's own: it is used once, and most say nothing."""
        made, notes = self.made[way], self.notes[way]
        self.made[way] += 1
        return notes.pop(0) if notes and made % 3 == 0 else ""


def affirm_the_commitments(people: list[Ambassador], *, by: User, dice: random.Random) -> None:
    """Everybody affirmed the first edition when they came. The second one, of three weeks ago, waits for some of them."""
    now = timezone.now()
    first = CommitmentsEdition.objects.current()
    assert first is not None  # noqa: S101  the founding has published it
    CommitmentsEdition.objects.filter(pk=first.pk).update(published_at=now - SINCE_FIRST)
    at: dict[int, datetime] = {}
    for person in people:
        came = max(person.joined_at or now, now - SINCE_FIRST)
        if came < now - SINCE_SECOND:
            commitments.affirm(person, first, by=person.user)
            at[person.pk] = min(came + timedelta(days=dice.randrange(1, 9)), now - SINCE_SECOND)
    put_back(first, at)
    second = second_edition(by=by)
    CommitmentsEdition.objects.filter(pk=second.pk).update(published_at=now - SINCE_SECOND)
    put_back(second, {person.pk: answer_the_second(person, second, dice) for person in people})


def answer_the_second(person: Ambassador, second: CommitmentsEdition, dice: random.Random) -> datetime:
    """Most affirmed it within days, some said "not now", some have not come to it."""
    luck = dice.random()
    if luck < 0.72:
        commitments.affirm(person, second, by=person.user)
    elif luck < 0.78:
        commitments.set_aside(person, second, by=person.user)
    return timezone.now() - timedelta(days=dice.randrange(1, 21))


def put_back(edition: CommitmentsEdition, at: dict[int, datetime]) -> None:
    """Let the answers to an edition be of the dates given, by ambassador."""
    answers = list(Affirmation.objects.filter(edition=edition, ambassador__in=at))
    for answer in answers:
        answer.at = at[answer.ambassador_id]
    Affirmation.objects.bulk_update(answers, ["at"])


def second_edition(*, by: User) -> CommitmentsEdition:
    """A change of substance, about which everybody is asked once."""
    draft = commitments.begin_draft(by=by)
    items = list(draft.items.all())
    Commitment.objects.create(edition=draft, position=len(items) + 1, text=NEW_COMMITMENT[0], explanation=NEW_COMMITMENT[1])
    CommitmentsEdition.objects.filter(pk=draft.pk).update(is_material=True, change=CHANGE)
    commitments.wrote(draft, by=by)
    draft.refresh_from_db()
    commitments.publish(draft, revision=draft.revision, by=by)
    return draft


def ask_for_readers(*, by: User) -> None:
    """One request that is closed, and one that some have answered."""
    readers = available("review")[:5]
    if readers:
        talk, _asked = engagement.ask(
            readers[:2],
            subject="A second pair of eyes on our survey for families",
            body="<p>Nine questions, meant to be answered on a phone at a bus stop. Which one would you cut?</p>",
            by=by,
        )
        words = ["Number six. Nobody knows what an outcome is at a bus stop.", "The last one. By then the bus has come."]
        asks = EngagementAsk.objects.filter(request=talk).select_related("person", "request").order_by("pk")
        for one, word in zip(asks, words, strict=False):
            engagement.answer(one, "yes", word=word, by=one.person)
        EngagementRequest.objects.filter(pk=talk.pk).update(asked_at=timezone.now() - timedelta(days=45))
        EngagementAsk.objects.filter(request=talk).update(asked_at=timezone.now() - timedelta(days=45))
        talk.refresh_from_db()
        engagement.close(talk, by=by)
        ask_for_a_review(readers, by=by)


def ask_for_a_review(readers: list[EngagementOffer], *, by: User) -> None:
    """Somebody says yes, somebody not this time; the others have not answered, which is fine."""
    paper, _asked = engagement.ask(
        readers,
        subject="Readers for a paper on waiting lists",
        body="<p>Sunniva has written eleven pages about what a waiting list can teach those who keep it.</p>"
        "<p>We look for three readers: an hour of reading, half an hour of notes, by the end of next week.</p>",
        needed_by=timezone.localdate() + timedelta(days=10),
        by=by,
    )
    said = [("yes", "With pleasure. I keep such a list myself."), ("not now", "Our audit is this month. Ask me again in spring?")]
    asks = EngagementAsk.objects.filter(request=paper).select_related("person", "request").order_by("pk")
    for one, (answer, word) in zip(asks, said, strict=False):
        engagement.answer(one, answer, word=word, by=one.person)


def available(way: str) -> list[EngagementOffer]:
    """Who can be asked today for this."""
    offers = EngagementOffer.objects.filter(option__slug=way).available_on(timezone.localdate())
    return list(offers.with_person().order_by("pk"))


def grow(*, by: User) -> None:
    """Goals with their milestones: those of the past are told, the newest waits for the team."""
    today = timezone.localdate()
    goals = GOALS if Ambassador.objects.active().count() >= GOALS[0][1] else SMALL_GOALS
    for position, (name, target, days, cap) in enumerate(goals, start=1):
        marks = [50, 70, 100] if target == goals[1][1] else [50, 100]
        by_date = today + timedelta(days=days)
        GrowthStage.objects.create(name=name, target=target, by_date=by_date, cap=cap, marks=marks, position=position)
    growth.notice_milestones(by=by)
    drafts = Milestone.objects.drafts().order_by("count")
    for draft, text in zip(list(drafts), SAID_OF_MILESTONES, strict=False):
        Milestone.objects.filter(pk=draft.pk).update(text=text)
        growth.publish(draft, by=by)
