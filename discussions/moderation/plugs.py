"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.moderation import acts, desk, emails, panels, privacy_export

__all__ = ["acts", "desk", "emails", "panels", "privacy_export"]
