"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.road import desk, emails, needs

__all__ = ["desk", "emails", "needs"]
