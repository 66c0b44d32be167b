"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.prompts import (
    acts,
    change_emails,
    desk,
    due,
    emails,
    guide,
    inbound,
    lining_up,
    panels,
    privacy_export,
    receivers,
    tasks,
)

__all__ = [
    "acts",
    "change_emails",
    "desk",
    "due",
    "emails",
    "guide",
    "inbound",
    "lining_up",
    "panels",
    "privacy_export",
    "receivers",
    "tasks",
]
