"""What changed between two editions that everybody may read, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.differences import Stretch, changes, is_changed, paragraphs_of
from foundation.richtext import to_plain
from products.models import Edition, EditionPart

TEXTS = (
    ("subtitle", gettext_lazy("Subtitle")),
    ("summary", gettext_lazy("Summary")),
    ("objectives", gettext_lazy("After reading you can")),
)


@dataclass(frozen=True)
class Compared:
    """One text of both editions: the paragraphs that differ, each as stretches; None stands for those that are the same."""

    title: str
    paragraphs: list[list[Stretch] | None]


def compared(old: Edition, new: Edition) -> list[Compared]:
    """Return the texts that differ, in the order of the newer edition; parts are the same by their slugs, whatever they are called."""
    found = [_texts(_("Title"), old.title, new.title)]
    found += [_texts(str(label), getattr(old, name), getattr(new, name)) for name, label in TEXTS]
    before, after = _parts(old), _parts(new)
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        title, was, now = (after.get(slug) or before[slug]).title, before.get(slug), after.get(slug)
        found.append(_texts(title or _("The text"), _plain(was), _plain(now)))
    return [one for one in found if one is not None]


def _texts(title: str, old: str, new: str) -> Compared | None:
    paragraphs = changes(paragraphs_of(old), paragraphs_of(new))
    return Compared(title, _only_changed(paragraphs)) if is_changed(paragraphs) else None


def _only_changed(paragraphs: list[list[Stretch]]) -> list[list[Stretch] | None]:
    shown: list[list[Stretch] | None] = []
    for paragraph in paragraphs:
        if is_changed([paragraph]):
            shown.append(paragraph)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _parts(edition: Edition) -> dict[str, EditionPart]:
    parts = EditionPart.objects.filter(edition=edition).order_by("position", "pk")  # unscoped: the edition is out
    return {part.slug: part for part in parts}


def _plain(part: EditionPart | None) -> str:
    if part is None:
        return ""
    return f"{part.title}\n\n{to_plain(part.body)}".strip()
