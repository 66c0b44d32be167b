"""The road of one mail from the claim to its end. Each step is one committed compare-and-swap; no step holds a transaction open.

    queued > claimed > handing over > sent | queued again | failed | unknown

A crash before "handing over" leaves a lease that runs out: the mail goes again. A crash after it leaves "handing over": the sweep
makes it "unknown", because the server may have the mail, and only a person can find out.
"""

from __future__ import annotations

import contextlib
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from correspondence import allowance, backends
from correspondence.health import workflow
from correspondence.health.bounces import kind_of
from correspondence.health.workflow import Failure
from correspondence.models import OutgoingMail
from correspondence.querysets import OutgoingMailQuerySet
from correspondence.rendering import message_for

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

logger = logging.getLogger(__name__)

State = OutgoingMail.State
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# How long to wait after each vain try: over two days in all, which outlasts a weekend's outage of a mail server.
PATIENCE = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR]
RESTART_OF_THE_DATABASE = (1, 5, 15, 30)  # seconds between the tries to write an answer down


class ClaimLost(Exception):
    """The lease ran out and the row is another's now: whatever this worker still knows no longer counts."""


def hand_over(mail: OutgoingMail) -> None:
    """Bring one claimed mail to the next state of its road."""
    try:
        message = _prepared(mail)
    except Exception as error:  # a broken template or a vanished row must not stop the mails behind it
        logger.exception("Mail %s (%s) cannot be written.", mail.pk, mail.kind)
        _try_again(mail, f"{type(error).__name__} while writing it")
    else:
        if message is not None:
            _send(mail, message)


def bounced(mail: OutgoingMail, words: str) -> None:
    """What the server took came back undeliverable; a report may also answer the question of an unknown mail."""
    came_back = OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.SENT, State.UNKNOWN])
    came_back.update(state=State.FAILED, answer=f"came back: {words}"[:500], claim="")


def sweep() -> list[int]:
    """Mark as unknown what was left while being handed over, and return the keys of the mails that are due."""
    now = timezone.now()
    OutgoingMail.objects.left_hanging(now).update(
        state=State.UNKNOWN, lease_until=None, answer="the worker was gone before the mail server answered"
    )
    return list(OutgoingMail.objects.due(now).order_by("due_at").values_list("pk", flat=True)[:2000])


def _prepared(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail as it goes out, or None when it does not go out now."""
    if mail.attempts > len(PATIENCE) + 1:
        _fail(mail, "every worker that took it was lost")
        return None
    why_not = allowance.refusal(mail)
    if why_not:
        _settle(mail, State.UNWANTED, answer=why_not, counted_on=None)
        return None
    return message_for(mail) if allowance.take_a_place(mail) else None


def _send(mail: OutgoingMail, message: EmailMultiAlternatives) -> None:
    backend = backends.open_backend()
    try:
        answer = backends.send_in_steps(backend, message, before_data=lambda: _begin(mail))
    except ClaimLost:
        logger.warning("The lease of mail %s ran out before its text began; another worker has it.", mail.pk)
    except backends.NotSent as refused:
        _refused(mail, refused)
    except Exception as error:  # the worker's time limit included: whether the text had begun decides
        logger.exception("Mail %s (%s) was interrupted.", mail.pk, mail.kind)
        _interrupted(mail, str(error) or type(error).__name__)
    else:
        _settle(mail, State.SENT, answer=answer, sent_at=timezone.now())
    finally:
        with contextlib.suppress(Exception):  # how a connection ends says nothing of the mail, which is settled by now
            backend.close()


def _begin(mail: OutgoingMail) -> None:
    """Commit "handing over": from here on nobody sends this mail again without a person's word."""
    if not OutgoingMail.objects.held_by(mail).filter(state=State.CLAIMED).update(state=State.HANDING_OVER):
        raise ClaimLost
    mail.state = State.HANDING_OVER


def _interrupted(mail: OutgoingMail, answer: str) -> None:
    if mail.state == State.HANDING_OVER:
        _settle(mail, State.UNKNOWN, answer=answer)
    else:
        _try_again(mail, answer)


def _refused(mail: OutgoingMail, refused: backends.NotSent) -> None:
    if not refused.for_good:
        _try_again(mail, refused.answer)
        return
    _fail(mail, refused.answer)
    if refused.of_recipient:
        workflow.note(mail.recipient, Failure(kind_of("", refused.answer), refused.answer), mail=mail)


def _try_again(mail: OutgoingMail, answer: str) -> None:
    if mail.attempts > len(PATIENCE):
        _fail(mail, answer)
    else:
        _settle(mail, State.QUEUED, answer=answer, due_at=timezone.now() + PATIENCE[mail.attempts - 1])


def _fail(mail: OutgoingMail, answer: str) -> None:
    logger.error("Mail %s (%s) was refused for good; the outbox in the admin says how.", mail.pk, mail.kind)
    _settle(mail, State.FAILED, answer=answer, counted_on=None)


def _settle(mail: OutgoingMail, state: str, *, answer: str, **fields: Any) -> None:
    """Write the result, if the claim still holds. A late answer corrects an "unknown" that nobody has decided yet."""
    held = OutgoingMail.objects.held_by(mail).filter(state__in=[State.CLAIMED, State.HANDING_OVER, State.UNKNOWN])
    if _write(held, state=state, answer=answer[:500], lease_until=None, **fields):
        mail.state = state


def _write(rows: OutgoingMailQuerySet, **result: Any) -> int:
    """Update, waiting for a database that restarts at this moment: without the answer, a person would have to find out what it was."""
    for pause in RESTART_OF_THE_DATABASE:
        try:
            return rows.update(**result)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(pause)
    return rows.update(**result)
