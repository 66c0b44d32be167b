"""Sign in the active ambassador with the most conversations, and print the session's key: lists of theirs should have something in them."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db.models import Count, OuterRef, Subquery  # noqa: E402

from ambassadors.models import User  # noqa: E402
from discussions.models import Participant  # noqa: E402


def busiest() -> User:
    """Who sits in the most private conversations."""
    own = (
        Participant.objects.filter(person=OuterRef("pk")).order_by().values("person").annotate(number=Count("pk")).values("number")
    )
    active = User.objects.filter(ambassador__status="active").annotate(threads=Subquery(own))
    user: User | None = active.exclude(threads=None).order_by("-threads", "pk").first() or active.order_by("pk").first()
    if user is None:
        raise SystemExit("There is no active ambassador.")
    return user


def main() -> None:
    user, session = busiest(), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(session.session_key)


if __name__ == "__main__":
    main()
