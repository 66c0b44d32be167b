"""The support team's pages about discussions."""

from discussions.moderation.admin import ConductDutyAdmin

__all__ = ["ConductDutyAdmin"]
