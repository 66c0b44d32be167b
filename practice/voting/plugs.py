"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from practice.voting import emails

__all__ = ["emails"]
