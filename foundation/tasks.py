"""What the ground floor does later. Each task may run twice."""

from celery import shared_task

from foundation import search
from foundation.orphans import delete_orphans


@shared_task
def refresh_search() -> None:
    """Index anew what carries a word that has changed."""
    search.refresh_stale()


@shared_task
def sweep_orphans() -> None:
    """Delete private files that belong to nothing."""
    delete_orphans()


@shared_task
def forget_search_words() -> None:
    """Forget words that nothing says any more."""
    search.forget_words()
