"""Files of an edition: one more, a newer version at the same address, another title, one less.

While it is written, each is a saving like any other: whoever hands the edition in, or decides about it, has seen these files. Of an edition
that is out, an editor who did not write it may replace a file: readers find both versions, and what changed.
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.models import Upload, Via
from foundation.uploads import CheckedFile, only_kept_files, upload_delete, upload_write
from foundation.workflow import TransitionRefused, record
from products import rules
from products.drafting.workflow import save_edition
from products.models import Edition, EditionFile, Product

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 12


def add_file(edition: Edition, file: CheckedFile, title: str, *, by: User, via: Via = Via.WEB) -> EditionFile:
    """Add a file under a title, from which its address is made.

    This and the others raise PermissionDenied where `by` does not write the edition, and TransitionRefused when it can no longer be written.
    """
    with only_kept_files():
        upload = upload_write(file, owner=by)
        with transaction.atomic():
            held = _saved(_held(edition), by=by, via=via, note=_("Added the file “%s”") % title)
            taken = set(EditionFile.objects.filter(edition=held).values_list("slug", flat=True))
            if len(taken) >= MOST:
                raise ValidationError({"file": _("An edition has %d files at most: take one of them away.") % MOST})
            return _keep(held, _free_slug(title, taken), upload, by=by, title=title)


def replace_file(edition: Edition, slug: str, file: CheckedFile, *, note: str, by: User, via: Via = Via.WEB) -> EditionFile:
    """Give a file its next version. Its address leads to that from now on; the version before keeps its own.

    Of an edition that is out, raises ValidationError unless the note says what changed.
    """
    with only_kept_files():
        upload = upload_write(file, owner=by)
        with transaction.atomic():
            held = _held(edition)
            title = _titled(held, slug)
            if held.can_be_written:
                held = _saved(held, by=by, via=via, note=_("A new version of the file “%s”") % title)
            else:
                _replaced_when_out(held, by=by, via=via, note=note)
            return _keep(held, slug, upload, by=by, title=title, note=note.strip())


def retitle_file(edition: Edition, slug: str, title: str, *, by: User, via: Via = Via.WEB) -> None:
    """Call a file something else. Its address stays."""
    with transaction.atomic():
        held = _held(edition)
        named = {"old": _titled(held, slug), "new": title}
        _saved(held, by=by, via=via, note=_("The file “%(old)s” is called “%(new)s” now") % named)
        EditionFile.objects.filter(edition=held, slug=slug).update(title=title)


def take_file_away(edition: Edition, slug: str, *, by: User, via: Via = Via.WEB) -> None:
    """Take a file away from an edition, in all its versions. What an edition before has of it stays there."""
    with transaction.atomic():
        held = _held(edition)
        _saved(held, by=by, via=via, note=_("Took the file “%s” away") % _titled(held, slug))
        rows = EditionFile.objects.filter(edition=held, slug=slug)
        uploads = [row.upload for row in rows.select_related("upload")]
        rows.delete()
        for upload in uploads:
            if not EditionFile.objects.filter(upload=upload).exists():
                upload_delete(upload)


def carry_files_over(source: Edition, edition: Edition) -> None:
    """Give the next edition the files of the one before, as they are now. Their addresses stay, and so do the numbers of their versions."""
    for row in EditionFile.objects.newest().filter(edition=source):
        row.pk, row.edition, row.note, row._state.adding = None, edition, "", True
        row.save(force_insert=True)


def _held(edition: Edition) -> Edition:
    """The edition as it is now, under the lock of its product: numbers of versions run on over its editions."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.product_id)
    held = Edition.objects.select_for_update(of=("self",), no_key=True).select_related("product__space")
    return held.get(pk=edition.pk)


def _saved(held: Edition, *, by: User, via: Via, note: str) -> Edition:
    """A saving like any other. What somebody else saved meanwhile is words, and stays."""
    return save_edition(held, by=by, revision=held.revision, note=note, via=via)


def _replaced_when_out(held: Edition, *, by: User, via: Via, note: str) -> None:
    if not rules.may_replace_file(by, held):
        raise PermissionDenied("not theirs to replace")
    if not note.strip():
        raise ValidationError({"note": _("Say what changed: readers find it beside the new version.")})
    record("replaced a file", held, by=by, via=via, note=note.strip())


def _titled(edition: Edition, slug: str) -> str:
    titles = EditionFile.objects.newest().filter(edition=edition, slug=slug).values_list("title", flat=True)
    title = titles.first()
    if title is None:
        raise TransitionRefused(f"{edition} has no file {slug}")
    return str(title)


def _keep(edition: Edition, slug: str, upload: Upload, *, by: User, title: str, note: str = "") -> EditionFile:
    versions = EditionFile.objects.filter(edition__product=edition.product_id, slug=slug)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    upload.save(force_insert=True)
    made: EditionFile = EditionFile.objects.create(
        edition=edition, slug=slug, number=number, title=title, note=note, upload=upload, added_by=by
    )
    upload.holder = made
    upload.save(update_fields=["holder_type", "holder_id"])
    return made


def _free_slug(title: str, taken: set[str]) -> str:
    base = slugify(title)[:70].strip("-") or "file"
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)
