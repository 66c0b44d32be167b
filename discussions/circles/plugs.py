"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.circles import calendar, emails, panels, privacy_export, telling

__all__ = ["calendar", "emails", "panels", "privacy_export", "telling"]
