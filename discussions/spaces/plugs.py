"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.spaces import desk, due, emails, inbound, invitation_emails, panels

__all__ = ["desk", "due", "emails", "inbound", "invitation_emails", "panels"]
