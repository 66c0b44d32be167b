"""What a mail may repeat of a conversation: its words, or only how many there are (`rules.may_be_mailed_whole`).

Every mail that quotes what somebody said takes it from here, so that words which a space keeps out of mail are in none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions import rules
from discussions.words import rich_from_plain, to_plain
from foundation.richtext import safe

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from ambassadors.models import User
    from discussions.models import Post, Thread

ROOM = 60_000  # bytes of one post: large mail services cut off what is longer than 102 kB in all
# Where words have no space between them, each sign counts.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")


class Quoted(NamedTuple):
    """What stands in the two parts of a mail."""

    text: str
    body: SafeString


def post_for(person: User, post: Post, *, room: int = ROOM) -> Quoted:
    """The words of a post, as far as there is room, with the names of its files where they were read with it."""
    files: Sequence[dict[str, Any]] = getattr(post, "files", ())
    text = to_plain(post.body)
    if not rules.may_be_mailed_whole(person, post.thread):
        return _headline(person, post.thread, text, len(files))
    quoted = Quoted(text, post.shown) if len(post.body.encode()) <= room else _beginning(text, room)
    if not files:
        return quoted
    along = _("On the site, with it: %(names)s") % {"names": ", ".join(str(file["name"]) for file in files)}
    return Quoted(f"{quoted.text}\n\n{along}".strip(), format_html("{}<p><small>{}</small></p>", quoted.body, along))


def words_for(person: User, thread: Thread, words: str) -> str:
    """The same of plain words that belong to a conversation: a question, or a word with which somebody is asked to answer."""
    if not words or rules.may_be_mailed_whole(person, thread):
        return words
    return _headline(person, thread, words).text


def rich_for(person: User, thread: Thread, body: SafeString, words: str) -> Quoted:
    """The same of words that are no post yet."""
    return (
        Quoted(to_plain(words), body) if rules.may_be_mailed_whole(person, thread) else _headline(person, thread, to_plain(words))
    )


def _beginning(text: str, room: int) -> Quoted:
    """As many words as there is room for, plain: what is cut anywhere may not be what its marks say."""
    begun = text.encode()[:room].decode(errors="ignore")
    if len(begun) < len(text):
        begun = begun.rpartition(" ")[0] or begun
    more = _("It goes on on the site.") if len(begun) < len(text) else ""
    body = safe(rich_from_plain(begun))
    return Quoted(f"{begun} …\n\n{more}" if more else begun, format_html("{} <p><em>… {}</em></p>", body, more) if more else body)


def _headline(person: User, thread: Thread, text: str, files: int = 0) -> Quoted:
    number = len(WORD.findall(text))
    said = [ngettext("One word.", "%(count)d words.", number) % {"count": number}] if number else []
    if files:
        said.append(ngettext("One file.", "%(count)d files.", files) % {"count": files})
    line = " ".join([*said, why_headlines(person, thread)])
    return Quoted(line, format_html("<p>{}</p>", line))


def why_headlines(person: User, thread: Thread) -> str:
    """Why a mail does not bring the words."""
    if rules.kept_out_of_mail(thread.space):
        return _("“%(space)s” keeps what is said in it out of mail: read it on the site.") % {"space": thread.space}
    return _("You chose to get no words of conversations by mail: read it on the site.")
