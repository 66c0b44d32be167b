"""An Update as it would be mailed at this moment: rendered by what renders the mail, with a link that stops nothing."""

from __future__ import annotations

from django.conf import settings

from correspondence.kinds import kinds
from correspondence.models import Update
from correspondence.rendering import Rendered, everywhere, reading_as, render
from correspondence.update.content import context_of
from correspondence.update.sending import KIND


def preview(update: Update) -> Rendered:
    """Return the three parts as a subscriber gets them."""
    kind = kinds[KIND]
    links = {
        "unsubscribe_url": f"{settings.SITE_URL}/unsubscribe/example/",
        "manage_url": f"{settings.SITE_URL}/subscribe/example/",
    }
    with reading_as(None):
        return render(kind, everywhere(kind, None) | context_of(update) | links)
