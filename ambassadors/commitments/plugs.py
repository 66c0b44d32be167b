"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.commitments import desk, emails, privacy_export

__all__ = ["desk", "emails", "privacy_export"]
