"""What somebody says, made ready before any lock is taken: to clean words and to look up names takes some milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from discussions.attachments import Attachment, written
from discussions.labels import labels_of
from discussions.mentions import marked, people_named
from discussions.models import Post
from discussions.numbered import numbered_through
from discussions.words import LONGEST, rich_from_plain, to_plain
from foundation.logs import without_tokens
from foundation.models import Upload, Via
from foundation.richtext import clean
from foundation.uploads import upload_drop

if TYPE_CHECKING:
    from ambassadors.models import User


@dataclass(frozen=True)
class Said:
    """One post that is not there yet. `named` are the people whom it calls by name; `uploads` its files, once they are written.

    `seen` is the number of the last post that its writer had before them, None where that is not known: then they count as having read all.
    `assistant` said it in the name of `by`.
    """

    by: User
    body: str
    named: Sequence[User]
    labels: list[str]
    via: Via
    quoted: str = ""
    message_id: str = ""
    sent_key: UUID | None = None
    files: Sequence[Attachment] = ()
    seen: int | None = None
    assistant: User | None = None
    uploads: list[Upload] = field(default_factory=list)

    def once(self, post: Callable[[Said], Post | ValidationError]) -> Post:
        """Do `post` in a transaction, or return what the same form has posted before: a second press of Send posts nothing.

        Other words in a form that was sent (a browser went back to it) are a post of their own. A refusal that `post` returns is raised
        once its transaction has ended, so that whoever is told can go on in theirs.
        """
        self.uploads.extend(written(self.files, by=self.by))  # no transaction waits for a disk
        try:
            with transaction.atomic():
                posted = post(self)
            if isinstance(posted, ValidationError):
                raise posted
            return posted
        except IntegrityError:
            again = Post.objects.filter(author=self.by, sent_key=self.sent_key).first() if self.sent_key else None
            self._drop_files()
            if again is None:
                raise
            is_same = to_plain(again.body) == to_plain(self.body)
            return again if is_same else replace(self, sent_key=None, uploads=[]).once(post)
        except Exception:
            self._drop_files()
            raise

    def _drop_files(self) -> None:
        for upload in self.uploads:
            upload_drop(upload)


def made_ready(
    body: str,
    *,
    by: User,
    is_rich: bool = False,
    via: Via = Via.WEB,
    quoted: str = "",
    message_id: str = "",
    sent_key: UUID | None = None,
    files: Sequence[Attachment] = (),
    seen: int | None = None,
    assistant: User | None = None,
) -> Said:
    """Return what is to be posted. Raises ValidationError when there are no words, or too many."""
    words = words_of(body, is_rich)
    named = people_named(words, by=by)
    quoted, message_id = without_tokens(quoted), message_id[:255]
    return Said(by, marked(words, named), named, labels_of(by), via, quoted, message_id, sent_key, files, seen, assistant)


def words_of(body: str, is_rich: bool, previous: str = "") -> str:
    """Return the body of a post as it is kept; blocks that were in `previous` keep their ids."""
    if len(body) > LONGEST * (2 if is_rich else 1):
        raise ValidationError(_("That is too long for one post: at most 50,000 characters."))
    words = numbered_through(clean(body, previous) if is_rich else rich_from_plain(body, previous))
    if not words:
        raise ValidationError(_("There are no words in it yet."))
    return words
