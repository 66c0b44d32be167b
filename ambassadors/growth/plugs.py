"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.growth import desk

__all__ = ["desk"]
