"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.inviting import emails, receivers

__all__ = ["emails", "receivers"]
