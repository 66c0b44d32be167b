from ambassadors.models.ambassador import Ambassador
from ambassadors.models.commitments import Affirmation, Commitment, CommitmentsEdition
from ambassadors.models.engagement import (
    EngagementAsk,
    EngagementExample,
    EngagementOffer,
    EngagementOption,
    EngagementRequest,
)
from ambassadors.models.growth import GrowthStage, Milestone
from ambassadors.models.organization import Organization
from ambassadors.models.own_data import Archive, Erasure, ReturnRequest
from ambassadors.models.question import ProfileQuestion
from ambassadors.models.recovery import AddressRecovery
from ambassadors.models.roster_file import RosterFile
from ambassadors.models.user import User

__all__ = [
    "AddressRecovery",
    "Affirmation",
    "Ambassador",
    "Archive",
    "Commitment",
    "CommitmentsEdition",
    "EngagementAsk",
    "EngagementExample",
    "EngagementOffer",
    "EngagementOption",
    "EngagementRequest",
    "Erasure",
    "GrowthStage",
    "Milestone",
    "Organization",
    "ProfileQuestion",
    "ReturnRequest",
    "RosterFile",
    "User",
]
