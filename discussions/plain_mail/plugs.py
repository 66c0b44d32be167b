"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.plain_mail import desk, emails, inbound, panels

__all__ = ["desk", "emails", "inbound", "panels"]
