"""What the outbox and the letter box tell of the last days."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from correspondence.checking.findings import Findings, look, right, wrong
from correspondence.models import InboundMail, OutgoingMail

LATE = timedelta(minutes=10)
LATELY = timedelta(days=7)


def check_out() -> Findings:
    """Whether mail leaves, and what waits for somebody."""
    State = OutgoingMail.State  # noqa: N806  a class
    now = timezone.now()
    late = OutgoingMail.objects.filter(state=State.QUEUED, due_at__lt=now - LATE).count()
    if late:
        yield wrong(f"Waiting to leave for more than ten minutes: {late}.", "Does a worker run? `manage.py send_due` sends them.")
    lately = OutgoingMail.objects.filter(created_at__gte=now - LATELY)
    for state, words in ((State.FAILED, "Refused for good"), (State.UNKNOWN, "Perhaps sent")):
        if number := lately.filter(state=state).count():
            yield look(f"{words} in the last seven days: {number}.", "They wait for you under Outgoing mails in the admin.")
    last = OutgoingMail.objects.filter(state=State.SENT).order_by("-sent_at").values_list("sent_at", flat=True).first()
    if last:
        yield right(f"The last mail left on {date_format(last, 'j F Y, H:i')} UTC.")


def check_in() -> Findings:
    """Whether mail arrives, and is worked on."""
    waiting = InboundMail.objects.filter(state=InboundMail.State.RECEIVED, received_at__lt=timezone.now() - LATE).count()
    if waiting:
        yield wrong(f"Came in more than ten minutes ago and not worked on: {waiting}.", "Does a worker run?")
    if stuck := InboundMail.objects.filter(state=InboundMail.State.STUCK).count():
        yield look(
            f"Came in and stuck, because our software failed on them: {stuck}.",
            "They are marked “stuck” under Incoming mails in the admin.",
        )
    last = InboundMail.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    if last:
        yield right(f"The last mail came in on {date_format(last, 'j F Y, H:i')} UTC.")
    else:
        yield look("No mail has ever come in.", "Send yourself the test mail from the admin, and answer it.")
