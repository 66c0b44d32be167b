"""What this folder plugs into the registries of discussions and the floors below: imported when the app is ready."""

from discussions.asking import desk, emails, following_up, guide, inbound, panels, privacy_export, receivers

__all__ = ["desk", "emails", "following_up", "guide", "inbound", "panels", "privacy_export", "receivers"]
