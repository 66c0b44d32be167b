"""The spaces of the demo: topics for everybody, and micro-communities of each openness."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from discussions.models import Space, SpaceRole
from discussions.spaces.workflow import start_space

TOPICS = [
    ("Boards and chief executives", "Saying it to the board, hearing it from the board, and both staying in the room."),
    (
        "Counting what matters",
        "Measures that people can act on: which ones we keep, which ones we dropped, and how we told the funder.",
    ),
    ("Working out loud", "One to three things each, every other week: what we did, what we learnt, where we are stuck."),
    ("The kettle", "Introductions, thanks, books, odd questions, and whatever does not fit elsewhere."),
]
# Name, purpose, outcome, openness, leader, others with their roles, days until the end.
MICRO = [
    (
        "Three questions for every family",
        "Family centres and funders who want one short set of questions that parents answer gladly and teams learn from.",
        "A tested set of questions with a page on how to ask them.",
        "open",
        "Ngozi",
        {"Tomasz": "participant", "Priya": "advisor", "Hinemoa": "promoter"},
        90,
    ),
    (
        "After the election",
        "People who keep a partnership alive while the mayor, the minister or the majority changes.",
        "A handover note that an incoming office can read in ten minutes.",
        "closed",
        "Desmond",
        {"Caleb": "participant", "Aurélie": "advisor"},
        45,
    ),
    (
        "When a programme has to stop",
        "A small circle for those who are closing something they built, and need to say so to somebody first.",
        "Nobody goes through it alone.",
        "hidden",
        "Aurélie",
        {"Yusuf": "participant"},
        120,
    ),
]


def open_spaces(by: User) -> None:
    """Begin the topics and the micro-communities, and let their people in."""
    for name, purpose in TOPICS:
        start_space(by=by, name=name, purpose=purpose, kind=Space.Kind.TOPIC)
    today = timezone.localdate()
    for name, purpose, outcome, openness, leader, others, days in MICRO:
        space = start_space(
            by=_called(leader),
            name=name,
            purpose=purpose,
            outcome=outcome,
            openness=openness,
            starts_on=today - timedelta(days=60),
            ends_on=today + timedelta(days=days),
        )
        for first_name, role in others.items():
            SpaceRole.objects.create(space=space, person=_called(first_name), role=role)


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
