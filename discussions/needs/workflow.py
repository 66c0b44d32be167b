"""Saying “I need…”: a question in a space, which finds people who offered that topic and are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from ambassadors.asks import one_after_the_other, with_times_asked
from ambassadors.models import Ambassador
from correspondence import outbox
from discussions.models import Need, NeedAlert, Space, SpaceRole, Thread
from discussions.rules import ANSWERS
from discussions.workflow import start_thread
from foundation.audiences import Audience
from foundation.models import Community, Topic, Via

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 8  # people told of one need: the ones who were asked least of late


@transaction.atomic
def start_need(
    space: Space,
    topic: Topic,
    *,
    by: User,
    subject: str,
    body: str,
    is_rich: bool = False,
    via: Via = Via.WEB,
    sent_key: UUID | None = None,
) -> Need:
    """Ask for help in a space, and tell a few people who know about the topic. Sent twice, it is there once.

    Raises PermissionDenied and ValidationError as `start_thread` does.
    """
    kind = Thread.Kind.QUESTION
    subject = capfirst(subject)  # it went on from “I need…”, and stands alone from here on
    thread = start_thread(space, by=by, subject=subject, body=body, is_rich=is_rich, kind=kind, via=via, sent_key=sent_key)
    need, is_new = Need.objects.get_or_create(thread=thread, defaults={"topic": topic})
    if is_new:
        for person in _whom_to_tell(space, topic, by):
            NeedAlert.objects.create(need=need, person=person)
            key = f"need-alert:{need.pk}:{person.pk}"
            outbox.post("need_alert", person, key=key, wait=Community.seen().time_to_mend, need=need.pk)
    return need


def people_who_know(space: Space, topic: Topic, by: User) -> QuerySet[Any]:
    """Those who let members see that the topic is theirs, can answer in the space, and can be asked for something today.

    Each with `asked`: how often in the last month they were asked for something, by whatever asks.
    """
    shown = [Audience.PUBLIC, Audience.MEMBERS]
    there = Ambassador.objects.available_on(timezone.now()).filter(topics=topic, topics_audience__in=shown, listed_for__in=shown)
    people: QuerySet[Any] = get_user_model().objects.filter(pk__in=there.values("user"), is_active=True).exclude(pk=by.pk)
    if not space.is_topic:
        people = people.filter(Exists(SpaceRole.objects.filter(space=space, person=OuterRef("pk"), role__in=ANSWERS)))
    return with_times_asked(people)


def _whom_to_tell(space: Space, topic: Topic, by: User) -> list[User]:
    """The few of them who were asked least, and nobody more often than the community allows."""
    # Two needs at once may find the same people: they are counted one after the other, under the lock of their rows.
    one_after_the_other(set(people_who_know(space, topic, by).values_list("pk", flat=True)))
    free = people_who_know(space, topic, by).filter(asked__lt=Community.current().asks_a_month)
    return list(free.order_by("asked", "-ambassador__joined_at", "pk")[:MOST])
