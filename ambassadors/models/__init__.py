from ambassadors.models.ambassador import Ambassador, Organization
from ambassadors.models.user import User

__all__ = ["Ambassador", "Organization", "User"]
