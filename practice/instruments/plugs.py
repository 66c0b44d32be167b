"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from practice.instruments import obstacles, panels, releasing

__all__ = ["obstacles", "panels", "releasing"]
