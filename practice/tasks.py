"""What happens with practices by the clock."""

from celery import shared_task

from practice.starting import workflow
from practice.talking import workflow as talking


@shared_task
def forget_starts() -> None:
    """Forget what was typed to begin and not confirmed within a day."""
    workflow.purge()


@shared_task
def remind_of_actions() -> None:
    """Mail those whose actions are due within a week, or today. Doing it twice mails nothing twice."""
    talking.remind_owners()
