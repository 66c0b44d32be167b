"""What happens later in community reviews. Each task takes a key, and may run twice."""

from celery import shared_task

from products.window import telling, wishes


@shared_task
def tell_of_window(window_pk: int) -> None:
    """Post the mails about one community review that was opened."""
    telling.tell(window_pk)


@shared_task
def tell_of_launch(product_pk: int) -> None:
    """Post the mails about one product that is there."""
    wishes.tell(product_pk)


@shared_task
def forget_wishes() -> None:
    """Forget addresses that nobody confirmed, and whoever was told."""
    wishes.purge()
