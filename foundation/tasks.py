"""What the ground floor does later. Each task may run twice."""

from celery import shared_task

from foundation import search


@shared_task
def refresh_search() -> None:
    """Index anew what carries a word that has changed."""
    search.refresh_stale()
