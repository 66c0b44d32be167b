"""What happens on the public site by the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from community.stories.workflow import almanac, news


@shared_task
def turn_pages() -> None:
    """Let out the news whose time has come, and turn to today's quotations. Doing it twice does no harm."""
    news.let_out_what_is_due()
    almanac.turn_day(timezone.now().date())
