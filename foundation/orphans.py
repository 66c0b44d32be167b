"""Files in the private storage that belong to nothing: left by a transaction that was taken back, or by a process that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone

from foundation.models.upload import private_storage

OLD = timedelta(days=1)  # a file is written before its row is committed: what is younger may be on its way
BATCH = 500


def delete_orphans() -> int:
    """Delete every private file of over a day that no row speaks of; return how many. Twice at once does no harm."""
    storage, deleted = private_storage(), 0
    names = _old_files(storage, "")
    while batch := list(islice(names, BATCH)):
        for name in set(batch) - _spoken_of(batch):
            storage.delete(name)
            deleted += 1
    return deleted


def private_fields() -> list[tuple[type[models.Model], str]]:
    """Every field of every model whose files lie in the private storage."""
    kept = private_storage()
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField) and field.storage == kept
    ]


def _spoken_of(names: list[str]) -> set[str]:
    found: set[str] = set()
    for model, field in private_fields():
        found |= set(model._base_manager.filter(**{f"{field}__in": names}).values_list(field, flat=True))
    return found


def _old_files(storage: Storage, folder: str) -> Iterator[str]:
    if folder and not storage.exists(folder):
        return
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nobody has given a file yet
        return
    for name in files:
        path = f"{folder}{name}"
        if _is_old(storage, path):
            yield path
    for inner in folders:
        yield from _old_files(storage, f"{folder}{inner}/")


def _is_old(storage: Storage, path: str) -> bool:
    try:
        return storage.get_modified_time(path) < timezone.now() - OLD
    except FileNotFoundError:  # deleted while we looked
        return False
