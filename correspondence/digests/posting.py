"""From the date to the outbox: for a batch of people, one atomic block moves their dates and puts their mails into the outbox.

What a mail tells is read when it is sent. Its row says the span: what came after `since`, up to `until`. One span begins where the one
before ends, so each thing belongs to one digest. Where the one before could not be sent yet, its span grows and no second mail is posted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from correspondence import outbox, preferences
from correspondence.digests.moments import next_moment
from correspondence.models import DigestChoice, OutgoingMail, WaitingDigest
from correspondence.models.outgoing import zone_of

if TYPE_CHECKING:
    from ambassadors.models import User

KIND = "digest"
A_BATCH = 500
BATCHES_A_TURN = 200  # the next turn of the clock takes the rest: a task ends within minutes
LONGEST = timedelta(days=35)  # what is older than that is no news: a switch that was off for a year does not bring a year
State = OutgoingMail.State


def post_due() -> int:
    """Post the digests whose moment has come; return how many. It looks at those alone, however many others there are."""
    posted = 0
    for _turn in range(BATCHES_A_TURN):
        taken, new = _post_batch(timezone.now())
        posted += new
        if not taken:
            break
    return posted


def look_around() -> None:
    """Look through all people, once an hour: who has come, come back, or moved since."""
    begin()
    follow_moves()


def begin() -> None:
    """Give everybody who has come (back) into the community their first moment. They are told what comes from now on."""
    people = DigestChoice.objects.people_without()[:5000]
    new = [_with_next(DigestChoice(person=person)) for person in people]
    DigestChoice.objects.bulk_create(new, ignore_conflicts=True, batch_size=A_BATCH)
    with transaction.atomic():
        back = list(DigestChoice.objects.resting().held()[:A_BATCH])
        _save([_with_next(choice, told_until=timezone.now()) for choice in back])


@transaction.atomic
def follow_moves(person: User | None = None) -> None:
    """Compute the next moment anew for people who live in another time zone than when it was computed: of all, or of one who moves now."""
    moved = DigestChoice.objects.in_another_zone()
    moved = moved.filter(person=person) if person else moved
    _save([_with_next(choice) for choice in moved.held()[:5000]])


def begin_again(choice: DigestChoice) -> DigestChoice:
    """Compute the next moment of a choice that was changed by its person, and save it."""
    _with_next(choice).save()
    return choice


def _with_next(choice: DigestChoice, *, told_until: datetime | None = None) -> DigestChoice:
    """The choice with its next moment, not on a day that had one already."""
    choice.zone, choice.told_until = choice.person.time_zone, told_until or choice.told_until
    zone = zone_of(choice.person)
    not_on = timezone.localdate(choice.last_mail.created_at, zone) if choice.last_mail else None
    choice.next_due_at = next_moment(choice, zone, after=timezone.now(), not_on=not_on)
    return choice


@transaction.atomic
def _post_batch(now: datetime) -> tuple[int, int]:
    """Move the dates of one batch and post its mails; return how many dates were moved, and how many mails are new."""
    # Two clocks may be here at once: what one of them holds the other leaves out, and finds with a later date.
    choices = list(DigestChoice.objects.due(now).held()[:A_BATCH])
    wanting = _who_want(choices)
    grown = _grow(wanting, now)
    mails = _post([choice for choice in wanting if choice.pk not in grown], now)
    for choice in choices:
        _move(choice, now, mails.get(choice.person_id))
    _save(choices)
    transaction.on_commit(partial(outbox.tell_workers, [mail.pk for mail in mails.values()]), robust=True)
    return len(choices), len(mails)


def _who_want(choices: Sequence[DigestChoice]) -> list[DigestChoice]:
    people = [choice.person_id for choice in choices]
    off = set(preferences.who_switched_off(KIND).filter(person__in=people).values_list("person", flat=True))
    return [choice for choice in choices if choice.person_id not in off and choice.person.is_member]


def _grow(choices: Iterable[DigestChoice], now: datetime) -> set[int]:
    """Let the mails that still wait for a mail server speak of the time since, too; return the keys of their choices."""
    lasts = ((choice.last_mail, choice.pk) for choice in choices)
    waiting = {mail.pk: pk for mail, pk in lasts if mail and mail.state == State.QUEUED}
    # A worker may take one of them at this moment: what it has in hand is not ours any more, and gets a successor.
    held = OutgoingMail.objects.select_for_update(skip_locked=True, no_key=True)
    mails = list(held.filter(pk__in=list(waiting), state=State.QUEUED)) if waiting else []
    for mail in mails:
        mail.about |= {"until": now.isoformat()}
    OutgoingMail.objects.bulk_update(mails, ["about"])
    return {waiting[mail.pk] for mail in mails}


def _post(choices: Sequence[DigestChoice], now: datetime) -> dict[int, OutgoingMail]:
    """Put a mail for each into the outbox, with what waits over the day's limit; return them by person."""
    waiting = _who_have_mail_waiting([choice.person_id for choice in choices])
    rows = [_mail(choice, now, waits=choice.person_id in waiting) for choice in choices]
    # A key that is there already posts nothing: the occasion had its mail.
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    new = OutgoingMail.objects.filter(nonce__in=[row.nonce for row in rows]) if rows else []
    mails: dict[int, OutgoingMail] = {mail.person_id: mail for mail in new if mail.person_id}
    _take_along([mails[person].pk for person in waiting if person in mails], waiting)
    return mails


