"""Canaries in help: what is asked and answered is the members', why something was taken off its writer's and the support team's."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse

from practice.help.questions import workflow
from practice.help.talks import workflow as talks
from practice.models import CommunityAnswer, LearningSession, Talk
from tests import make
from tests.leaks import MEMBERS, TEAM, Garden
from tests.practice import asking

FUTURE = datetime(2098, 5, 4, 14, tzinfo=UTC)


def plant(garden: Garden) -> None:
    cast = garden.cast
    held = asking.closed_round(cast.ambassador, "Canary Kitchen")
    asked = asking.question(cast.ambassador, garden.canary("practice.CommunityQuestion.words", *MEMBERS), held=held)
    helper = make.ambassador("Hedda Helper")
    workflow.answer(asked, by=helper, words=garden.canary("practice.CommunityAnswer.words", *MEMBERS))
    said = workflow.answer(asked, by=helper, words="Ask the family by the pier.")
    because = garden.canary("practice.CommunityAnswer.off_because", *MEMBERS)
    workflow.take_off_words(CommunityAnswer.objects.get(pk=said.pk), by=cast.staff, because=because)
    other = asking.question(cast.ambassador, "What does the family by the pier do?", held=held)
    because = garden.canary("practice.CommunityQuestion.off_because", "ambassador", *TEAM)
    workflow.take_off(other, by=cast.staff, because=because)
    a_talk(garden, held)
    garden.pages += [asked.get_absolute_url(), other.get_absolute_url()]


def a_talk(garden: Garden, held: LearningSession) -> None:
    """The ambassador's organisation asks; what the volunteer says of themselves is read by whoever may ask, here the ambassador."""
    words = garden.canary("practice.TalkVolunteer.words", "ambassador")
    offer = talks.volunteer(make.ambassador("Vera Volunteer"), words=words, most_a_month=5, shows_profile=False)
    ticked = talks.Ticked(words=garden.canary("practice.Talk.words", "ambassador"))
    said = talks.ask(held, offer, ticked, by=garden.cast.ambassador, times=[FUTURE], zone="Europe/Lisbon")
    talks.accept(said, by=said.volunteer, starts=FUTURE, where=garden.canary("practice.Talk.where", "ambassador"))
    title = garden.canary("practice.Talk.instrument_title", "ambassador")
    module = {"title": garden.canary("practice.Talk.figures", "ambassador"), "places": 4, "ends": ["a", "b"], "points": []}
    Talk.objects.filter(pk=said.pk).update(instrument_title=title, figures=[module])
    garden.pages += [said.get_absolute_url(), reverse("practice:volunteer-list", args=[held.pk])]
