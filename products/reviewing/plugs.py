"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from django.db.models import F

from ambassadors.asks import Asks, asks
from products.models import Review
from products.reviewing import desk, due, emails, obstacles, privacy_export, receivers

__all__ = ["desk", "due", "emails", "obstacles", "privacy_export", "receivers"]

asks.add("reviews", Asks(lambda: Review.objects.annotate(person=F("reviewer")), "invited_at"))
