"""What happens with products by the clock."""

from celery import shared_task

from products.pages.downloads import write_downloads


@shared_task
def write_counted_downloads() -> None:
    """Write what was counted since the last time. Doing it twice writes nothing twice."""
    write_downloads()
