"""The support team's pages about people."""

from ambassadors.admin.accounts import UserAdmin
from ambassadors.admin.organizations import OrganizationAdmin
from ambassadors.admin.own_data import ErasureAdmin, ReturnRequestAdmin
from ambassadors.admin.people import AmbassadorAdmin
from ambassadors.assistants.admin import AssistantRulesAdmin
from ambassadors.commitments.admin import CommitmentsEditionAdmin
from ambassadors.engagement.admin import EngagementOfferAdmin, EngagementOptionAdmin, EngagementRequestAdmin
from ambassadors.growth.admin import GrowthStageAdmin, MilestoneAdmin
from ambassadors.inviting.admin import InvitationAdmin
from ambassadors.nominations.admin import CriteriaEditionAdmin
from ambassadors.outreach.admin import NetworkAdmin, OutreachEntryAdmin, SpeakingSlotAdmin
from ambassadors.slates.admin import SlateAdmin
from ambassadors.vetting.admin import AdmissionRulesAdmin, ContactNoteAdmin, NominationAdmin, VettingDutyAdmin

__all__ = [
    "AdmissionRulesAdmin",
    "AmbassadorAdmin",
    "AssistantRulesAdmin",
    "CommitmentsEditionAdmin",
    "ContactNoteAdmin",
    "CriteriaEditionAdmin",
    "EngagementOfferAdmin",
    "EngagementOptionAdmin",
    "EngagementRequestAdmin",
    "ErasureAdmin",
    "GrowthStageAdmin",
    "InvitationAdmin",
    "MilestoneAdmin",
    "NetworkAdmin",
    "NominationAdmin",
    "OrganizationAdmin",
    "OutreachEntryAdmin",
    "ReturnRequestAdmin",
    "SlateAdmin",
    "SpeakingSlotAdmin",
    "UserAdmin",
    "VettingDutyAdmin",
]
