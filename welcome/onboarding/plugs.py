"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.onboarding import own_steps

__all__ = ["own_steps"]
