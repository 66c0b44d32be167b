"""The support team's pages about welcoming people."""

from welcome.first_look.admin import ImprovementAdmin
from welcome.onboarding.admin import OnboardingAdmin

__all__ = ["ImprovementAdmin", "OnboardingAdmin"]
