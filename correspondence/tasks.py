"""What happens later. Each task takes keys, claims its row, and may run twice."""

from celery import shared_task

from correspondence import delivery, due, outbox


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
