"""Who may see which space, thread and post. A private thread is for the people in it; being staff opens none."""

from discussions.querysets.asking import AskMeAboutQuerySet, QuestionQuerySet, ReadingItemQuerySet
from discussions.querysets.assisting import PreparedReplyQuerySet
from discussions.querysets.following import FollowQuerySet, ReadMarkQuerySet
from discussions.querysets.marks import BookmarkQuerySet, DraftQuerySet, MentionQuerySet, ThanksQuerySet
from discussions.querysets.moderation import BlockQuerySet, ConductDutyQuerySet, MeasureQuerySet, ReportNoteQuerySet, ReportQuerySet
from discussions.querysets.nudges import NudgeQuerySet
from discussions.querysets.posts import PostQuerySet, PostRevisionQuerySet
from discussions.querysets.spaces import SpaceQuerySet, SpaceRequestQuerySet, SpaceRoleQuerySet
from discussions.querysets.threads import ParticipantQuerySet, ThreadQuerySet

__all__ = [
    "AskMeAboutQuerySet",
    "BlockQuerySet",
    "BookmarkQuerySet",
    "ConductDutyQuerySet",
    "DraftQuerySet",
    "FollowQuerySet",
    "MeasureQuerySet",
    "MentionQuerySet",
    "NudgeQuerySet",
    "ParticipantQuerySet",
    "PostQuerySet",
    "PostRevisionQuerySet",
    "PreparedReplyQuerySet",
    "QuestionQuerySet",
    "ReadMarkQuerySet",
    "ReadingItemQuerySet",
    "ReportNoteQuerySet",
    "ReportQuerySet",
    "SpaceQuerySet",
    "SpaceRequestQuerySet",
    "SpaceRoleQuerySet",
    "ThanksQuerySet",
    "ThreadQuerySet",
]
