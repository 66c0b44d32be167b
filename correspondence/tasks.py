"""What happens later. Each task takes keys, claims its row, and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from correspondence import delivery, due, outbox
from correspondence.digests import posting
from correspondence.models import AddressHealth, MailFailure, OutgoingMail
from correspondence.update import subscribing

HEADERS_KEPT = timedelta(days=365)


@shared_task
def deliver_mail(mail_pk: int) -> None:
    """Send one mail of the outbox."""
    outbox.deliver(mail_pk)


@shared_task
def sweep_outbox() -> None:
    """Find the mails that no worker was told of, or whose worker is gone."""
    outbox.tell_workers(delivery.sweep())


@shared_task
def post_due() -> None:
    """Put into the outbox what has come due: digests, reminders."""
    due.post_all()


@shared_task
def look_around_for_digests() -> None:
    """Give those who came their first moment of a digest, and those who moved that of the new place."""
    posting.look_around()


@shared_task
def purge_outgoing() -> None:
    """Forget what mails of over a year ago spoke of, and those to mere addresses whole.

    A row of a person stays bare: its key keeps an occasion from being mailed twice, and the link that stops the mail goes on working.
    """
    old = OutgoingMail.objects.settled().filter(created_at__lt=timezone.now() - HEADERS_KEPT)
    old.filter(person=None).delete()
    old.exclude(about={}, answer="").update(about={}, answer="")
    MailFailure.objects.of_long_ago(timezone.now()).delete()
    AddressHealth.objects.filter(state=AddressHealth.State.WORKING, failures=None).delete()


@shared_task
def purge_subscriptions() -> None:
    """Forget addresses that asked for the Update and were never confirmed."""
    subscribing.purge()
