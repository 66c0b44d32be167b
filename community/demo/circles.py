"""A circle of the demo that met once a month and meets every other week now, and a few conversation pieces that were used."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from discussions import workflow as workflow_of_talk
from discussions.circles import inviting, telling, timetable, workflow
from discussions.models import Circle, CircleCadence, MeetingChange, Piece, PromptRound, SpaceRequest, SpaceRole
from discussions.prompts.pieces import choosing
from discussions.spaces import joining
from foundation.models import RoleLabel

DAY = timedelta(days=1)
ZONE = "Europe/Dublin"
FUNDERS = "Funders who listen"
PURPOSE = "People who give money away, once a fortnight and without slides: what we were told, what we did not want to hear, what we changed."
PLACE = "https://meet.tidemark.example/funders\nOr by telephone: the number stands in the first conversation."


def meet_in_circles(by: User) -> None:
    """Open the circle, let its people in, change its pace, move one meeting, call one off; and put pieces to use."""
    circle = _open(by)
    _come_in(circle)
    _change_pace(circle, by)
    _not_as_usual(circle, by)
    _talk(circle, by)
    _pieces(by)


def _open(by: User) -> Circle:
    """Eleven weeks ago, on the second Tuesday of a month."""
    label = RoleLabel.objects.get(name="Funder")
    began = timezone.localdate() - 77 * DAY
    circle = workflow.open_circle(
        label, by=by, name=FUNDERS, purpose=PURPOSE, openness="closed", place=PLACE, cadence=_cadence("month weekdays", 1, began)
    )
    CircleCadence.objects.filter(circle=circle).update(since=timezone.now() - 77 * DAY)
    inviting.invite_by_label(circle, by=by)
    return circle


def _come_in(circle: Circle) -> None:
    """All but one say yes."""
    waiting = SpaceRequest.objects.waiting().filter(space=circle.space).select_related("space", "person__ambassador").order_by("pk")
    for asked in list(waiting)[:-1]:
        joining.accept(asked, by=asked.person)


def _change_pace(circle: Circle, by: User) -> None:
    """Three weeks ago: people wanted to meet more often, and were told so then."""
    workflow.change_cadence(circle, by=by, **_cadence("weeks", 2, timezone.localdate() - 21 * DAY))
    then = timezone.now() - 21 * DAY
    CircleCadence.objects.filter(circle=circle, until__isnull=False).update(until=then)
    CircleCadence.objects.filter(circle=circle, until=None).update(since=then)
    Circle.objects.filter(pk=circle.pk).update(tell_at=then)
    telling.tell_cadence(circle.pk, timezone.now())


def _not_as_usual(circle: Circle, by: User) -> None:
    """The next meeting is two hours later, the one before Christmas does not take place."""
    fresh = Circle.objects.with_timetable().get(pk=circle.pk)
    ahead = timetable.coming(fresh, timezone.now() + DAY, 4)
    later = ahead[0].starts + timedelta(hours=2)
    workflow.move_meeting(circle, ahead[0].on, by=by, to=later, words="Two of us are on a train until three. Same link.")
    workflow.call_off_meeting(circle, ahead[2].on, by=by, words="Half of us close the books that week.")
    for change in MeetingChange.objects.filter(circle=circle):
        telling.tell_meeting(change.pk, change.tell_at or timezone.now())


def _talk(circle: Circle, by: User) -> None:
    """What stands where newcomers look first, and what somebody brought from the last meeting."""
    words = (
        "The link stays the same each time. By telephone it is the number on your invitation card, and the code is the year in which your "
        "foundation was begun.\n\nWe begin on the hour and stop ten minutes before the next. Whoever comes late says nothing about it, and listens first."
    )
    thread = workflow_of_talk.start_thread(circle.space, by=by, subject="How we meet", body=words)
    said = "Last time a grantee told us which of our questions she makes up answers to. It was four of nine. We have crossed out three so far."
    members = SpaceRole.objects.filter(space=circle.space, role="participant").select_related("person").order_by("pk")
    workflow_of_talk.reply(thread, by=members[0].person, body=said)


def _cadence(unit: str, every: int, since: date) -> dict[str, Any]:
    """A Tuesday at two in Dublin, the first one (the second of its month) after a day."""
    first = since + (1 - since.weekday()) % 7 * DAY
    while unit == "month weekdays" and (first.day - 1) // 7 != 1:
        first += 7 * DAY
    return {"unit": unit, "every": every, "starts_on": first, "at": time(14), "time_zone": ZONE, "minutes": 50}


def _pieces(by: User) -> None:
    """Some pieces are this community's own; one is planned for the next round."""
    Piece.objects.create(
        title="The tide line",
        words="What did this month wash up on your beach that you did not order? Keep it, or throw it back?",
        stage=Piece.Stage.FULL_SWING,
        source_note="Asked at every spring gathering since the first one.",
    )
    planned = PromptRound.objects.filter(prompt__title="What is on your bench?", status="planned").select_related("prompt__space")
    choosing.use_in_round(Piece.objects.get(title="It did not work"), planned[0], by=by)
