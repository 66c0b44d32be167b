"""Sessions in the database, as Django keeps them, read by a query that is prepared: each page of somebody signed in begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import Late, prepared_objects


@prepared_objects
def _running() -> QuerySet[Session]:
    return Session.objects.filter(session_key=Late("key"), expire_date__gt=Late(timezone.now))


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is looked up."""

    def load(self) -> dict[str, Any]:
        for session in _running(key=self.session_key):
            data: dict[str, Any] = self.decode(session.session_data)
            return data
        self._session_key = None  # nobody may choose the key of a session that is to come
        return {}
