"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.buddies import due, receivers

__all__ = ["due", "receivers"]
