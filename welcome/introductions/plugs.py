"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.introductions import desk, due, emails, inbound, privacy_export, settings_pages

__all__ = ["desk", "due", "emails", "inbound", "privacy_export", "settings_pages"]
