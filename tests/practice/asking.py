"""Builders for help: questions of an organisation to the community, and what is said under them."""

from __future__ import annotations

from ambassadors.models import User
from foundation.models import Topic
from practice.help import finding
from practice.help.questions import workflow
from practice.models import CommunityQuestion, InstrumentEdition, LearningSession
from tests.practice import practising

WORDS = "How do others let borrowers see the list without telling on anybody?"
TOPIC = "Lending fairly"
WITH_TOPICS = practising.SMALL.replace(
    "        title: We lend fairly\n", "        title: We lend fairly\n        topics: [lending-fairly]\n"
)


def topic() -> Topic:
    return Topic.objects.get_or_create(name=TOPIC)[0]


def instrument(source: str = WITH_TOPICS) -> InstrumentEdition:
    """The harbour check, of which the first principle is about a topic of the community's."""
    topic()
    return practising.instrument(source)


def closed_round(by: User, name: str = "Harbour Kitchen") -> LearningSession:
    """A round of which there are results: five answered two proof points."""
    held = practising.session(by, name=name, people=5, edition=InstrumentEdition.objects.first() or instrument())
    practising.answered(held, {"list-is-open": [1, 1, 2, 1, 2], "rule-is-written": [3, 3, 4, 3, "don't know"]})
    return practising.closed(held, by)


def question(by: User, words: str = WORDS, name: str = "Harbour Kitchen", held: LearningSession | None = None) -> CommunityQuestion:
    """A question of an organisation whose sessions `by` runs."""
    held = held or closed_round(by, name)
    point = finding.point_of(held, "list-is-open")
    assert point is not None
    return workflow.ask(held.organization, point, by=by, words=words)
