"""The support team's pages about discussions. Threads, posts and requests have none: staff read them as everybody else does."""

from discussions.moderation.admin import ConductDutyAdmin
from discussions.prompts.pieces.admin import PieceAdmin
from discussions.spaces.admin import SpaceAdmin

__all__ = ["ConductDutyAdmin", "PieceAdmin", "SpaceAdmin"]
