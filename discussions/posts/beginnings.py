"""What somebody has begun to begin: a conversation that is not there yet, kept for them alone until they start it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from discussions.models import Draft, Space
from discussions.words import LONGEST, to_plain

if TYPE_CHECKING:
    from ambassadors.models import User


def whom(slugs: Iterable[str]) -> str:
    """Return by what a beginning is kept: whom it is to, in whatever order they were chosen; empty for one in a space."""
    return ",".join(sorted({slug.strip() for slug in slugs if slug.strip()}))


def save_beginning(
    *, by: User, to: str = "", space: Space | None = None, kind: str = "", subject: str = "", body: str = ""
) -> None:
    """Keep clean HTML with what it is about; where there is neither, throw it away. One in a space, and one to the same people."""
    if not (subject.strip() or to_plain(body)) or len(body) > LONGEST * 2:
        drop_beginning(by=by, to=to)
        return
    draft = Draft(person=by, to=to, space=space, kind=kind, subject=subject, body=body, saved_at=timezone.now())
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["person", "thread", "to"],
        update_fields=["space", "kind", "subject", "body", "saved_at"],
    )


def drop_beginning(*, by: User, to: str = "") -> None:
    """Throw it away."""
    Draft.objects.visible_to(by).filter(thread=None, to=to).delete()


def beginning_of(reader: User, to: str = "") -> Draft | None:
    """What the reader has begun, to these people or in a space."""
    found: Draft | None = Draft.objects.visible_to(reader).filter(thread=None, to=to).select_related("space").first()
    return found


def initial_of(draft: Draft | None) -> dict[str, Any]:
    """The same, as the form takes it."""
    if draft is None:
        return {}
    begun = {"space": draft.space.slug if draft.space else "", "kind": draft.kind, "subject": draft.subject, "body": draft.body}
    return {name: value for name, value in begun.items() if value}
