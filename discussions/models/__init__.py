from discussions.models.archive import ArchivedMessage
from discussions.models.asking import AskMeAbout, Question
from discussions.models.assisting import PreparedReply
from discussions.models.circle import Circle, CircleCadence, MeetingChange
from discussions.models.follow_up import FollowUp
from discussions.models.following import Follow, ReadMark
from discussions.models.marks import Bookmark, Draft, Mention, Thanks
from discussions.models.measure import Measure
from discussions.models.moderation import Block, ConductDuty, Report, ReportNote
from discussions.models.need import Need, NeedAlert
from discussions.models.nudge import Nudge
from discussions.models.piece import Piece, PieceUse
from discussions.models.post import Post, PostRevision
from discussions.models.prompt import Prompt, PromptBreak, PromptRound, PromptWish, Responder
from discussions.models.reading import ReadingItem
from discussions.models.space import Space, SpaceRequest, SpaceRole
from discussions.models.thread import SEATS, Participant, Thread

__all__ = [
    "SEATS",
    "ArchivedMessage",
    "AskMeAbout",
    "Block",
    "Bookmark",
    "Circle",
    "CircleCadence",
    "ConductDuty",
    "Draft",
    "Follow",
    "FollowUp",
    "Measure",
    "MeetingChange",
    "Mention",
    "Need",
    "NeedAlert",
    "Nudge",
    "Participant",
    "Piece",
    "PieceUse",
    "Post",
    "PostRevision",
    "PreparedReply",
    "Prompt",
    "PromptBreak",
    "PromptRound",
    "PromptWish",
    "Question",
    "ReadMark",
    "ReadingItem",
    "Report",
    "ReportNote",
    "Responder",
    "Space",
    "SpaceRequest",
    "SpaceRole",
    "Thanks",
    "Thread",
]
