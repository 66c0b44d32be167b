"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.by_mail import emails, guide, inbound, own

__all__ = ["emails", "guide", "inbound", "own"]
