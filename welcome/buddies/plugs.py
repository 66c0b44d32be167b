"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from welcome.buddies import (
    desk,
    due,
    emails,
    inbound,
    pair_desk,
    panels,
    privacy_export,
    receivers,
    settings_pages,
    step,
    together,
)

__all__ = [
    "desk",
    "due",
    "emails",
    "inbound",
    "pair_desk",
    "panels",
    "privacy_export",
    "receivers",
    "settings_pages",
    "step",
    "together",
]
