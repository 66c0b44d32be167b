"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.inviting import desk, emails, receivers

__all__ = ["desk", "emails", "receivers"]
