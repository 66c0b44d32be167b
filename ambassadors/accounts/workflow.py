"""What changes about accounts, beyond what allauth does."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from ambassadors.models import User
from foundation.models import Via
from foundation.workflow import record


@transaction.atomic
def end_sessions(user: User, *, by: User | None, via: Via = Via.WEB, keep: str = "") -> int:
    """Sign `user` out everywhere, except in the session with the key `keep`; return how many sessions ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in sessions:
        session.end()
    if sessions:
        record("signed out everywhere", user, by=by, via=via, about=user)
    return len(sessions)


@transaction.atomic
def end_session(user: User, pk: int) -> None:
    """End one of the user's own sessions; one that is not theirs, or gone, ends nothing."""
    session = UserSession.objects.filter(user=user, pk=pk).first()
    if session is not None:
        session.end()
        record("signed a device out", user, by=user, about=user)
