from welcome.models.buddies import Buddy, BuddyMatch, BuddyText
from welcome.models.rules import WelcomeRules

__all__ = ["Buddy", "BuddyMatch", "BuddyText", "WelcomeRules"]
