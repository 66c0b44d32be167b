from welcome.models.buddies import Buddy, BuddyMatch, BuddyText
from welcome.models.first_look import FirstLook, LookAnswer, LookPair, LookQuestion, LookSeat
from welcome.models.improvements import Improvement, ImprovementAuthor
from welcome.models.introductions import Introduction, IntroductionSide
from welcome.models.onboarding import Onboarding, OnboardingStep
from welcome.models.people import NoSuggestions, PersonSetAside
from welcome.models.rules import WelcomeRules

__all__ = [
    "Buddy",
    "BuddyMatch",
    "BuddyText",
    "FirstLook",
    "Improvement",
    "ImprovementAuthor",
    "Introduction",
    "IntroductionSide",
    "LookAnswer",
    "LookPair",
    "LookQuestion",
    "LookSeat",
    "NoSuggestions",
    "Onboarding",
    "OnboardingStep",
    "PersonSetAside",
    "WelcomeRules",
]
