"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.prompts import acts, desk, due, emails, inbound, lining_up, panels, privacy_export, receivers, tasks

__all__ = ["acts", "desk", "due", "emails", "inbound", "lining_up", "panels", "privacy_export", "receivers", "tasks"]
