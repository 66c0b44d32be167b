"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.asks import Asks, asks
from ambassadors.engagement import desk, emails, panels, privacy_export
from ambassadors.models import EngagementAsk

__all__ = ["desk", "emails", "panels", "privacy_export"]

asks.add("requests", Asks(EngagementAsk.objects.all, "asked_at"))
