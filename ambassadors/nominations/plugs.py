"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.nominations import privacy_export

__all__ = ["privacy_export"]
