"""What this folder plugs into the registries of the floors below: imported when the app is ready."""

from ambassadors.outreach import desk, emails, guide, inbound, monthly, offering, privacy_export, receivers, slot_emails, slots

__all__ = ["desk", "emails", "guide", "inbound", "monthly", "offering", "privacy_export", "receivers", "slot_emails", "slots"]
