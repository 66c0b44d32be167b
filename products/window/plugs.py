"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.window import desk, digest, due, emails, guide, inbound, obstacles, opening, privacy_export, tasks, wish_emails

__all__ = ["desk", "digest", "due", "emails", "guide", "inbound", "obstacles", "opening", "privacy_export", "tasks", "wish_emails"]
