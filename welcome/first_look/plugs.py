"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.first_look import desk, due, emails, improvement_emails, inbound, privacy_export, step

__all__ = ["desk", "due", "emails", "improvement_emails", "inbound", "privacy_export", "step"]
