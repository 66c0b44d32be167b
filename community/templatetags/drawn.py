"""Parts of pages that are drawn once and then remembered (foundation/drawing.py), as templates ask for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name

from community import navigation
from discussions.posts.composing import Unwritten
from foundation.desk import DeskGroup
from foundation.drawing import TOKEN, Here, draw, drawn, here, with_token

if TYPE_CHECKING:
    from django.forms import Form

    from discussions.acts import Act, Acts
    from discussions.forms import ComposerForm
    from discussions.threads.lines import PostLine
    from discussions.threads.page import Shown

register = template.Library()
MOST_POSTS = 1024  # with what a reader can do with them, of 2 to 9 KB, in each process
DESK_GROUP = "community/_desk_group.html"
# Stand for a thread, a reader, the key of a form and the token. Numbers, for they stand in addresses; too large for any row.
STAND_INS = ("9" + str(secrets.randbelow(10**17)).zfill(18), "8" + str(secrets.randbelow(10**17)).zfill(18), str(uuid4()), TOKEN)


class Brand(NamedTuple):
    """What the frame says of the community."""

    name: str
    purpose: str
    accent: str


class Face(NamedTuple):
    """What the frame says of the reader."""

    name: str = ""
    is_authenticated: bool = False


register.simple_tag(draw, name="draw")


@register.simple_tag
def draw_each(template_name: str, items: Iterable[Any], **given: Any) -> SafeString:
    """The template drawn for each of the items, records of plain values that it knows as `item`."""
    at, rest = here(), tuple(given.items())
    return mark_safe("".join([drawn(template_name, at, (("item", item), *rest)) for item in items]))  # noqa: S308  drawn by templates


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """The head of this page, with the reader's own token in its form."""
    request, user = context.get("request"), context.get("user")
    reader = Face(user.name, is_authenticated=True) if user is not None and user.is_authenticated else Face()
    places = {name: _places(name, request) for name in ("public", "here", "own")}
    head = draw("components/site_header.html", community=_brand(context), user=reader, csrf_token=TOKEN, **places)
    return with_token(head, context.get("csrf_token", "")) if reader.is_authenticated else head


@register.simple_tag(takes_context=True)
def frame(context: Context, template_name: str) -> SafeString:
    """A part of the frame that says nothing but what the community is."""
    return draw(template_name, community=_brand(context))


@register.simple_tag
def desk_group(group: DeskGroup, csrf_token: str) -> SafeString:
    """One part of the desk: as it is today, in the reader's own time."""
    if any(card.template for card in group.cards):  # it draws itself, out of whatever it likes
        return render_to_string(DESK_GROUP, {"group": group, "csrf_token": csrf_token})
    late = tuple(card.is_late for card in group.cards)
    return with_token(draw(DESK_GROUP, group=group, late=late, zone=get_current_timezone_name(), csrf_token=TOKEN), csrf_token)


@register.simple_tag
def draw_acts(acts: Iterable[Act], csrf_token: str, named: str = "") -> SafeString:
    """What a reader can do with a thread (`discussions.acts.Act`): buttons, and a menu called after what it is about."""
    return with_token(draw("discussions/_acts.html", acts=tuple(acts), named=named, csrf_token=TOKEN), csrf_token)


@register.simple_tag
def draw_posts(rows: Iterable[Shown], csrf_token: str) -> SafeString:
    """The posts of a thread's page: each is remembered with the reader's acts, and the token is put into all of them at once."""
    at, html = here(), list[str]()
    for row in rows:
        if row.bar:
            html.append(drawn("discussions/threads/_new.html", at, (("text", row.bar),)))
        above, below = _post(row.line, row.acts, at)
        html += [above, *row.parts, below]
    return with_token("".join(html), csrf_token)


@lru_cache(maxsize=MOST_POSTS)
def _post(line: PostLine, acts: Acts, at: Here) -> tuple[str, str]:
    """A post, which is the same for every reader, and the acts below it, which are not; cut where its parts go."""
    above, below = drawn("discussions/_post.html", at, (("post", line), ("below", TOKEN))).split(TOKEN)
    given = {"acts": acts, "named": f"{line.name}, {line.number}", "csrf_token": TOKEN}
    return above, (render_to_string("discussions/_acts.html", given) if acts else "") + below


@register.simple_tag
def draw_composer(form: ComposerForm | Unwritten, thread_pk: int, reader_pk: int, csrf_token: str) -> SafeString:
    """Where one answers in a thread. While nothing is in the form it is the same for everybody, but for four values."""
    key = uuid4() if isinstance(form, Unwritten) else form.initial["sent_key"]
    own = (str(thread_pk), str(reader_pk), str(key), str(csrf_token))
    if not isinstance(form, Unwritten):
        return _composer(form, *own)
    html = str(_empty_composer(form.kind, here()))
    for stand_in, value in zip(STAND_INS, own, strict=True):
        html = html.replace(stand_in, value)
    return mark_safe(html)  # noqa: S308  numbers, a UUID and the token of this page


@lru_cache(maxsize=64)
def _empty_composer(kind: type[ComposerForm], at: Here) -> SafeString:
    return _composer(kind(initial={"sent_key": STAND_INS[2]}), *STAND_INS)


def _composer(form: ComposerForm, thread: str, reader: str, key: str, csrf_token: str) -> SafeString:
    given = {"form": form, "thread": {"pk": thread}, "reader": {"pk": reader}, "csrf_token": csrf_token}
    return render_to_string("discussions/posts/_composer.html", given)


@register.simple_tag
def media_of(form: Form | Unwritten) -> SafeString:
    """What the fields of a form need in the head of its page: the same for all forms of a class."""
    return _media(form.kind if isinstance(form, Unwritten) else type(form), here())


@lru_cache(maxsize=64)
def _media(kind: type[Form], at: Here) -> SafeString:
    return mark_safe(str(kind().media))  # noqa: S308  Django's


@register.simple_tag(takes_context=True)
def site_footer(context: Context) -> SafeString:
    """The foot of this page."""
    return draw("components/site_footer.html", community=_brand(context), places=_places("foot", context.get("request")))


def _brand(context: Context) -> Brand:
    community = context.get("community")
    return Brand(*(str(getattr(community, field, "")) for field in Brand._fields))


def _places(name: str, request: HttpRequest | None) -> tuple[navigation.Link, ...]:
    return navigation.links(name, request) if request is not None else ()
