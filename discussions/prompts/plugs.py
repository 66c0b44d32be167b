"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.asks import Asks, asks
from discussions.models import Responder
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
from discussions.prompts.pieces import privacy_export as pieces_export

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
    "pieces_export",
    "privacy_export",
    "receivers",
    "tasks",
]

asks.add("prompts", Asks(Responder.objects.all, "asked_at"))
