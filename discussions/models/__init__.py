from discussions.models.following import Follow, ReadMark
from discussions.models.moderation import ConductDuty, Report, ReportNote
from discussions.models.post import Post, PostRevision
from discussions.models.space import Space, SpaceRequest, SpaceRole
from discussions.models.thread import SEATS, Participant, Thread

__all__ = [
    "SEATS",
    "ConductDuty",
    "Follow",
    "Participant",
    "Post",
    "PostRevision",
    "ReadMark",
    "Report",
    "ReportNote",
    "Space",
    "SpaceRequest",
    "SpaceRole",
    "Thread",
]
