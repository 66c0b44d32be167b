"""What the archive and the erasure of a person do with practices."""

from practice.sessions import privacy_export as sessions

__all__ = ["sessions"]
