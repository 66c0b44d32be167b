"""The kinds of mail there are. Each app registers its own in its `emails.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail


def always(mail: OutgoingMail) -> bool:
    """The answer of a kind which is always still wanted and allowed."""
    return True


@dataclass(frozen=True)
class File:
    """A small file that goes with a mail, such as a date for a calendar."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    `context(mail)` returns what its templates `emails/<name>.{subject.txt,txt,html}` may use, read from the database at the time
    of sending. `still_wanted(mail)` is asked just before that; False drops the mail. `optional` kinds have a preference and carry
    the unsubscribe headers; they count towards the day's limit, unless they are `answers_own_words`. The others (codes,
    invitations) do neither. `even_inactive` kinds also reach accounts that may not sign in (such as the word that one was closed).

    `sample()` returns a context for the preview, with no real person in it. `headers(mail, context)` may add or set headers
    (From, Reply-To, threading); an empty text takes a header away. `link(mail, context)` is where the reader goes from the line
    that a digest has about the mail. `placeholders` are the names of the context which a text overridden in the admin may use,
    `required` those without which its body would be useless. `description` says in the settings when such a mail comes. A kind that
    `asks` something of its recipient is not sent to anybody who is pausing. One that `gathers` what would else be mails of their own always
    has a place in the day. In a digest the mails with the same `one_line(mail, context)` are one line with their number, which is the first
    one's; an empty text keeps each its own.
    One of `own_words` brings what somebody wrote for its readers, and may come from them by name; every other is automatic: it says so in its
    foot, and comes from the community whatever its `headers` say (`correspondence.rendering`). One of `approved_words` says it too, and may
    come from the person who approved these words before: the kind asks for that record itself when it is sent.
    Of a kind that `tells_by_itself` the name alone would say what only its recipient is to know (that something of theirs is left undone,
    say): the support team's list of mails does not name it. Of one that `is_unlisted` that there is a mail at all would say it: it is in
    that list only while somebody of the team must look at it.
    `files(mail)` are what is attached to it, made at the time of sending.
    """

    name: str
    label: StrPromise | str
    context: Callable[[OutgoingMail], dict[str, Any]]
    sample: Callable[[], dict[str, Any]]
    still_wanted: Callable[[OutgoingMail], bool] = always
    optional: bool = True
    headers: Callable[[OutgoingMail, dict[str, Any]], dict[str, str]] = field(default=lambda mail, context: {})
    placeholders: tuple[str, ...] = ()
    answers_own_words: bool = False
    even_inactive: bool = False
    link: Callable[[OutgoingMail, dict[str, Any]], str] = field(default=lambda mail, context: "")
    required: tuple[str, ...] = ()
    description: StrPromise | str = ""
    asks: bool = False
    gathers: bool = False
    one_line: Callable[[OutgoingMail, dict[str, Any]], str] = field(default=lambda mail, context: "")
    own_words: bool = False
    approved_words: bool = False
    tells_by_itself: bool = False
    is_unlisted: bool = False
    files: Callable[[OutgoingMail], Iterable[File]] = field(default=lambda mail: ())

    @property
    def unasked(self) -> bool:
        """Whether a mail of this kind counts towards the day's limit."""
        return self.optional and not self.answers_own_words


kinds: Registry[Kind] = Registry("kind of mail")
