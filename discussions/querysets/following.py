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

# Whoever had seen all before their own post has seen all; else the mark stays at what they had seen. Nobody begins with a mark of nothing.
ANSWERED = """
INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
SELECT %(thread)s, id, CASE WHEN %(seen)s >= %(own)s - 1 THEN %(own)s ELSE %(seen)s END, %(now)s
FROM ambassadors_user WHERE id = %(person)s AND remembers_reading AND (%(seen)s > 0 OR %(own)s = 1 OR EXISTS (
  SELECT 1 FROM discussions_readmark WHERE person_id = %(person)s AND thread_id = %(thread)s))
ON CONFLICT (person_id, thread_id) DO UPDATE SET read_at = excluded.read_at,
  number = CASE WHEN discussions_readmark.number >= %(own)s - 1 THEN %(own)s ELSE excluded.number END
WHERE discussions_readmark.number < excluded.number OR discussions_readmark.number = %(own)s - 1
"""

FOLLOW = """
INSERT INTO discussions_follow (person_id, thread_id, level, since)
SELECT %(person)s, %(thread)s, 'every reply', %(now)s WHERE NOT EXISTS (
  SELECT 1 FROM discussions_follow WHERE person_id = %(person)s AND space_id = %(space)s AND level = 'muted')
ON CONFLICT (thread_id, person_id) WHERE space_id IS NULL DO NOTHING
"""


class FollowQuerySet(models.QuerySet):
    """What people want to hear of."""

    def begin(self, person_pk: int, thread_pk: int, space_pk: int | None) -> None:
        """Follow a thread of a space, in one query; whoever has said what they want of it, or wants nothing of its space, is left alone."""
        values: dict[str, Any] = {"person": person_pk, "thread": thread_pk, "space": space_pk, "now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW, values)

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

    def answered(self, user: User, thread_pk: int, own: int, seen: int) -> None:
        """Note that they wrote post `own` with everything up to `seen` before them: whatever came in between stays new to them."""
        values: dict[str, Any] = {"thread": thread_pk, "person": user.pk, "own": own, "seen": min(seen, own), "now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(ANSWERED, values)
