"""The assistant of one ambassador in the demo: what she said for her, and what she has prepared and waits."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.assistants import taking
from ambassadors.assistants import workflow as seats
from ambassadors.models import AssistantSeat, User
from community.logins import ADDRESSES
from correspondence.models import OutgoingMail
from discussions.assisting import workflow
from discussions.models import Post, PreparedReply, Thread
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code

NAME, ADDRESS = "Tamsin Reed", "tamsin@tidemark.example"
SAID_IN = "A book that you gave away twice"
SAID = (
    "Ngozi asks me to add hers from the train: “The Checklist Manifesto”, first to a ward sister, then to a bishop. Only the ward sister"
    " has given it back, with corrections."
)
PREPARED_IN = "Who has run a meeting in three languages?"
PREPARED = (
    "We have, each quarter since the Lagos office opened. What saved us was not a better interpreter but half the agenda: whatever would"
    " not be missed in translation was not missed at all."
)


def help_along() -> None:
    """Give her the seat as it is given, and let her use it."""
    owner = User.objects.get(email=ADDRESSES["ambassador"])
    seat = _seated(seats.offer(NAME, ADDRESS, by=owner, may_prepare=True, may_speak=True))
    assistant = seat.assistant
    assert assistant is not None  # noqa: S101  she has just sat down
    post = workflow.speak(seat, Thread.objects.get(subject=SAID_IN), SAID, by=assistant)
    prepared = workflow.prepare(seat, Thread.objects.get(subject=PREPARED_IN), PREPARED, by=assistant)
    _put_in_time(seat, post, prepared)


def _seated(seat: AssistantSeat) -> AssistantSeat:
    token = tokens.open_ones(seats.SEAT_LINK, seat).get()
    taking.send_code(token)
    seat.refresh_from_db()
    taking.take(Token.objects.get(pk=token.pk), derived_code(taking.CODE, seat.nonce))
    seat.refresh_from_db()
    return seat


def _put_in_time(seat: AssistantSeat, post: Post, prepared: PreparedReply) -> None:
    now = timezone.now()
    then, said = now - timedelta(days=40), now - timedelta(hours=31)
    AssistantSeat.objects.filter(pk=seat.pk).update(offered_at=then, taken_at=then + timedelta(hours=5))
    Post.objects.filter(pk=post.pk).update(posted_at=said, told_at=said)
    Thread.objects.filter(pk=post.thread_id).update(last_post_at=said)
    PreparedReply.objects.filter(pk=prepared.pk).update(prepared_at=now - timedelta(hours=3))
    OutgoingMail.objects.filter(kind__in=["seat_offer", "seat_code", "seat_news"]).update(created_at=then)
