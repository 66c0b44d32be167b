"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.asks import Asks, asks
from discussions.models import NeedAlert
from discussions.needs import desk, emails, panels, privacy_export

__all__ = ["desk", "emails", "panels", "privacy_export"]

asks.add("needs", Asks(NeedAlert.objects.all, "at"))
