"""What happens later: telling people that a prompt is open. The task takes a key, and may run twice."""

from celery import shared_task

from discussions.prompts import telling


@shared_task
def tell_of_round(round_pk: int) -> None:
    """Post the mails about one round that was opened."""
    telling.tell(round_pk)
