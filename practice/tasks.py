"""What happens with practices by the clock."""

from celery import shared_task

from practice.benchmark import workflow as benchmark
from practice.models import Talk
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


@shared_task
def forget_talks() -> None:
    """Delete what was shared for talks of four weeks ago. Doing it twice changes nothing."""
    Talk.objects.over().forget_shared()


@shared_task
def work_out_benchmarks() -> None:
    """Work out the quartiles of what organisations agreed to share. Doing it twice changes nothing."""
    benchmark.refresh_all()
