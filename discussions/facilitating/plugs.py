"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.facilitating import newcomers, unanswered

__all__ = ["newcomers", "unanswered"]
