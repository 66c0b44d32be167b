from ambassadors.models.ambassador import Ambassador
from ambassadors.models.assistant import AssistantRules, AssistantSeat
from ambassadors.models.commitments import Affirmation, Commitment, CommitmentsEdition
from ambassadors.models.criteria import CriteriaEdition, Criterion, VettingQuestion
from ambassadors.models.engagement import (
    EngagementAsk,
    EngagementExample,
    EngagementOffer,
    EngagementOption,
    EngagementRequest,
)
from ambassadors.models.growth import GrowthStage, Milestone
from ambassadors.models.invitation import Invitation, InvitationWish
from ambassadors.models.nomination import Evidence, Nomination, NominationMatch
from ambassadors.models.organization import Organization
from ambassadors.models.outreach import Network, OutreachEntry, OutreachQuestion, SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.models.own_data import Archive, Erasure, ReturnRequest
from ambassadors.models.question import ProfileQuestion
from ambassadors.models.recovery import AddressRecovery
from ambassadors.models.roster_file import RosterFile
from ambassadors.models.slate import Slate, SlateAnswer, SlateEntry
from ambassadors.models.user import User
from ambassadors.models.vetting import (
    AdmissionRules,
    AssessmentAnswer,
    AssessmentMark,
    Concern,
    ContactNote,
    Decision,
    Recusal,
    VettingAssignment,
    VettingDuty,
)

__all__ = [
    "AddressRecovery",
    "AdmissionRules",
    "Affirmation",
    "Ambassador",
    "Archive",
    "AssessmentAnswer",
    "AssessmentMark",
    "AssistantRules",
    "AssistantSeat",
    "Commitment",
    "CommitmentsEdition",
    "Concern",
    "ContactNote",
    "CriteriaEdition",
    "Criterion",
    "Decision",
    "EngagementAsk",
    "EngagementExample",
    "EngagementOffer",
    "EngagementOption",
    "EngagementRequest",
    "Erasure",
    "Evidence",
    "GrowthStage",
    "Invitation",
    "InvitationWish",
    "Milestone",
    "Network",
    "Nomination",
    "NominationMatch",
    "Organization",
    "OutreachEntry",
    "OutreachQuestion",
    "ProfileQuestion",
    "Recusal",
    "ReturnRequest",
    "RosterFile",
    "Slate",
    "SlateAnswer",
    "SlateEntry",
    "SlotOffer",
    "SlotVolunteer",
    "SpeakingSlot",
    "User",
    "VettingAssignment",
    "VettingDuty",
    "VettingQuestion",
]
