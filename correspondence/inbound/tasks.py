"""What happens to incoming mail by the clock. Each task may run twice, and ends within minutes."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from correspondence.inbound import imap
from correspondence.inbound.receiving import settle
from correspondence.models import InboundMail

RAW_KEPT = timedelta(days=30)
HEADERS_KEPT = timedelta(days=365)
AT_ONCE = 100


@shared_task
def sweep_inbound() -> None:
    """Take up mail that was stored by a process which died before it looked at it."""
    for pk in list(InboundMail.objects.left_behind().values_list("pk", flat=True)[:AT_ONCE]):
        settle(pk)


@shared_task
def purge_inbound() -> None:
    """Forget the words after 30 days and the rest after a year. What is not settled yet stays."""
    now = timezone.now()
    settled = InboundMail.objects.exclude(state=InboundMail.State.RECEIVED)
    settled.filter(received_at__lt=now - RAW_KEPT, raw__isnull=False).update(raw=None)
    settled.filter(received_at__lt=now - HEADERS_KEPT).delete()


@shared_task
def poll_inbound() -> None:
    """Fetch new mail from the mailbox of INBOUND_IMAP_URL, where there is one."""
    if settings.INBOUND_IMAP_URL:
        imap.poll(settings.INBOUND_IMAP_URL)
