"""The pages of outreach and of speaking slots."""

from ambassadors.outreach.views.entries import (
    outreach_confirm,
    outreach_create,
    outreach_edit,
    outreach_export,
    outreach_list,
    outreach_remove,
)
from ambassadors.outreach.views.slots import (
    slot_call_off,
    slot_create,
    slot_decline,
    slot_detail,
    slot_edit,
    slot_give,
    slot_list,
    slot_log,
    slot_volunteer,
    slot_withdraw,
)

__all__ = [
    "outreach_confirm",
    "outreach_create",
    "outreach_edit",
    "outreach_export",
    "outreach_list",
    "outreach_remove",
    "slot_call_off",
    "slot_create",
    "slot_decline",
    "slot_detail",
    "slot_edit",
    "slot_give",
    "slot_list",
    "slot_log",
    "slot_volunteer",
    "slot_withdraw",
]
