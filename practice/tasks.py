"""What happens with practices by the clock."""

from celery import shared_task

from practice.starting import workflow


@shared_task
def forget_starts() -> None:
    """Forget what was typed to begin and not confirmed within a day."""
    workflow.purge()
