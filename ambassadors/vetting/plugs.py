"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.vetting import desk, due, emails, receivers

__all__ = ["desk", "due", "emails", "receivers"]
