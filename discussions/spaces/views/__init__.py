"""Pages of spaces."""

from discussions.spaces.views.coming_in import (
    space_ask,
    space_invite,
    space_join,
    space_leave,
    space_request_accept,
    space_request_decline,
    space_request_withdraw,
)
from discussions.spaces.views.looking import space_detail, space_history, space_list, space_people, space_person_list
from discussions.spaces.views.running import (
    space_edit,
    space_end,
    space_hand_over,
    space_lead,
    space_reopen,
    space_role_change,
    space_start,
)

__all__ = [
    "space_ask",
    "space_detail",
    "space_edit",
    "space_end",
    "space_hand_over",
    "space_history",
    "space_invite",
    "space_join",
    "space_lead",
    "space_leave",
    "space_list",
    "space_people",
    "space_person_list",
    "space_reopen",
    "space_request_accept",
    "space_request_decline",
    "space_request_withdraw",
    "space_role_change",
    "space_start",
]
