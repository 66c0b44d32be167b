"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.needs import desk, emails, panels, privacy_export

__all__ = ["desk", "emails", "panels", "privacy_export"]
