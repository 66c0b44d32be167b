"""The mail that tells, once a day, what waited over the day's limit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from correspondence import allowance, outbox
from correspondence.kinds import kinds
from correspondence.models import OutgoingMail, WaitingDigest
from correspondence.rendering import everywhere, subject_of

logger = logging.getLogger(__name__)


def post_digests() -> int:
    """Post a digest to each person whose moment has come; return how many."""
    due = WaitingDigest.objects.filter(due_at__lte=timezone.now()).select_related("person").order_by("due_at")
    return sum(_post_digest(digest) for digest in due[:1000])


def _post_digest(digest: WaitingDigest) -> bool:
    """Take the date away, post the digest and give it what waits, in one commit: a kill in between loses none of them."""
    with transaction.atomic():
        # The same lock as `take_a_place`: a mail that begins to wait at this moment sees either the date or no date.
        get_user_model().objects.select_for_update(no_key=True).get(pk=digest.person_id)
        if not allowance.now_waits_no_more(digest):
            return False
        today = OutgoingMail(person=digest.person).today
        mail = outbox.post("waiting", digest.person, key=f"waiting:{digest.person_id}:{today}")
        if mail is None:  # told today already, before the person moved to another time zone
            WaitingDigest.objects.filter(pk=digest.pk).update(due_at=allowance.next_digest_moment(digest.person))
            return False
        OutgoingMail.objects.filter(pk=mail.pk).update(counted_on=today)
        OutgoingMail.objects.filter(person=digest.person, state="waiting").update(state="in digest", told_in=mail)
    return True


def drop_unwanted(digest: OutgoingMail) -> bool:
    """Leave out what nobody wants to hear any more, or what cannot be told any more; return whether anything is left to tell.

    What was read here is what `lines_of` returns for this very mail.
    """
    known, lines = allowance.known_of(digest), []
    for item in _items(digest):
        line = _line_or_refusal(item, known)
        if isinstance(line, Line):
            lines.append(line)
        else:
            OutgoingMail.objects.filter(pk=item.pk, state="in digest").update(state="unwanted", answer=line)
    digest.waited = _together(lines)
    return bool(lines)


def context_of(digest: OutgoingMail) -> dict[str, object]:
    """What waited, a line each."""
    return {"lines": lines_of(digest)}


def lines_of(digest: OutgoingMail) -> list[Line]:
    """What this mail tells of, a line each: the subject it would have had, how many of it there are, and where the first of them leads."""
    found: list[Line] | None = getattr(digest, "waited", None)
    return _together(map(_line, _items(digest))) if found is None else found


@dataclass
class Line:
    """One line of a digest; `what` it speaks of it says once."""

    what: str
    subject: str
    url: str
    number: int = 0


def _items(digest: OutgoingMail) -> Iterator[OutgoingMail]:
    for item in OutgoingMail.objects.filter(told_in=digest, state="in digest").order_by("created_at", "pk"):
        item.person = digest.person  # with all that was read of them: it is the same for each line
        yield item


def _together(lines: Iterable[Line]) -> list[Line]:
    """One line for what several mails speak of, with their number."""
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.what, line).number += 1
    return list(found.values())


def _line_or_refusal(item: OutgoingMail, known: allowance.Known) -> Line | str:
    try:
        return allowance.refusal(item, known) or _line(item)
    except Exception as error:  # one broken line must not hold up the others for ever
        logger.exception("Mail %s (%s) cannot be told in a digest.", item.pk, item.kind)
        return f"{type(error).__name__} while writing its line"


def _line(item: OutgoingMail) -> Line:
    kind = kinds[item.kind]
    context = everywhere(kind, item.person) | kind.context(item)
    group = kind.one_line(item, context)
    what = f"{item.kind}:{group}" if group else f"mail:{item.pk}"
    return Line(what, subject_of(kind, context), kind.link(item, context))
