"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.reviewing.by_mail import emails, guide, inbound

__all__ = ["emails", "guide", "inbound"]
