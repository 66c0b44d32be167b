"""Pages of circles and of their meetings."""

from discussions.circles.views.circles import circle_detail, circle_edit, circle_invite, circle_list, circle_open
from discussions.circles.views.meetings import meeting_call_off, meeting_detail, meeting_file, meeting_move, meeting_restore

__all__ = [
    "circle_detail",
    "circle_edit",
    "circle_invite",
    "circle_list",
    "circle_open",
    "meeting_call_off",
    "meeting_detail",
    "meeting_file",
    "meeting_move",
    "meeting_restore",
]
