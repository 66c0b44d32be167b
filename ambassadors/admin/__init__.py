"""The support team's pages about people."""

from ambassadors.admin.accounts import UserAdmin
from ambassadors.admin.organizations import OrganizationAdmin
from ambassadors.admin.own_data import ErasureAdmin, ReturnRequestAdmin
from ambassadors.admin.people import AmbassadorAdmin
from ambassadors.commitments.admin import CommitmentsEditionAdmin
from ambassadors.engagement.admin import EngagementOfferAdmin, EngagementOptionAdmin, EngagementRequestAdmin
from ambassadors.growth.admin import GrowthStageAdmin, MilestoneAdmin
from ambassadors.inviting.admin import InvitationAdmin

__all__ = [
    "AmbassadorAdmin",
    "CommitmentsEditionAdmin",
    "EngagementOfferAdmin",
    "EngagementOptionAdmin",
    "EngagementRequestAdmin",
    "ErasureAdmin",
    "GrowthStageAdmin",
    "InvitationAdmin",
    "MilestoneAdmin",
    "OrganizationAdmin",
    "ReturnRequestAdmin",
    "UserAdmin",
]
