"""What a worker does about prints."""

from celery import shared_task


@shared_task
def print_edition(pk: int) -> None:
    """Make one print, if it is still wanted."""
    from products.printing import workflow  # deferred: the workflow calls this task

    workflow.make_print(pk)
