"""Thanks below one's own words: how many, for the author's eyes alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from discussions.acts import post_facts, post_parts
from discussions.models import Thanks

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Thread


def thanks_seen(reader: Any) -> Any:
    """How many said thank you, for the author's eyes alone."""
    many = Thanks.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(many=Count("pk")).values("many")
    own = When(author=reader.pk, then=Coalesce(Subquery(many), 0))
    return Case(own, default=Value(0), output_field=IntegerField())


def how_many_thanked(reader: User, thread: Thread, posts: Sequence[Any]) -> Mapping[int, SafeString]:
    """A quiet line below one's own words."""
    return {post.pk: _thanked(post.thanks_seen) for post in posts if post.thanks_seen}


def _thanked(many: int) -> SafeString:
    said = ngettext("This helped somebody. Only you see it.", "This helped %(many)d people. Only you see it.", many)
    return format_html('<p class="post__thanked">{}</p>', said % {"many": many})


post_facts.add("thanks_seen", thanks_seen)
post_parts.add("thanks", how_many_thanked)
