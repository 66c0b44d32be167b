"""What happens later. Each task takes keys, claims its row, and may run twice."""

from celery import shared_task


@shared_task
def deliver_mail(mail_pk: int) -> None:
    """Send one mail of the outbox."""
