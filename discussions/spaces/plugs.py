"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.spaces import due, emails

__all__ = ["due", "emails"]
