"""Keeping what came from a page, beside what others saved while it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.drafting.merging import merged
from products.drafting.workflow import save_edition
from products.models import Edition, EditionPart

if TYPE_CHECKING:
    from ambassadors.models import User

OF_PART = {"part_title": "title", "body": "body", "pillar": "pillar_id"}
TRIES = 3


class SavedMeanwhile(Exception):
    """Somebody else has changed the same texts. `names` are those of the form's fields; nothing was saved."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(*names)
        self.names = names


def kept(edition: Edition, names: list[str], part: EditionPart | None) -> dict[str, str]:
    """Return what is kept, by the names of a form's fields."""
    said = {name: str(getattr(edition, name)) for name in names}
    if part is not None:
        said |= {name: str(getattr(part, column) or "") for name, column in OF_PART.items()}
    return said


def save_written(
    edition: Edition, part: EditionPart | None, mine: dict[str, str], *, shown: str, by: User, note: str = "", via: Via = Via.WEB
) -> Edition:
    """Save what `by` changed on a page that showed the texts of `shown`; what others changed meanwhile stays.

    Raises SavedMeanwhile with the texts that both changed, PermissionDenied, and TransitionRefused when it can no longer be written.
    """
    for attempt in range(1, TRIES + 1):
        held = Edition.objects.select_related("product__space").get(pk=edition.pk)
        own = EditionPart.objects.filter(edition=held, pk=part.pk).first() if part else None
        if part is not None and own is None:
            raise TransitionRefused(f"{part} has been taken away")
        now = kept(held, [name for name in mine if name not in OF_PART], own)
        found = merged(shown, now, mine)
        if found.conflicts:
            raise SavedMeanwhile(found.conflicts)
        if not found.texts and not note:
            return held
        try:
            return _save(held, own, found.texts, by=by, note=note, via=via)
        except TransitionRefused:
            # Somebody saved between our reading and our saving: merge with that, too.
            if attempt == TRIES or Edition.objects.filter(pk=held.pk, revision=held.revision).exists():
                raise
    raise AssertionError("the last try returns or raises")


def _save(held: Edition, part: EditionPart | None, texts: dict[str, str], *, by: User, note: str, via: Via) -> Edition:
    own: dict[str, Any] = {OF_PART[name]: value for name, value in texts.items() if name in OF_PART}
    if "pillar_id" in own:
        own["pillar_id"] = int(own["pillar_id"]) if own["pillar_id"] else None
    parts = [said | own if part and said["slug"] == part.slug else said for said in parts_as_data(held)] if own else None
    others = {name: value for name, value in texts.items() if name not in OF_PART}
    return save_edition(held, by=by, revision=held.revision, parts=parts, note=note, via=via, **others)


def parts_as_data(edition: Edition) -> list[dict[str, Any]]:
    """The parts of an edition in their order, as `save_edition` takes them."""
    rows = EditionPart.objects.filter(edition=edition).order_by("position", "pk")
    return [dict(row) for row in rows.values("slug", "title", "body", "pillar_id")]
