"""What changes while a case is vetted and decided: one function per intention, each in one transaction with its line of history."""

from ambassadors.vetting.workflow.assessing import Assessment, amend, give, lacking_in, save_draft
from ambassadors.vetting.workflow.assigning import assign, substitute, take_back, take_up
from ambassadors.vetting.workflow.clock import come_back, remind
from ambassadors.vetting.workflow.concerns import keep_concern, raise_concern, settle
from ambassadors.vetting.workflow.deciding import DECISIONS, decide, decided, look_again
from ambassadors.vetting.workflow.duties import give_duty, release_from_duty
from ambassadors.vetting.workflow.recusing import step_back

__all__ = [
    "DECISIONS",
    "Assessment",
    "amend",
    "assign",
    "come_back",
    "decide",
    "decided",
    "give",
    "give_duty",
    "keep_concern",
    "lacking_in",
    "look_again",
    "raise_concern",
    "release_from_duty",
    "remind",
    "save_draft",
    "settle",
    "step_back",
    "substitute",
    "take_back",
    "take_up",
]
