"""The digest as a kind of mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from correspondence import due
from correspondence.digests import contents, posting
from correspondence.digests.sections import Item, Passage
from correspondence.kinds import Kind, kinds

SITE = "https://community.example.org"


def sample() -> dict[str, object]:
    """A digest of two sections, and one line that waited."""
    words = "We asked the parents first. They cut eleven of our fourteen questions, and answered the other three."
    talk = Item(
        "Which questions did you drop?",
        "/discussions/posts/70/",
        where="Counting what matters",
        note="2 more since then",
        passages=(Passage("Maya Okafor", words),),
        author="Maya Okafor",
    )
    told = contents.Told(
        talk, SITE + talk.url, *(f"mailto:{act}+example@example.org" for act in ("reply", "author", "read", "mute"))
    )
    news = Item("Three towns, one survey", "/news/three-towns/", text="What came of the first year.")
    parts = (
        contents.Part(_("Answers to you"), (told,)),
        contents.Part(_("Published"), (contents.Told(news, SITE + news.url),), more=2, url=f"{SITE}/news/"),
    )
    shown = contents.Contents(parts, ())
    return {"contents": shown, "others": shown.number - 1, "choice_url": f"{SITE}/settings/mail/digest/"}


kinds.add(
    posting.KIND,
    Kind(
        name=posting.KIND,
        label=_("Your digest"),
        description=_("What you have not read and were not mailed, together in one mail, on the day and at the hour you choose."),
        context=contents.context_of,
        still_wanted=contents.has_something,
        sample=sample,
        gathers=True,
    ),
)
due.steps.add("digests", posting.post_due)  # before what waited: it takes along what waits for the next morning
