"""What the people of the demo do with each other's posts: thank, keep, change, answer with a file, begin and not send."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from ambassadors.models import User
from discussions import workflow
from discussions.attachments import Attachment
from discussions.models import Post, Thread
from discussions.posts import workflow as posts
from discussions.posts.beginnings import save_beginning
from discussions.posts.drafts import save_draft
from discussions.words import rich_from_plain, to_plain
from foundation.uploads import checked

BOARD = "The board wants good news. We have half of it."
PAGE = """One page for the board

What we promised
Every family leaves within ninety days, into a home with a lease of a year at least.

What happened
Two houses: 71 days. Two houses: 128 days. The leases held in 58 of 64 cases.

What we will do about the difference
The two slow houses get the second housing officer from January. We look at the same four figures in April.
"""


def mark_posts() -> None:
    """A few of the things that happen around a conversation, through the functions that the pages use."""
    board = Thread.objects.get(subject=BOARD)
    said = {post.number: post for post in Post.objects.filter(thread=board).select_related("thread__space", "author")}
    for name in ("Gunnhildur", "Siv", "Wilhelmina", "Tomasz"):
        posts.thank(said[4], by=_called(name))
    posts.thank(said[2], by=_called("Gunnhildur"))
    for number in (2, 4):
        posts.keep(said[number], by=_called("Tomasz"))
    asks, host = said[7], _called("Gunnhildur")
    longer = f"{to_plain(asks.body)}\n\nAn old one would do as well."
    posts.edit(asks, by=_called("Wilhelmina"), body=longer, revision=asks.revision)
    page = checked(SimpleUploadedFile("one-page-for-the-board.txt", PAGE.encode()))
    words = f"Here it is, @{asks.author}, with the names out and the figures of another year. It hangs beside the kettle."
    workflow.reply(board, by=host, body=words, answers=asks, files=[Attachment(page)])
    save_draft(board, by=_called("Tomasz"), body=rich_from_plain("I read this to our trustees on the train, and one of them"))
    begun = rich_from_plain("Two of our houses now close the kitchen at eight, so that people sleep. The third says it")
    save_beginning(by=_called("Tomasz"), subject="When does your house go quiet?", body=begun)


def _called(first_name: str) -> User:
    found: User = User.objects.select_related("ambassador").get(name__startswith=f"{first_name} ")
    return found
