"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.nominations import desk, emails, guide, inbound, mail_emails, nominee_emails, privacy_export, telling

__all__ = ["desk", "emails", "guide", "inbound", "mail_emails", "nominee_emails", "privacy_export", "telling"]
