"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.morning import buddies, newcomers, pairs

__all__ = ["buddies", "newcomers", "pairs"]
