from ambassadors.models.ambassador import Ambassador
from ambassadors.models.organization import Organization
from ambassadors.models.own_data import Archive, Erasure, ReturnRequest
from ambassadors.models.recovery import AddressRecovery
from ambassadors.models.roster_file import RosterFile
from ambassadors.models.user import User

__all__ = [
    "AddressRecovery",
    "Ambassador",
    "Archive",
    "Erasure",
    "Organization",
    "ReturnRequest",
    "RosterFile",
    "User",
]
