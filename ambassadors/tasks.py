"""What happens later: to people's own data, and when a slate opens. Each task takes a key, claims its row, and may run twice."""

from celery import shared_task

from ambassadors.nominations import clearing
from ambassadors.owndata import archive
from ambassadors.slates import telling


@shared_task
def prepare_archive(archive_pk: int) -> None:
    """Pack one person's archive."""
    archive.prepare(archive_pk)


@shared_task
def tell_of_slate(slate_pk: int) -> None:
    """Post the mails about one opened slate."""
    telling.tell(slate_pk)


@shared_task
def forget_cases() -> None:
    """Forget the nominations whose months are over."""
    clearing.clear_due()
