"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.drafting import desk, emails, inbound, obstacles, panels, privacy_export

__all__ = ["desk", "emails", "inbound", "obstacles", "panels", "privacy_export"]
