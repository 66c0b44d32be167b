"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.onboarding import desk, due, emails, guide, inbound, own_steps, privacy_export, receivers, settings_pages

__all__ = ["desk", "due", "emails", "guide", "inbound", "own_steps", "privacy_export", "receivers", "settings_pages"]
