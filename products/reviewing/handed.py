"""Files of an edition as they are handed to whoever reviews it: where the authors are not to be known, without who made them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from foundation import richtext
from foundation.metadata import NotCleaned, mentions, without_maker
from foundation.secret_names import held_in
from products.models import Edition, EditionFile, EditionPart
from products.reviewing import secrecy

if TYPE_CHECKING:
    from products.models import Review, ReviewRound
    from products.reviewing.secrecy import Reader


LEADS_TO = re.compile(r"""(?:href|alt|title)=["']([^"']*)""")


@dataclass(frozen=True)
class Handed:
    """One file, under the name that its reader may know it by."""

    file: EditionFile
    title: str
    name: str

    def content(self, *, is_blind: bool) -> bytes:
        """What is in it. Raises `NotCleaned` where it cannot be had without who made it."""
        with self.file.upload.file.open("rb") as stored:  # at most uploads.MOST_BYTES
            content: bytes = stored.read()
        return without_maker(content, self.file.upload.content_type) if is_blind else content


def is_blind(review: Review) -> bool:
    """Whether this reviewer is not to know who wrote it."""
    return not secrecy.knows_authors(secrecy.reviewer(review), review.round)


def files_for(review: Review) -> list[Handed]:
    """The newest version of each file, as the reviewer gets it."""
    return handed_to(secrecy.reviewer(review), review.round)


def handed_to(reader: Reader, held: ReviewRound) -> list[Handed]:
    """The same for whoever reviews in a round."""
    edition = held.edition
    rows = EditionFile.objects.newest().filter(edition=edition).select_related("upload")  # unscoped: part of what they review
    files = list(rows.order_by("slug"))
    if secrecy.knows_authors(reader, held):
        return [Handed(file, file.title, file.upload.name) for file in files]
    names = _names(edition)
    return [_nameless(file, place, names) for place, file in enumerate(files, start=1)]


def _nameless(file: EditionFile, place: int, names: list[str]) -> Handed:
    """A file's own name may hold its author's in ways that nobody finds: it is never handed on."""
    extension = file.upload.name.rpartition(".")[2]
    title = _("File %(number)s") % {"number": place} if held_in(file.title, names) else file.title
    return Handed(file, title, f"{file.edition.product.kind}-{place}.{extension}")


def given_away_in(edition: Edition, *, organizations: bool = True) -> list[str]:
    """Return where the text or a file of an edition says who wrote it, in sentences: for whoever sees that it does not.

    Looked for are the authors' names, addresses and profiles, and, since a text may have its reasons to speak of them, `organizations`.
    """
    people = secrecy.names_of([credit.person for credit in secrecy.authors_of(edition) if credit.person is not None])
    names = [*people, *_around(edition, organizations=organizations)]
    found = [(place, name) for place, text in _texts(edition) for name in held_in(text, names)]
    for file in EditionFile.objects.newest().filter(edition=edition).select_related("upload"):  # unscoped: likewise
        found += [(_("the file “%(title)s”") % {"title": file.title}, name) for name in _told_by(file, names)]
    return [_("“%(name)s” stands in %(place)s.") % {"name": name, "place": place} for place, name in dict.fromkeys(found)]


def _texts(edition: Edition) -> Iterator[tuple[str, str]]:
    yield _("the title"), edition.title
    yield _("the subtitle"), edition.subtitle
    yield _("the summary"), edition.summary
    yield _("what readers will be able to do"), edition.objectives
    yield _("what changed"), edition.changes
    yield _("the link"), edition.link
    for part in EditionPart.objects.filter(edition=edition).order_by("position", "pk"):  # unscoped: for those who write or edit it
        place = (_("the part “%(title)s”") % {"title": part.title}) if part.title else _("the text")
        yield place, part.title
        yield place, richtext.to_plain(part.body)
        yield place, " ".join(LEADS_TO.findall(part.body))


def _told_by(file: EditionFile, names: list[str]) -> list[str]:
    """Which names stand in a file as a reviewer would be handed it; one that cannot be cleaned is not handed out at all."""
    with file.upload.file.open("rb") as stored:
        content = stored.read()
    try:
        return mentions(without_maker(content, file.upload.content_type), file.upload.content_type, names)
    except NotCleaned:
        return []


def _around(edition: Edition, *, organizations: bool) -> list[str]:
    """By what else its authors are recognised: the address of their profile, and whom they work for."""
    people = [credit.person_id for credit in secrecy.authors_of(edition) if credit.person_id]
    rows = Ambassador.objects.filter(user__in=people).select_related("organization")  # unscoped: what is looked for, not shown
    profiles = list(rows)
    works = [one.organization.name for one in profiles if organizations and one.organization is not None]
    return [*(one.slug for one in profiles), *works]


def _names(edition: Edition) -> list[str]:
    return secrecy.names_of([credit.person for credit in secrecy.authors_of(edition) if credit.person is not None])
