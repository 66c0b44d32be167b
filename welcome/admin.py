"""The support team's pages about welcoming people."""

from welcome.onboarding.admin import OnboardingAdmin

__all__ = ["OnboardingAdmin"]
