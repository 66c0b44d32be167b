"""One's face on one's profile: the picture as it was given, which its owner alone can open, and the squares that others see."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador, User
from ambassadors.photos import Crop, squares
from foundation.models import Upload
from foundation.uploads import CheckedFile, upload_delete, upload_keep
from foundation.workflow import record

FIELDS = ("whole_photo", "photo", "small_photo")
GONE = gettext_lazy("There is no photo here now. Choose a picture first.")


def photo_keep(ambassador: Ambassador, picture: CheckedFile, *, alt: str, by: User) -> None:
    """Show this picture, with the square in its middle; the one before it is forgotten."""
    whole = upload_keep(picture, owner=ambassador.user)
    _show(ambassador, whole, picture.content, Crop(), alt, by=by, verb="put up a photo")


def photo_crop(ambassador: Ambassador, crop: Crop, *, alt: str, by: User) -> None:
    """Lay the square elsewhere on the same picture, and say what it shows. Raises ValidationError when there is none any more."""
    whole = ambassador.whole_photo
    if whole is None:
        raise ValidationError(GONE)
    try:
        with whole.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:  # another request has taken the picture away a moment ago
        raise ValidationError(GONE) from error
    _show(ambassador, whole, content, crop, alt, by=by, verb="changed their photo")


@transaction.atomic
def photo_remove(ambassador: Ambassador, *, by: User) -> None:
    """Go back to the initials: the pictures are deleted once that is committed."""
    held = _locked(ambassador)
    old = _pictures_of(held)
    if old:
        _put(held, None, None, None, Crop())
        _forget(old)
        record("removed their photo", held, by=by, about=held.user)
    ambassador.refresh_from_db(fields=FIELDS)


def photo_audience_changed(ambassador: Ambassador) -> None:
    """Let the files be opened by those to whom the photo is shown, and by nobody else."""
    for upload in (ambassador.photo, ambassador.small_photo):
        if upload is not None and upload.audience != ambassador.photo_audience:
            upload.audience = ambassador.photo_audience
            upload.save(update_fields=["audience"])


def _show(ambassador: Ambassador, whole: Upload, content: bytes, crop: Crop, alt: str, *, by: User, verb: str) -> None:
    # The files are written before the transaction: nothing waits for a disk while it holds a lock.
    large, small = (
        upload_keep(file, owner=ambassador.user, holder=ambassador, audience=ambassador.photo_audience, alt=alt)
        for file in squares(content, crop)
    )
    with transaction.atomic():
        held = _locked(ambassador)  # two uploads at once: the later one forgets what the earlier one put up
        # Another request may have taken the whole picture away while the squares were cut.
        is_there = Upload.objects.filter(pk=whole.pk).exists()
        _forget([upload for upload in _pictures_of(held) if upload != whole] if is_there else [large, small])
        if is_there:
            _put(held, whole, large, small, crop)
            photo_audience_changed(held)
            record(verb, held, by=by, about=held.user)
    ambassador.refresh_from_db(fields=[*FIELDS, "crop_across", "crop_down", "crop_zoom"])
    if not is_there:
        raise ValidationError(GONE)


def _locked(ambassador: Ambassador) -> Ambassador:
    held: Ambassador = Ambassador.objects.select_for_update(no_key=True).get(pk=ambassador.pk)
    return held


def _pictures_of(ambassador: Ambassador) -> list[Upload]:
    return [upload for upload in (getattr(ambassador, field) for field in FIELDS) if upload is not None]


def _put(ambassador: Ambassador, whole: Upload | None, large: Upload | None, small: Upload | None, crop: Crop) -> None:
    ambassador.whole_photo, ambassador.photo, ambassador.small_photo = whole, large, small
    ambassador.crop_across, ambassador.crop_down, ambassador.crop_zoom = crop.across, crop.down, crop.zoom
    ambassador.save(update_fields=[*FIELDS, "crop_across", "crop_down", "crop_zoom"])


def _forget(uploads: list[Upload]) -> None:
    for upload in uploads:
        upload_delete(upload)
