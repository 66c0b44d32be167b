"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.reviewing.relay import desk, emails, inbound

__all__ = ["desk", "emails", "inbound"]
