"""The archive of a mailing list becomes conversations of a space, oldest message first. Nobody is mailed, and twice is once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import IO, TYPE_CHECKING

from django.db import InterfaceError, OperationalError, transaction

from correspondence.inbound.parsing import MAX_BYTES, parse
from discussions.archive.heads import MAX_HEADERS, Head, head_of
from discussions.archive.large import lightened
from discussions.archive.mbox import Place, messages_in, raw_at
from discussions.archive.sayings import NotTaken, Saying, saying_of
from discussions.archive.shelving import CameMeanwhile, Message, Shelf
from discussions.archive.subjects import bare, tag_of
from discussions.models import Space
from foundation.models import Upload, Via
from foundation.owners import account_at
from foundation.uploads import upload_drop, upload_write
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

WITHIN = timedelta(days=30)
AUTHORS_REMEMBERED = 10_000
SAMPLES = 500  # messages that are asked what their list is called
BROUGHT_IN = "brought the archive of a mailing list in"


@dataclass
class Report:
    """What an import did, or would do. `messages` are those of the file, of which `here` were in the space before."""

    messages: int = 0
    posts: int = 0
    threads: int = 0
    by_members: int = 0
    here: int = 0
    adopted: int = 0
    files: int = 0
    files_left: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Listener:
    """Who is told while an import goes on: of each message that is not taken, by its number in the file, and of how far it is."""

    refused: Callable[[int, str], None]
    progress: Callable[[str, int, int], None] = lambda what, done, of: None


class Places:
    """Where the messages stand, and when each was sent: 32 bytes a message, so that the longest archive fits."""

    def __init__(self, file: IO[bytes], listener: Listener) -> None:
        self.starts, self.lengths, self.moments = array("q"), array("q"), array("q")
        separators = array("q")
        for place in messages_in(file):
            self.starts.append(place.start)
            self.lengths.append(place.length)
            separators.append(_seconds(head_of(b"\n", place.separator)))
            if len(self.starts) % 1000 == 0:
                listener.progress("found", len(self.starts), 0)
        for number, told in enumerate(separators):
            self.moments.append(_seconds(self.head(file, number)) or told)
            listener.progress("dated", number + 1, len(self))

    def __len__(self) -> int:
        return len(self.starts)

    def head(self, file: IO[bytes], number: int) -> Head:
        """Read the headers of a message."""
        return head_of(raw_at(file, self.place(number), MAX_HEADERS))

    def place(self, number: int) -> Place:
        return Place(self.starts[number], self.lengths[number], b"")

    def by_date(self) -> Iterator[int]:
        """The messages from the oldest on; of the same second as they stand in the file."""
        return iter(array("q", sorted(range(len(self)), key=self.moments.__getitem__)))


def _seconds(head: Head) -> int:
    return int(head.sent_at.timestamp()) if head.sent_at else 0


def import_archive(
    file: IO[bytes], space: Space, *, by: User | None, listener: Listener, within: timedelta = WITHIN, is_rehearsal: bool = False
) -> Report:
    """Bring every message of an mbox into `space` that is not there yet; each is there whole, or not at all.

    A rehearsal leaves nothing behind. Raises NoArchive where the file is no mbox, and whatever the database raises when it is gone: what
    was brought in until then stays, and the next import goes on behind it.
    """
    with transaction.atomic() if is_rehearsal else nullcontext():
        work = _Import(file, space, by=by, listener=listener, within=within, is_rehearsal=is_rehearsal)
        report = work.run()
        if is_rehearsal:
            transaction.set_rollback(True)
    if report.posts and not is_rehearsal:
        note = f"{report.posts} posts in {report.threads} new conversations"
        record(BROUGHT_IN, space, by=by, via=Via.IMPORT, note=note)
    return report


class _Import:
    """One import, as far as it has come."""

    def __init__(
        self, file: IO[bytes], space: Space, *, by: User | None, listener: Listener, within: timedelta, is_rehearsal: bool
    ) -> None:
        self.file, self.listener, self.is_rehearsal = file, listener, is_rehearsal
        self.report = Report()
        self.shelf = Shelf(space, by=by, within=within, is_rehearsal=is_rehearsal)
        self.author_of = lru_cache(maxsize=AUTHORS_REMEMBERED)(account_at)
        self.places = Places(file, listener)
        self.tag = tag_of([(head.subject, head.said_of_list) for head in self._samples()])

    def _samples(self) -> Iterator[Head]:
        return (self.places.head(self.file, number) for number in islice(range(len(self.places)), SAMPLES))

    def run(self) -> Report:
        self.report.messages = len(self.places)
        for done, number in enumerate(self.places.by_date(), start=1):
            try:
                self._take(number)
            except CameMeanwhile:
                self.report.here += 1
            except NotTaken as reason:
                self._refuse(number, str(reason))
            except (OperationalError, InterfaceError):
                raise  # the database is away: no message is to blame
            except Exception as error:  # noqa: BLE001  one message of a stranger's must not cost all the others
                self._refuse(number, f"it could not be read ({type(error).__name__})")
            self.listener.progress("brought in", done, len(self.places))
        return self.report

    def _refuse(self, number: int, reason: str) -> None:
        self.report.refused += 1
        self.listener.refused(number + 1, reason)

    def _take(self, number: int) -> None:
        raw, large = lightened(raw_at(self.file, self.places.place(number), MAX_BYTES))
        head = head_of(raw)
        known = self.shelf.known([head.key, *head.answers])
        author = self.author_of(head.address)
        if head.key in known and known[head.key].is_here:
            self.report.here += 1
            if author is not None and self.shelf.adopt(known[head.key], author):
                self.report.adopted += 1
            return
        if not self.places.moments[number]:
            raise NotTaken("it has no date that can be read")
        parsed = parse(raw)
        saying = saying_of(parsed, large)
        sent_at = datetime.fromtimestamp(self.places.moments[number], tz=UTC)
        self._put(self._message(head, saying, author, sent_at, parsed.message_id))
        self._count(saying, author)

    def _message(self, head: Head, saying: Saying, author: User | None, sent_at: datetime, message_id: str) -> Message:
        subject = bare(head.subject, self.tag)
        return Message(
            key=head.key,
            answers=head.answers,
            is_answer=subject.is_answer,
            subject=subject.text,
            sent_at=sent_at,
            html=saying.html,
            quoted=saying.quoted,
            message_id=message_id,
            author=author,
            name=head.name,
            uploads=self._written(saying, author),
        )

    def _put(self, message: Message) -> None:
        try:
            with transaction.atomic():
                began = self.shelf.put(message)
        except Exception:
            for upload in message.uploads:
                upload_drop(upload)
            raise
        self.report.threads += began

    def _written(self, saying: Saying, author: User | None) -> Sequence[Upload]:
        """Write the files before the transaction: none waits for a disk."""
        return [] if self.is_rehearsal else [upload_write(file, owner=author) for file in saying.files]

    def _count(self, saying: Saying, author: User | None) -> None:
        self.report.posts += 1
        self.report.by_members += author is not None
        self.report.files += len(saying.files)
        self.report.files_left += len(saying.left)
