"""The support team's pages about welcoming people."""

from welcome.buddies.admin import BuddyAdmin, BuddyMatchAdmin, WelcomeRulesAdmin
from welcome.first_look.admin import ImprovementAdmin
from welcome.onboarding.admin import OnboardingAdmin

__all__ = ["BuddyAdmin", "BuddyMatchAdmin", "ImprovementAdmin", "OnboardingAdmin", "WelcomeRulesAdmin"]
