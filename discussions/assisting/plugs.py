"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.assisting import desk, emails, inbound, privacy_export

__all__ = ["desk", "emails", "inbound", "privacy_export"]
