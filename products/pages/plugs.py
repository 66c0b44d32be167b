"""What this folder plugs into the floors below: imported when the app is ready."""

from products.pages import pillars

__all__ = ["pillars"]
