"""A host, two people, and what becomes of them."""

from __future__ import annotations

from correspondence.models import ReplyAddress
from tests import make
from welcome.introductions import workflow
from welcome.models import IntroductionSide

REASON = "You both count plates, and neither of you believes the numbers."


def three():
    """A host of the support team, and two ambassadors."""
    return make.person("Hanna Host", is_staff=True), make.ambassador("Ana Abel"), make.ambassador("Ben Ode")


def side_of(introduction, person) -> IntroductionSide:
    return introduction.sides.get(person=person)


def say(introduction, person, *, is_yes=True) -> bool:
    return workflow.answer(side_of(introduction, person), by=person, is_yes=is_yes)


def address_of(introduction, person) -> str:
    return f"{ReplyAddress.objects.of('meet', person, side_of(introduction, person)).local_part}@mail.example.org"
