"""What an archive holds of what stands beside posts, and what erasing a person leaves of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.models import Bookmark, Draft, Mention, Post, PostRevision, Thanks
from discussions.words import to_plain
from foundation.forgetting import names_of, take_out
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_marked(person: User) -> Iterable[Record]:
    """Their drafts, what they keep, what they said thank you for, and where others named them."""
    for draft in Draft.objects.filter(person=person).select_related("thread").order_by("pk"):
        about = draft.thread.subject if draft.thread else draft.subject
        yield {"draft saved at": draft.saved_at, "thread": about, "to": draft.to, "text": to_plain(draft.body)}
    for what, rows in (("kept", Bookmark), ("thanked", Thanks), ("named in", Mention)):
        for post, at in rows.objects.filter(person=person).order_by("pk").values_list("post", "at"):
            yield {"what": what, "post": post, "at": at}


def forget_the_marks(person: User) -> None:
    """All of it goes. Where others called or quoted them by name, the name goes too."""
    names = names_of(person)
    calling = Mention.objects.filter(person=person).values("post")
    take_out(Post.objects.filter(pk__in=calling), "body", names)
    take_out(PostRevision.objects.filter(post__in=calling), "body", names)
    theirs = list(Post.objects.filter(author=person).values_list("thread", flat=True).distinct())
    take_out(Post.objects.filter(thread__in=theirs, body__contains="<blockquote"), "body", names)
    for rows in (Draft, Bookmark, Thanks, Mention):
        rows.objects.filter(person=person).delete()


sections.add(
    "marks",
    Section(
        _("What you keep and have begun"),
        what_they_marked,
        forget_the_marks,
        weight=9,  # before the section that takes their name from their posts
        models=("discussions.Draft", "discussions.Bookmark", "discussions.Thanks", "discussions.Mention"),
        text=_(
            "Drafts of answers and of conversations, posts that you keep or said thank you for, and where somebody called you by name."
        ),
    ),
)
