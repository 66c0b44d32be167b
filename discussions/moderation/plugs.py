"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.moderation import acts, blocking, desk, due, emails, inbound, measure_emails, panels, privacy_export, settings_home

__all__ = ["acts", "blocking", "desk", "due", "emails", "inbound", "measure_emails", "panels", "privacy_export", "settings_home"]
