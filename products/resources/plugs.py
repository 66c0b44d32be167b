"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from products.resources import panels, privacy_export

__all__ = ["panels", "privacy_export"]
