"""The spaces of the demo: topics for everybody, and micro-communities of each openness, at every point of their life."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from ambassadors.models import User
from discussions.models import Space, SpaceRole
from discussions.spaces import joining, roles
from discussions.spaces.defaults import TOPICS as GENERIC
from discussions.spaces.workflow import edit_space, end_space, start_space

# What this community made of the four topics it was founded with: name, address, purpose.
TOPICS = [
    (
        "Boards and chief executives",
        "boards-and-chief-executives",
        "Saying it to the board, hearing it from the board, and both staying in the room.",
    ),
    (
        "Counting what matters",
        "counting-what-matters",
        "Measures that people can act on: which ones we keep, which ones we dropped, and how we told the funder.",
    ),
    (
        "Working out loud",
        "working-out-loud",
        "One to three things each, every other week: what we did, what we learnt, where we are stuck.",
    ),
    ("The kettle", "the-kettle", "Introductions, thanks, books, odd questions, and whatever does not fit elsewhere."),
]


class Micro(NamedTuple):
    """One micro-community: its words, who leads it, the others with their roles, days until the end, and what came of it."""

    name: str
    purpose: str
    outcome: str
    openness: str
    leader: str
    others: dict[str, str]
    days: int
    note: str = ""


MICRO = [
    Micro(
        "Three questions for every family",
        "Family centres and funders who want one short set of questions that parents answer gladly and teams learn from.",
        "A tested set of questions with a page on how to ask them.",
        "open",
        "Ngozi",
        {"Tomasz": "participant", "Priya": "advisor", "Hinemoa": "promoter"},
        90,
    ),
    Micro(
        "After the election",
        "People who keep a partnership alive while the mayor, the minister or the majority changes.",
        "A handover note that an incoming office can read in ten minutes.",
        "closed",
        "Desmond",
        {"Caleb": "participant", "Aurélie": "advisor"},
        45,
    ),
    Micro(
        "When a programme has to stop",
        "A small circle for those who are closing something they built, and need to say so to somebody first.",
        "Nobody goes through it alone.",
        "hidden",
        "Aurélie",
        {"Yusuf": "participant"},
        120,
    ),
    Micro(
        "Minutes that fit on a card",
        "Secretaries, chairs and note-takers who want meetings to leave one page behind, and somebody to read it.",
        "A card, tried in ten meetings, and what we changed on it each time.",
        "open",
        "Sunniva",
        {"Lwazi": "participant", "Bettina": "participant", "Desmond": "promoter"},
        6,
    ),
    Micro(
        "A common form for small grants",
        "Five funders and the people who fill in their forms: one application that all of us accept.",
        "The form, with a promise from each funder to take it for a year.",
        "closed",
        "Tomasz",
        {"Adaeze": "leader", "Hinemoa": "advisor"},
        -2,
    ),
]
ENDED = Micro(
    "Letters that get answered",
    "Advocates who wrote to ministers and councils for years, and compared which letters came back.",
    "Twelve letters side by side, and what the answered ones share.",
    "open",
    "Yevhenia",
    {"Caleb": "participant", "Ngozi": "advisor"},
    -20,
    "We laid forty letters on a table and found twelve that had been answered within a month. Each of those asked for one thing, named "
    "one street, and was signed by two people who seldom sign together. The collection is with Caleb; take it, and add yours.",
)


def open_spaces(by: User) -> None:
    """Make the topics this community's own, begin the micro-communities, let their people in, and leave some of it open."""
    for (generic, _purpose), (name, slug, purpose) in zip(GENERIC, TOPICS, strict=True):
        topic = edit_space(Space.objects.topics().get(name=generic), by=by, name=name, purpose=purpose)
        Space.objects.filter(pk=topic.pk).update(slug=slug)  # nobody has seen its first address yet
    for micro in (*MICRO, ENDED):
        _begin(micro)
    _what_waits()


def _begin(micro: Micro) -> Space:
    today, leader = timezone.localdate(), _called(micro.leader)
    space = start_space(
        by=leader,
        name=micro.name,
        purpose=micro.purpose,
        outcome=micro.outcome,
        openness=micro.openness,
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=micro.days),
    )
    for first_name, role in micro.others.items():
        asked = joining.invite(space, by=leader, person=_called(first_name), role=role)
        joining.accept(asked, by=asked.person)
    if micro.note:
        end_space(space, by=leader, note=micro.note)
        Space.objects.filter(pk=space.pk).update(ended_at=timezone.now() + timedelta(days=micro.days))
    return space


def _what_waits() -> None:
    """A request for each leader of a closed one, an invitation, somebody who hands over, somebody with a second role."""
    form, election, minutes = (Space.objects.get(name=name) for name in (MICRO[4].name, MICRO[1].name, MICRO[3].name))
    words = "I fill in about thirty of these a year, and keep a list of the questions that nobody ever reads."
    joining.ask_to_join(form, by=_called("Amina"), role=SpaceRole.Role.PARTICIPANT, words=words)
    words = "Our mayor changes in March. I would rather hear how you did it than find out."
    joining.ask_to_join(election, by=_called("Bettina"), role=SpaceRole.Role.ADVISOR, words=words)
    words = "You have handed over a ministry desk twice. Would you read along, and tell us where we fool ourselves?"
    joining.invite(election, by=_called("Desmond"), person=_called("Lwazi"), role=SpaceRole.Role.ADVISOR, words=words)
    words = "The last two cards were yours anyway."
    joining.invite(minutes, by=_called("Sunniva"), person=_called("Lwazi"), role="", words=words, is_handover=True)
    both = [SpaceRole.Role.PARTICIPANT, SpaceRole.Role.PROMOTER]
    roles.change_roles(minutes, by=_called("Sunniva"), person=_called("Bettina"), roles=both)


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
