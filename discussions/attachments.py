"""Files that belong to a post: written before its transaction, seen by whoever sees the post."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from discussions.models import Post
from foundation.models import Upload
from foundation.uploads import CheckedFile, CheckedFileField, upload_attach, upload_delete, upload_write

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 3
TOO_MANY = _("A post holds three files at most: take one of those away that are there.")


class Attachment(NamedTuple):
    """A file that somebody sends with a post, looked into; `alt` says what a picture shows."""

    file: CheckedFile
    alt: str = ""


def written(files: Sequence[Attachment], *, by: User) -> list[Upload]:
    """Write the files. They have no row yet: `attach` gives them one, or they are dropped."""
    return [upload_write(one.file, owner=by, alt=one.alt) for one in files]


def attach(uploads: Sequence[Upload], post: Post) -> None:
    """Give written files to their post."""
    upload_attach(uploads, post)


def attached_to(post: Post) -> QuerySet[Upload]:
    """The files of a post that the reader may read, in the order in which they came."""
    kind = ContentType.objects.get_for_model(Post)
    held = Upload.objects.filter(holder_type=kind, holder_id=str(post.pk))  # unscoped: whoever reads the post reads its files
    return held.order_by("created_at", "name")


def exchange(post: Post, *, uploads: Sequence[Upload], without: Collection[str]) -> bool:
    """Give written files to a post that is there, and take some of its own away; return whether that changed anything.

    Raises ValidationError where it would hold too many. The caller holds the lock of the post, so that two windows cannot each add some.
    """
    there = list(attached_to(post))
    gone = [upload for upload in there if str(upload.pk) in without]
    if uploads and len(there) - len(gone) + len(uploads) > MOST:
        raise ValidationError(TOO_MANY)
    for upload in gone:
        upload_delete(upload)
    attach(uploads, post)
    return bool(gone or uploads)


class AttachmentsWidget(forms.MultiWidget):
    """Up to three files, each with a line for what it shows; folded away until somebody wants it."""

    template_name = "discussions/widgets/attachments.html"

    def __init__(self) -> None:
        pairs = ((forms.FileInput(), forms.TextInput({"maxlength": 300})) for _number in range(MOST))
        super().__init__([widget for pair in pairs for widget in pair])

    def decompress(self, value: Any) -> list[Any]:
        return [None] * (MOST * 2)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)  # a browser does not take files back: what was chosen is chosen again
        parts = context["widget"]["subwidgets"]
        context["widget"]["slots"] = list(zip(parts[::2], parts[1::2], strict=True))
        return context


class AttachmentsField(forms.MultiValueField):
    """Cleans to a list of `Attachment`."""

    def __init__(self, **options: Any) -> None:
        pairs = ((CheckedFileField(required=False), forms.CharField(required=False, max_length=300)) for _number in range(MOST))
        options = {"label": _("Files"), "required": False, "require_all_fields": False, "widget": AttachmentsWidget(), **options}
        super().__init__([field for pair in pairs for field in pair], **options)

    def compress(self, data_list: Sequence[Any]) -> list[Attachment]:
        return list(_attachments(data_list))


def _attachments(values: Sequence[Any]) -> Iterator[Attachment]:
    for file, alt in zip(values[::2], values[1::2], strict=True):
        if isinstance(file, CheckedFile):
            yield Attachment(file, alt)
