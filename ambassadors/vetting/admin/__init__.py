"""The pages of the queue, of GrowCom and of what staff note of their talks with people."""

from ambassadors.vetting.admin.duties import AdmissionRulesAdmin, VettingDutyAdmin
from ambassadors.vetting.admin.notes import ContactNoteAdmin
from ambassadors.vetting.admin.queue import NominationAdmin

__all__ = ["AdmissionRulesAdmin", "ContactNoteAdmin", "NominationAdmin", "VettingDutyAdmin"]
