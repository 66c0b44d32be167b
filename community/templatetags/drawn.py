"""Parts of pages that are drawn once and then remembered: a template is a pure function of what it is given.

The whole of what a part shows goes in by name, and is the key under which its HTML is kept, with the language: another reader, another
word, another day is another key. So nothing grows old and nobody gets what was drawn for another. Whatever goes in must be hashable and
plain: text that is marked as safe equals the same text that is not, and is refused.
"""

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
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from community import navigation
from foundation.desk import DeskGroup

if TYPE_CHECKING:
    from django.forms import Form

    from discussions.forms import ComposerForm

register = template.Library()
MOST_DRAWN = 2048  # parts of 1 to 9 KB, in each process
DESK_GROUP = "community/_desk_group.html"
TOKEN = secrets.token_hex(16)  # stands in what is remembered for the form's token, and is known to nobody
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


@register.simple_tag
def draw(template_name: str, **given: Any) -> SafeString:
    """Return the template drawn with exactly what is given."""
    if any(isinstance(value, SafeString) for value in given.values()):
        raise TypeError(f"{template_name} is remembered by plain values; text that is marked as safe is none.")
    return _drawn(template_name, _here(), tuple(given.items()))


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(name: str, here: tuple[str | None, ...], given: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, dict(given))


def _here() -> tuple[str | None, ...]:
    """What of the request itself can stand in a text or an address."""
    return get_language(), get_urlconf(), get_script_prefix()


@register.simple_tag
def draw_each(template_name: str, items: Iterable[Any], **given: Any) -> SafeString:
    """The template drawn for each of the items, records of plain values that it knows as `item`."""
    here, rest = _here(), tuple(given.items())
    return mark_safe("".join([_drawn(template_name, here, (("item", item), *rest)) for item in items]))  # noqa: S308  drawn by templates


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """The head of this page, with the reader's own token in its form."""
    request, user = context.get("request"), context.get("user")
    reader = Face(user.name, is_authenticated=True) if user is not None and user.is_authenticated else Face()
    places = {name: _places(name, request) for name in ("public", "here", "own")}
    head = draw("components/site_header.html", community=_brand(context), user=reader, csrf_token=TOKEN, **places)
    return mark_safe(head.replace(TOKEN, str(context.get("csrf_token", "")))) if reader.is_authenticated else head  # noqa: S308  ours


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
    drawn = draw(DESK_GROUP, group=group, late=late, zone=get_current_timezone_name(), csrf_token=TOKEN)
    return mark_safe(drawn.replace(TOKEN, str(csrf_token)))  # noqa: S308  ours


@register.simple_tag
def draw_acts(acts: Iterable[Any], csrf_token: str, named: str = "") -> SafeString:
    """What a reader can do with a thread or a post (`discussions.acts.Act`): buttons, and a menu called after what it is about."""
    drawn = draw("discussions/_acts.html", acts=tuple(acts), named=named, csrf_token=TOKEN)
    return mark_safe(drawn.replace(TOKEN, str(csrf_token)))  # noqa: S308  ours


@register.simple_tag
def draw_post(shown: Any, csrf_token: str) -> SafeString:
    """A post of a thread's page (`discussions.threads.page.Shown`): itself the same for every reader, below it what is not."""
    post, line = draw("discussions/_post.html", post=shown.line, below=TOKEN), shown.line
    below = "".join(shown.parts) + (draw_acts(shown.acts, csrf_token, f"{line.name}, {line.number}") if shown.acts else "")
    return mark_safe(post.replace(TOKEN, below))  # noqa: S308  drawn by templates


@register.simple_tag
def draw_composer(form: ComposerForm, thread_pk: int, reader_pk: int, csrf_token: str) -> SafeString:
    """Where one answers in a thread. While nothing is in the form it is the same for everybody, but for four values."""
    own = (str(thread_pk), str(reader_pk), str(form.initial["sent_key"]), str(csrf_token))
    if form.is_bound or any(value for name, value in form.initial.items() if name != "sent_key"):
        return _composer(form, *own)
    drawn = str(_empty_composer(type(form), _here()))
    for stand_in, value in zip(STAND_INS, own, strict=True):
        drawn = drawn.replace(stand_in, value)
    return mark_safe(drawn)  # noqa: S308  numbers, a UUID and the token of this page


@lru_cache(maxsize=64)
def _empty_composer(kind: type[ComposerForm], here: tuple[str | None, ...]) -> SafeString:
    return _composer(kind(initial={"sent_key": STAND_INS[2]}), *STAND_INS)


def _composer(form: ComposerForm, thread: str, reader: str, key: str, csrf_token: str) -> SafeString:
    given = {"form": form, "thread": {"pk": thread}, "reader": {"pk": reader}, "csrf_token": csrf_token}
    return render_to_string("discussions/posts/_composer.html", given)


@register.simple_tag
def media_of(form: Form) -> SafeString:
    """What the fields of a form need in the head of its page: the same for all forms of a class."""
    return _media(type(form), _here())


@lru_cache(maxsize=64)
def _media(kind: type[Form], here: tuple[str | None, ...]) -> SafeString:
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