def _mail(choice: DigestChoice, now: datetime, *, waits: bool) -> OutgoingMail:
    span = {"since": _since(choice, now).isoformat(), "until": now.isoformat(), "amount": choice.amount, "waits": waits}
    return OutgoingMail(
        kind=KIND, person_id=choice.person_id, key=f"digest:{choice.person_id}:{choice.next_due_at:%Y%m%dT%H%M%S.%f}", about=span
    )


def _since(choice: DigestChoice, now: datetime) -> datetime:
    """Where the span begins: where the one before ended, or began if no server took it."""
    begun = choice.told_until
    if choice.last_mail and choice.last_mail.state == State.FAILED and "since" in choice.last_mail.about:
        begun = datetime.fromisoformat(choice.last_mail.about["since"])
    return max(begun, now - LONGEST)


def _who_have_mail_waiting(people: Sequence[int]) -> set[int]:
    """Those for whom something waits for the next morning, locked as `allowance.take_a_place` locks them."""
    waiting = list(WaitingDigest.objects.filter(person__in=people, due_at__isnull=False).values_list("person", flat=True))
    accounts: Any = get_user_model()._default_manager
    locked = accounts.filter(pk__in=waiting).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
    return set(locked) if waiting else set()


def _take_along(mails: Sequence[int], people: set[int]) -> None:
    """What waits for the next morning goes with the digest of today."""
    if mails:
        digest = OutgoingMail.objects.filter(pk__in=mails, person=OuterRef("person")).values("pk")
        waiting = OutgoingMail.objects.filter(person__in=people, state=State.WAITING)
        waiting.update(state=State.IN_DIGEST, told_in=Subquery(digest))
        WaitingDigest.objects.filter(person__in=people).update(due_at=None)


def _move(choice: DigestChoice, now: datetime, mail: OutgoingMail | None) -> None:
    """On to the next moment, however many of them went by; whoever is no member has none."""
    due_at = choice.next_due_at or now
    zone = zone_of(choice.person)
    choice.zone, choice.told_until = choice.person.time_zone, now
    choice.last_mail = mail or choice.last_mail
    choice.next_due_at = (
        next_moment(choice, zone, after=now, not_on=timezone.localdate(due_at, zone)) if choice.person.is_member else None
    )


def _save(choices: Sequence[DigestChoice]) -> None:
    if choices:
        DigestChoice.objects.bulk_update(choices, ["next_due_at", "told_until", "last_mail", "zone"])
