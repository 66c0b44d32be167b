"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.assistants import emails, panels, privacy_export, settings_pages

__all__ = ["emails", "panels", "privacy_export", "settings_pages"]
