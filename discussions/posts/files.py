"""Files below the words of a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast, JSONObject
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from discussions.acts import post_facts, post_parts
from foundation.models import Upload

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Thread

SHOWN = {name: name for name in ("id", "name", "alt", "content_type", "size", "width", "height")}


def files_of(reader: Any) -> ArraySubquery:
    """What the post holds. Whoever may read the post may see it; the page asks for no other."""
    held = Upload.objects.filter(  # unscoped: read with the post, whose row says whether it is readable
        holder_type__app_label="discussions", holder_type__model="post", holder_id=Cast(OuterRef("pk"), CharField())
    )
    return ArraySubquery(held.order_by("created_at", "name").values(one=JSONObject(**SHOWN)))


def files_below(reader: User, thread: Thread, posts: Sequence[Any]) -> Mapping[int, SafeString]:
    """Pictures small, with what they show; documents by their name and size."""
    return {post.pk: _drawn(post.files) for post in posts if post.files}


def _drawn(files: Sequence[dict[str, Any]]) -> SafeString:
    shown = [
        {**file, "url": reverse("foundation:upload-show", args=[file["id"], file["name"]]), "is_image": _is_image(file)}
        for file in files
    ]
    return render_to_string("discussions/posts/_files.html", {"files": shown})


def _is_image(file: dict[str, Any]) -> bool:
    return str(file["content_type"]).startswith("image/")


post_facts.add("files", files_of)
post_parts.add("files", files_below)
