"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from discussions.facilitating import acts, desk, emails, inbound, newcomers, privacy_export, unanswered

__all__ = ["acts", "desk", "emails", "inbound", "newcomers", "privacy_export", "unanswered"]
