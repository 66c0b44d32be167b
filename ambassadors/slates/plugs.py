"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.slates import desk, due, emails, guide, inbound, reading_back, receivers

__all__ = ["desk", "due", "emails", "guide", "inbound", "reading_back", "receivers"]
