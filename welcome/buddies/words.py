"""The words that welcome newcomers in a buddy's name: what may stand in them, how they read, and three to begin from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PLACEHOLDERS = {
    "newcomer": gettext_lazy("the name of who has come"),
    "buddy": gettext_lazy("your own name"),
    "community": gettext_lazy("the name of the community"),
}
IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
MOST = 3000  # characters: a letter, not a handbook


@dataclass(frozen=True)
class Sample:
    """Words that one may begin from, and how they sound."""

    name: str
    tone: StrPromise
    words: StrPromise


SAMPLES = (
    Sample(
        "plain",
        gettext_lazy("Short and plain"),
        gettext_lazy(
            "Hello {newcomer},\n\n"
            "good to see your name among us. I have been in {community} for a while and offered to be somebody you can turn to "
            "in your first weeks.\n\n"
            "Two things are worth knowing: nobody expects you to keep up with everything, and the odd question is usually the one "
            "others were waiting for. Answer this mail and it reaches me, nobody else.\n\n"
            "{buddy}"
        ),
    ),
    Sample(
        "warm",
        gettext_lazy("Warm, with a question"),
        gettext_lazy(
            "Dear {newcomer},\n\n"
            "when I joined {community} I read along for a month before I dared to say a word. Somebody then wrote to me and asked "
            "what I was working on, and that changed everything. So now I ask you: what is on your desk this week that you would "
            "like to think about with somebody?\n\n"
            "There is no hurry and no right answer. Write back whenever you like; it stays between the two of us. If you would "
            "rather talk, tell me when you are free, and I will ring.\n\n"
            "Warmly,\n{buddy}"
        ),
    ),
    Sample(
        "light",
        gettext_lazy("Light-hearted"),
        gettext_lazy(
            "{newcomer}, hello!\n\n"
            "You have just walked into a room full of people who all seem to know each other. They do not, not as well as it looks. "
            "I am {buddy}, and I am the person by the door who shows you where the coffee is.\n\n"
            "Ask me anything about {community}: who to talk with, what all these spaces are, which mails you may leave unread with "
            "a good conscience (most of them). Just answer this one, I will see it.\n\n"
            "{buddy}"
        ),
    ),
)


def check_words(words: str) -> None:
    """Raise ValidationError for braces around anything that is not a placeholder, and for braces left over."""
    unknown = sorted({name for name in IN_BRACES.findall(words) if name not in PLACEHOLDERS})
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if unknown:
        shown = ", ".join(f"{{{name}}}" for name in unknown)
        raise ValidationError(
            _("%(shown)s means nothing here. You can use %(known)s.") % {"shown": shown, "known": known}, code="unknown_placeholder"
        )
    if set("{}") & set(IN_BRACES.sub("", words)):
        raise ValidationError(_("There is a brace without its other half. You can use %(known)s.") % {"known": known})


def filled_in(words: str, *, newcomer: str, buddy: str, community: str) -> str:
    """Return the words as their reader gets them. What a name holds is never taken for a placeholder itself."""
    names = {"newcomer": newcomer, "buddy": buddy, "community": community}
    return IN_BRACES.sub(lambda found: names.get(found[1], found[0]), words)
