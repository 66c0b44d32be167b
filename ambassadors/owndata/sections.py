"""What an archive holds of archives, erasures, pauses and wishes to come back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Archive, Erasure, ReturnRequest
from foundation.privacy_export import Record, Section, nothing_to_erase, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def archives_of(person: User) -> Iterable[Record]:
    """When the person asked for an archive, and what became of it."""
    for archive in Archive.objects.visible_to(person).order_by("pk"):
        yield {"asked at": archive.asked_at, "state": archive.get_status_display(), "kept until": archive.expires_at}


def forget_archives(person: User) -> None:
    """Rows now, files once that is committed."""
    for archive in Archive.objects.filter(person=person).exclude(file=""):
        transaction.on_commit(partial(archive.file.storage.delete, str(archive.file.name)), robust=True)
    Archive.objects.filter(person=person).delete()


def erasures_of(person: User) -> Iterable[Record]:
    """Erasures that were planned for the person."""
    for erasure in Erasure.objects.filter(person=person).order_by("pk"):
        yield {
            "asked at": erasure.asked_at,
            "day": erasure.due_at,
            "state": erasure.get_status_display(),
            "words": erasure.get_words_display(),
            "how it was asked": erasure.reason,
        }


def wishes_of(person: User) -> Iterable[Record]:
    """Wishes to come back."""
    for wish in ReturnRequest.objects.filter(person=person).order_by("pk"):
        yield {"asked at": wish.asked_at, "words": wish.words, "state": wish.get_status_display()}


def add_sections() -> None:
    """Register the sections of this package; called once, when apps are discovered."""
    sections.add(
        "archives", Section(_("Archives you asked for"), archives_of, forget_archives, weight=72, models=("ambassadors.Archive",))
    )
    sections.add(
        "erasures",
        Section(_("Erasures that were planned"), erasures_of, nothing_to_erase, weight=74, models=("ambassadors.Erasure",)),
    )
    sections.add(
        "wishes to come back",
        Section(_("Wishes to come back"), wishes_of, nothing_to_erase, weight=76, models=("ambassadors.ReturnRequest",)),
    )
