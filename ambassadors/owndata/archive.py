"""A person's archive: asked for, prepared by a worker, ready, deleted after a week."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Archive, User
from ambassadors.owndata.packing import ClaimLost, Packed, pack
from correspondence import outbox
from foundation.models import Via
from foundation.models.upload import private_storage
from foundation.privacy_export import sections
from foundation.workflow import Transition, anybody, apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)
S = Archive.Status
ASK_EVERY = timedelta(days=1)
TRIES = 3

FINISH = Transition("prepared an archive", frozenset({S.PREPARING}), S.READY, anybody)
GIVE_UP = Transition("could not prepare an archive", frozenset({S.PREPARING}), S.FAILED, anybody)
EXPIRE = Transition("deleted an archive", frozenset({S.READY}), S.EXPIRED, anybody)


@transaction.atomic
def ask(person: User) -> Archive:
    """Ask for an archive; a worker prepares it. Raises ValidationError where one is under way, or was made within a day."""
    if why_not := why_not_now(person):
        raise ValidationError(why_not)
    try:
        with transaction.atomic():
            archive = Archive.objects.create(person=person, most=len(list(sections)))
    except IntegrityError as error:  # asked twice at the same moment
        raise ValidationError(_("Your archive is being prepared already.")) from error
    record("asked for an archive", archive, by=person, about=person)
    transaction.on_commit(partial(tell_workers, [archive.pk]), robust=True)
    return archive


def why_not_now(person: User) -> str:
    """Say why the person cannot ask for an archive now, or nothing when they can."""
    own = Archive.objects.visible_to(person)
    if own.filter(status=S.PREPARING).exists():
        return _("Your archive is being prepared already.")
    if own.filter(asked_at__gt=timezone.now() - ASK_EVERY).exclude(status=S.FAILED).exists():
        return _("You had an archive made within the last day. You can ask for a new one tomorrow.")
    return ""


def tell_workers(pks: Iterable[int]) -> None:
    """Have workers prepare these archives soon; when the broker does not answer, the next turn of the clock does it."""
    from ambassadors.tasks import prepare_archive  # deferred: tasks import this module

    outbox.ask_workers(prepare_archive, pks)


def prepare(pk: int) -> None:
    """Pack one archive if nobody else holds it. Running twice does no harm, and a worker that dies is followed by another."""
    archive = Archive.objects.claim(pk)
    if archive is None:
        return
    if archive.attempts > TRIES:
        apply(GIVE_UP, archive, by=None, via=Via.CLOCK, about=archive.person, claim="", lease_until=None)
        return
    try:
        packed = pack(archive)
    except ClaimLost:
        return  # another worker is at it, or the person has been erased
    except Exception:
        logger.exception("Archive %s could not be packed; it is tried again when the lease is over.", pk)
        return
    if not _finish(archive, packed):
        private_storage().delete(packed.name)


@transaction.atomic
def _finish(archive: Archive, packed: Packed) -> bool:
    """Say that it is ready, and tell the person; False when the archive is no longer this worker's, or its person is gone."""
    # The person first, as an erasure does it: the two wait for each other in one order.
    if not User.objects.select_for_update(no_key=True).filter(pk=archive.person_id).exists():
        return False
    held: Archive | None = Archive.objects.held_by(archive).select_for_update().first()
    if held is None:
        return False
    now = timezone.now()
    ready: Any = {
        "ready_at": now,
        "expires_at": now + Archive.KEPT,
        "file": packed.name,
        "size": packed.size,
        "section": "",
        "claim": "",
    }
    apply(FINISH, held, by=None, via=Via.CLOCK, about=archive.person, done=held.most, lease_until=None, **ready)
    outbox.post("archive_ready", archive.person, key=f"archive-ready:{archive.pk}", archive=archive.pk)
    return True


def sweep() -> int:
    """Have workers take up what nobody works on, and delete the archives whose week is over; return how many that were."""
    tell_workers(
        Archive.objects.waiting().filter(asked_at__lt=timezone.now() - timedelta(seconds=30)).values_list("pk", flat=True)[:50]
    )
    return sum(_expire(archive) for archive in Archive.objects.over().select_related("person")[:500])


@transaction.atomic
def _expire(archive: Archive) -> int:
    """Delete the file once the row says that it is gone."""
    storage: Storage = archive.file.storage
    name = str(archive.file.name)
    apply(EXPIRE, archive, by=None, via=Via.CLOCK, about=archive.person, file="")
    transaction.on_commit(partial(storage.delete, name), robust=True)
    return 1
