"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.buddies import due, privacy_export, receivers, settings_pages

__all__ = ["due", "privacy_export", "receivers", "settings_pages"]
