"""The form to answer with: what the writer has begun, and what they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from discussions.forms import PostReplyForm
from discussions.models import Post, Thread
from foundation.richtext import clean, from_plain

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ambassadors.models import User

LONGEST_QUOTATION = 1500


class Unwritten(NamedTuple):
    """A form of this kind in which nothing stands yet."""

    kind: type[PostReplyForm]


def reply_form(request: HttpRequest, thread: Thread) -> PostReplyForm | Unwritten:
    """Return the form for a thread's page: with the reader's draft, and with a quotation where they ask for one (`?quote=57`).

    Where there is neither, its kind says all that the page needs: to make an empty form takes as long as to find the posts.
    """
    draft: dict[str, Any] = getattr(thread, "draft", None) or {}
    asked = request.GET.get("quote", "")
    quoted = _quoted(request.user, thread, asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    if not draft and quoted is None:
        return Unwritten(PostReplyForm)
    body = draft.get("body", "") + (quotation_of(quoted) if quoted else "")
    form = PostReplyForm(initial={"body": body, "answers": quoted.pk if quoted else None})
    form.begun_at = parse_datetime(draft["saved_at"]) if draft else None
    return form


def said_in(form: PostReplyForm, thread: Thread, *, by: User) -> dict[str, Any]:
    """Return what a valid form says, as `discussions.workflow.say` takes it. The page sends along which post was the last that it showed (`shown`)."""
    said = dict(form.cleaned_data)
    shown = form.data.get("shown", "")
    pk = said.pop("answers", None)
    answers = Post.objects.visible_to(by).filter(thread=thread, pk=pk).first() if pk else None
    seen = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 9 else 0
    return {**said, "answers": answers, "by": by, "is_rich": True, "seen": seen}


def quotation_of(post: Post, words: str = "") -> str:
    """Return a quotation of a post, or of some words of it, under its author's name, which leads back to it."""
    name = post.byline
    address = settings.SITE_URL + post.get_absolute_url()
    inner = from_plain(words[:LONGEST_QUOTATION]) if words.strip() else _beginning(post.body)
    by = format_html('<p><a href="{}">{}</a>:</p>', address, _("%(name)s said") % {"name": name})
    return clean(f"{by}<blockquote>{mark_safe(inner)}</blockquote>") + "<p></p>"  # noqa: S308  cleaned as a whole


def _beginning(html: str) -> str:
    """The first blocks of a post, without what it quotes itself."""
    soup, taken, length = BeautifulSoup(html, "html.parser"), "", 0
    for block in soup.find_all(True, recursive=False):
        if block.name == "blockquote" or length > LONGEST_QUOTATION:
            continue
        taken, length = taken + str(block), length + len(block.get_text())
    return taken


def _quoted(reader: Any, thread: Thread, pk: str) -> Post | None:
    found: Post | None = Post.objects.visible_to(reader).with_author().filter(thread=thread, pk=int(pk)).first()
    return found
