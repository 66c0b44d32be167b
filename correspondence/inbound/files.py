"""What comes along with a mail: looked into like every upload, told apart from what only adorns the mail, and never left out unsaid."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from correspondence.inbound.parsing import MailFile, ParsedMail, decoded
from foundation.uploads import PLAIN, CheckedFile, checked

MOST = 10  # of one mail
TINY = 48 * 48  # pixels of a picture between the words that may be an icon of a signature, or a face drawn by the mail program
CAMERA = {
    *("img", "image", "images", "dsc", "dscn", "dscf", "pxl", "pic", "pict", "picture", "photo", "foto", "bild", "imagen", "mvimg"),
    *(
        "afbeelding",
        "immagine",
        "grafik",
        "outlook",
        "inline",
        "unnamed",
        "untitled",
        "noname",
        "att",
        "clip",
        "pastedgraphic",
        "pasted",
    ),
    *("png", "jpg", "jpeg", "gif", "webp", "heic", "file", "scan"),
}
HEX = re.compile(r"[0-9a-f\s-]{12,}", re.IGNORECASE)  # a name that a program made up
ICONS = {
    *(
        "logo",
        "icon",
        "icons",
        "facebook",
        "linkedin",
        "twitter",
        "instagram",
        "youtube",
        "mastodon",
        "bluesky",
        "whatsapp",
        "spacer",
    ),
    *("pixel", "blank", "transparent", "emoji", "emoticon", "smiley", "smile", "line", "divider", "signature"),
}
EXTENSION = re.compile(r"\.[a-z0-9]{2,5}$", re.IGNORECASE)
SAID_BY_A_MACHINE = re.compile(
    r"[\s.]*(?:description automatically generated|ai-generated content may be incorrect)\b.*$", re.IGNORECASE
)


@dataclass(frozen=True)
class BroughtFile:
    """A file that may be kept; `alt` says what a picture shows, as far as its writer or its name tell. `is_within`: among the words."""

    file: CheckedFile
    alt: str = ""
    is_within: bool = False


@dataclass(frozen=True)
class LeftFile:
    """A file that stays behind, and why."""

    name: str
    why: str
    is_within: bool = False


@dataclass(frozen=True)
class Brought:
    """What a mail says now, with each picture named where it stood, and what came along with it."""

    words: str
    files: tuple[BroughtFile, ...] = ()
    left: tuple[LeftFile, ...] = ()


def brought(parsed: ParsedMail) -> Brought:
    """Look into all that came along. The same file twice is one; an icon or a line between the words is nobody's file and not told of."""
    gathered = _Gathered(parsed.pictures)
    for file in parsed.files:
        gathered.add(file)
    gathered.left += [LeftFile(name, _too_many()) for name in parsed.attachments[len(parsed.files) :]]
    return gathered.as_brought(parsed)


def left_files(things: Brought, *, words_only: bool) -> tuple[LeftFile, ...]:
    """Return what stays behind of a mail that was done; `words_only` says that it went where no file is kept.

    There nobody needs to hear of the logo in their signature: a picture among the words is not told of.
    """
    if not words_only:
        return things.left
    reason = _("This address takes words only.")
    names = [one.file.name for one in things.files if not one.is_within] + [one.name for one in things.left if not one.is_within]
    return tuple(LeftFile(name, reason) for name in names)


class _Gathered:
    """Files as they are looked into. `pictures` are those among the words, by Content-ID, with what their writer said of them."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.left: list[LeftFile] = []
        self._taken: list[BroughtFile] = []
        self._places: dict[str, int | None] = {}  # of pictures among the words: which of those taken; None for what only adorns
        self._seen: dict[str, int | None] = {}

    def add(self, file: MailFile) -> None:
        told = hashlib.sha256(file.content).hexdigest()
        if told not in self._seen:
            try:
                self._seen[told] = self._take(file)
            except ValidationError as refused:
                self._seen[told] = -1
                self.left.append(LeftFile(_name_of(file), " ".join(refused.messages), self._is_within(file)))
        if file.content_id in self.pictures:
            self._places[file.content_id] = self._seen[told]

    def _take(self, file: MailFile) -> int | None:
        """Return its place among those taken; None for one that only adorns. Raises ValidationError with the reason to leave it."""
        if not file.content:
            raise ValidationError(_("It is empty."))
        if len(self._taken) >= MOST:
            raise ValidationError(_too_many())
        kept = checked(SimpleUploadedFile(_name_of(file), _readable_text(file)))
        alt = (_words_of(self.pictures.get(file.content_id, "")) or _words_of(_name_of(file))) if kept.width else ""
        if self._is_within(file) and _only_adorns(kept, alt):
            return None
        self._taken.append(BroughtFile(kept, alt[:300], self._is_within(file)))
        return len(self._taken) - 1

    def _is_within(self, file: MailFile) -> bool:
        return file.is_inline or file.content_id in self.pictures

    def as_brought(self, parsed: ParsedMail) -> Brought:
        """Name the pictures, in the order in which they came, and put their names where they stood."""
        shown = [at for at, one in enumerate(self._taken) if one.file.width]
        names = {at: _title(self._taken[at].alt, number if len(shown) > 1 else 0) for number, at in enumerate(shown, start=1)}
        files = [replace(one, alt=one.alt or names[at]) if at in names else one for at, one in enumerate(self._taken)]
        standing = {cid: f"[{names[at]}]" if at in names else "" for cid, at in self._places.items() if at != -1}
        return Brought(parsed.words_with(standing), tuple(files), tuple(self.left))


def _only_adorns(picture: CheckedFile, alt: str) -> bool:
    """Whether it is a counter of readers, a ruler, or a small picture that nobody gave a name of its own."""
    if not picture.width or not picture.height:
        return False
    is_nameless = all(word in ICONS for word in re.findall(r"[^\W\d_]+", alt.casefold()))
    return min(picture.width, picture.height) == 1 or (picture.width * picture.height <= TINY and is_nameless)


def _title(alt: str, number: int) -> str:
    """What stands among the words for a picture that is shown below them; with a number where there are several."""
    told = {"number": number, "what": alt}
    if alt:
        return _("picture %(number)d: %(what)s") % told if number else _("picture: %(what)s") % told
    return _("picture %(number)d") % told if number else _("picture")


def _words_of(told: str) -> str:
    """Return what a writer said of a picture, or a file's name as words; nothing where a camera or a program gave the name."""
    told = SAID_BY_A_MACHINE.sub("", told).strip()
    if EXTENSION.search(told):
        told = re.sub(r"[_-]+", " ", PurePosixPath(told).stem)
    words = re.findall(r"[^\W\d_]+", "" if HEX.fullmatch(told) else told)
    tells = any(word.casefold() not in CAMERA and (len(word) > 2 or not word.isascii()) for word in words)
    return " ".join(told.split()) if tells else ""


def _name_of(file: MailFile) -> str:
    """Return its name; a part without one is called by its type."""
    if file.name != file.content_type:
        return file.name
    kind, _slash, extension = file.content_type.partition("/")
    return {"image": f"picture.{extension}", "text": f"file.{extension.replace('plain', 'txt')}"}.get(kind, "file")


def _readable_text(file: MailFile) -> bytes:
    """Return its content; a text as UTF-8, whatever it was written in, so that whoever opens it can read it."""
    if file.name.rpartition(".")[2].lower() not in PLAIN or b"\0" in file.content:
        return file.content
    return decoded(file.content, file.charset or "utf-8").encode("utf-8", "replace")


def _too_many() -> str:
    return _("A mail brings %(most)d files at most.") % {"most": MOST}
