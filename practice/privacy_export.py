"""What the archive and the erasure of a person do with practices."""

from practice.help.questions import privacy_export as questions
from practice.help.talks import privacy_export as talks
from practice.sessions import privacy_export as sessions
from practice.voting import privacy_export as voting

__all__ = ["questions", "sessions", "talks", "voting"]
