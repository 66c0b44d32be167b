"""What the pages of threads plug into the house."""

from discussions.threads import emails, helping, offers, people

__all__ = ["emails", "helping", "offers", "people"]
