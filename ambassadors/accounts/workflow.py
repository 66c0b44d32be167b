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
def end_session(session: UserSession, *, by: User) -> None:
    """Sign one device out."""
    session.end()
    record("signed a device out", by, by=by, about=by)
