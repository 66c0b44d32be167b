from welcome.querysets.buddies import BuddyMatchQuerySet, BuddyQuerySet, BuddyTextQuerySet
from welcome.querysets.introductions import IntroductionQuerySet, IntroductionSideQuerySet
from welcome.querysets.onboarding import OnboardingQuerySet, OnboardingStepQuerySet
from welcome.querysets.people import OwnQuerySet

__all__ = [
    "BuddyMatchQuerySet",
    "BuddyQuerySet",
    "BuddyTextQuerySet",
    "IntroductionQuerySet",
    "IntroductionSideQuerySet",
    "OnboardingQuerySet",
    "OnboardingStepQuerySet",
    "OwnQuerySet",
]
