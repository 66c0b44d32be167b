"""What the demo's organisations ask of the community: a question that names nobody, and half an hour with a volunteer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from community.demo.products.told import called
from practice.help import finding
from practice.help.questions import workflow as questions
from practice.help.talks import workflow as talks
from practice.models import CommunityAnswer, CommunityQuestion, LearningSession, Talk, TalkVolunteer
from practice.results.reading import results_of


def ask_for_help(kitchen: LearningSession, room: LearningSession, told: dict[str, Any]) -> None:
    """Two questions, one of them answered and asked back; two talks, one of them agreed."""
    for one in told["volunteers"]:
        talks.volunteer(called(one["name"]), words=one["words"])
    _answered(_asked(kitchen, told["kitchen"]["question"], days=9), told["kitchen"]["question"])
    _asked(room, told["reading-room"]["question"], days=2)
    agreed = _talk(kitchen, told["kitchen"]["talk"], modules=("management",))
    talks.accept(
        agreed, by=called(told["kitchen"]["talk"]["volunteer"]), starts=agreed.offered[0], where=told["kitchen"]["talk"]["where"]
    )
    _talk(room, told["reading-room"]["talk"])


def _asked(held: LearningSession, said: dict[str, Any], *, days: int) -> CommunityQuestion:
    """A question about the proof point on which the round is furthest apart."""
    point = finding.point_of(held, results_of(held).most_apart[0].point.key)
    assert point is not None  # noqa: S101  the round has asked it
    question = questions.ask(held.organization, point, by=_runs(held), words=said["words"])
    CommunityQuestion.objects.filter(pk=question.pk).update(asked_at=timezone.now() - timedelta(days=days))
    return question


def _answered(question: CommunityQuestion, said: dict[str, Any]) -> None:
    by = _runs(LearningSession.objects.filter(organization=question.organization_id).latest("number"))
    for place, one in enumerate(said["answers"]):
        answer = questions.answer(question, by=called(one["by"]), words=one["words"])
        CommunityAnswer.objects.filter(pk=answer.pk).update(at=timezone.now() - timedelta(days=7 - 2 * place))
        if one.get("thanked"):
            questions.thank(answer, by=by)
    back = questions.follow_up(question, by=by, words=said["back"]["words"])
    CommunityAnswer.objects.filter(pk=back.pk).update(at=timezone.now() - timedelta(days=1))


def _talk(held: LearningSession, said: dict[str, Any], modules: tuple[str, ...] = ()) -> Talk:
    by = _runs(held)
    chosen = TalkVolunteer.objects.get(person=called(said["volunteer"]))
    ticked = talks.Ticked(organization=not modules, person=False, modules=modules, words=said["words"])
    return talks.ask(held, chosen, ticked, by=by, times=[_at(days=4, hour=16), _at(days=6, hour=10)], zone="Europe/London")


def _runs(held: LearningSession) -> User:
    found: User = held.organization.administrators.select_related("person").earliest("pk").person
    return found


def _at(*, days: int, hour: int) -> datetime:
    day = timezone.now() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
