"""When an edition is put in print: wanted as it is published, and anew when what stands in it changes; made by a worker."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from foundation.models import Upload
from foundation.publication import publication_changed
from foundation.uploads import CheckedFile, upload_attach, upload_delete, upload_drop, upload_write
from products.models import Edition, EditionPrint
from products.printing import tasks
from products.printing.document import document_of
from products.printing.names import names_marks
from products.printing.setting import NotSet, Setting, set_in_print

LEASE = timedelta(minutes=3)
AT_A_TURN = 5


def want_print(edition: Edition) -> None:
    """Have the edition put in print (anew): the print there was is nobody's from the caller's commit on."""
    wanted = {"wanted_at": timezone.now(), "tries": 0, "failed_because": ""}
    made, _is_new = EditionPrint.objects.update_or_create(edition=edition, defaults=wanted)
    publication_changed()
    transaction.on_commit(partial(tasks.print_edition.delay, made.pk), robust=True)


def print_waiting() -> int:
    """Make what is wanted and no worker has made: the clock's part, for the broker may lose a task. It posts no mail."""
    _want_those_with_other_names()
    for pk in list(EditionPrint.objects.to_make().order_by("wanted_at").values_list("pk", flat=True)[:AT_A_TURN]):
        make_print(pk)
    return 0


def _want_those_with_other_names() -> None:
    """Names change by many ways, erasure among them: whatever the way, what names somebody who is not named any more is made anew."""
    current = EditionPrint.objects.filter(made_for=F("wanted_at")).select_related("edition")
    prints = {one.edition_id: one for one in current}
    marks = names_marks([one.edition for one in prints.values()])
    for pk, one in prints.items():
        if marks[pk] != one.names and not one.edition.is_withdrawn:
            want_print(one.edition)


def make_print(pk: int) -> bool:
    """Make one print; return whether it is there now. Several workers may be told of the same: one of them gets the lease."""
    until = timezone.now() + LEASE
    if not EditionPrint.objects.to_make().filter(pk=pk).update(claimed_until=until, tries=F("tries") + 1):
        return False
    claimed = EditionPrint.objects.select_related("edition__product").get(pk=pk)
    names = names_marks([claimed.edition])[claimed.edition_id]  # before the words are read: a later change has another mark
    try:
        setting = set_in_print(document_of(claimed.edition))
    except NotSet as reason:
        EditionPrint.objects.filter(pk=pk).update(claimed_until=None, failed_because=str(reason))
        return False
    name = f"{slugify(claimed.edition.product.slug)}-{claimed.edition.number}.pdf"
    written = upload_write(CheckedFile(setting.pdf, name, "application/pdf"), owner=None)
    kept = _keep(claimed, written, setting, names)
    if not kept:
        upload_drop(written)
    return kept


@transaction.atomic
def _keep(claimed: EditionPrint, written: Upload, setting: Setting, names: str) -> bool:
    """Give the print its file, unless it was wanted anew while it was being made: then the next one makes it."""
    held = EditionPrint.objects.select_for_update(of=("self",)).select_related("upload").get(pk=claimed.pk)
    if held.wanted_at != claimed.wanted_at:
        EditionPrint.objects.filter(pk=held.pk).update(claimed_until=None)
        transaction.on_commit(partial(tasks.print_edition.delay, held.pk), robust=True)
        return False
    old = held.upload
    upload_attach([written], held)
    done = {
        "made_for": claimed.wanted_at,
        "names": names,
        "is_complete": setting.is_complete,
        "claimed_until": None,
        "tries": 0,
        "failed_because": "",
    }
    EditionPrint.objects.filter(pk=held.pk).update(upload=written, **done)
    if old is not None:
        upload_delete(old)
    publication_changed()
    return True
