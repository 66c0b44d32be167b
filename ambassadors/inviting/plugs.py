"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.inviting import desk, emails, panels, receivers

__all__ = ["desk", "emails", "panels", "receivers"]
