"""What happens to people's own data later. Each task takes a key, claims its row, and may run twice."""

from celery import shared_task

from ambassadors.owndata import archive


@shared_task
def prepare_archive(archive_pk: int) -> None:
    """Pack one person's archive."""
    archive.prepare(archive_pk)
