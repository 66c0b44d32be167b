from welcome.models.buddies import Buddy, BuddyMatch, BuddyText
from welcome.models.onboarding import Onboarding, OnboardingStep
from welcome.models.people import NoSuggestions, PersonSetAside
from welcome.models.rules import WelcomeRules

__all__ = ["Buddy", "BuddyMatch", "BuddyText", "NoSuggestions", "Onboarding", "OnboardingStep", "PersonSetAside", "WelcomeRules"]
