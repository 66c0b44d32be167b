from ambassadors.models.ambassador import Ambassador
from ambassadors.models.organization import Organization
from ambassadors.models.user import User

__all__ = ["Ambassador", "Organization", "User"]
