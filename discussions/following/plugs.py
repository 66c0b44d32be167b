"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.following import desk, due, emails, panels, receivers, settings_pages

__all__ = ["desk", "due", "emails", "panels", "receivers", "settings_pages"]
