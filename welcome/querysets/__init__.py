from welcome.querysets.buddies import BuddyMatchQuerySet, BuddyQuerySet, BuddyTextQuerySet
from welcome.querysets.onboarding import OnboardingQuerySet, OnboardingStepQuerySet

__all__ = ["BuddyMatchQuerySet", "BuddyQuerySet", "BuddyTextQuerySet", "OnboardingQuerySet", "OnboardingStepQuerySet"]
