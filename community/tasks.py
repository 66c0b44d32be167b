"""What the site as a whole does by the clock."""

from celery import shared_task

from community.contact import workflow as contact
from community.stories import tasks  # noqa: F401  news that is due, and the turn of the day


@shared_task
def purge_contact() -> None:
    """Forget messages of the contact form that nobody confirmed, and those that were settled long ago."""
    contact.purge()
