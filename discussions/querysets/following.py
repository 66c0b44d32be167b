"""Who follows what, and how far they have read: each knows it of themselves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MARK = """
INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
SELECT %(thread)s, id, %(number)s, %(now)s FROM ambassadors_user WHERE id = %(person)s AND remembers_reading
ON CONFLICT (person_id, thread_id) DO UPDATE SET number = excluded.number, read_at = excluded.read_at
WHERE discussions_readmark.number < excluded.number
"""


class FollowQuerySet(models.QuerySet):
    """What people want to hear of."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(person=user.pk)


class ReadMarkQuerySet(models.QuerySet):
    """What people have read."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own: nobody else's, whatever their duty."""
        return self.filter(person=user.pk)

    def mark(self, user: User, thread_pk: int, number: int) -> None:
        """Note that everything up to `number` was on the person's screen, if they let that be remembered. A mark never goes back."""
        # Asked of the database: a page that was opened before the switch was turned must not write after it.
        values: dict[str, Any] = {"thread": thread_pk, "person": user.pk, "number": number, "now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(MARK, values)
