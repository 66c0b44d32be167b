"""News: draft > scheduled > published > withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from community.models import NewsAddress, NewsItem
from community.stories import rules
from community.stories.seen import held, refuse_unseen
from foundation import search
from foundation.models import Upload, Via
from foundation.uploads import CheckedFile, upload_delete, upload_keep
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = NewsItem.Status
WRITTEN = ["title", "slug", "lead", "body", "picture", "changed_at"]

PUBLISH = Transition(
    "published", frozenset({S.DRAFT, S.SCHEDULED, S.WITHDRAWN}), S.PUBLISHED, rules.is_support, _lazy("Publish now")
)
SCHEDULE = Transition("scheduled", frozenset({S.DRAFT, S.SCHEDULED}), S.SCHEDULED, rules.is_support, _lazy("Schedule…"))
UNSCHEDULE = Transition("took off the schedule", frozenset({S.SCHEDULED}), S.DRAFT, rules.is_support, _lazy("Back to draft"))
WITHDRAW = Transition("withdrawn", frozenset({S.SCHEDULED, S.PUBLISHED}), S.WITHDRAWN, rules.is_support, _lazy("Withdraw"))
GO_OUT = Transition("went out at its time", frozenset({S.SCHEDULED}), S.PUBLISHED, anybody)


@transaction.atomic
def publish(news: NewsItem, *, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Let a piece of news out now. One that was out before keeps its date."""
    now_held = held(news)
    refuse_unseen(now_held, seen)
    was_out = now_held.status == S.WITHDRAWN and now_held.publish_at is not None
    apply(PUBLISH, news, by=by, via=via, publish_at=now_held.publish_at if was_out else timezone.now())
    search.index(news)


@transaction.atomic
def schedule(news: NewsItem, *, at: datetime, by: User, seen: str | None = None, via: Via = Via.WEB) -> None:
    """Let a piece of news out at a time to come; raises ValidationError when that has passed."""
    if at <= timezone.now():
        raise ValidationError(_("This time has passed. Choose a later one, or publish now."))
    refuse_unseen(held(news), seen)
    apply(SCHEDULE, news, by=by, via=via, history_note=f"{at:%Y-%m-%d %H:%M %Z}", publish_at=at)
    search.index(news)


@transaction.atomic
def unschedule(news: NewsItem, *, by: User, via: Via = Via.WEB) -> None:
    """Take a piece of news off the schedule. When its time has come it is out, and can only be withdrawn."""
    if held(news).is_out:
        raise TransitionRefused(f"{news} is out")
    apply(UNSCHEDULE, news, by=by, via=via, publish_at=None)
    search.index(news)


@transaction.atomic
def withdraw(news: NewsItem, *, by: User, via: Via = Via.WEB) -> None:
    """Take a piece of news from the site: its address says that it was here. What was never out goes back to a draft instead."""
    if not held(news).is_out:
        raise TransitionRefused(f"{news} is not out")
    apply(WITHDRAW, news, by=by, via=via)
    search.index(news)


def let_out_what_is_due() -> int:
    """Move what has come to its time, and return how many went out. Visitors read it already: this turns the cached pages over."""
    return sum(_let_out(news) for news in NewsItem.objects.due())


@transaction.atomic
def _let_out(news: NewsItem) -> bool:
    try:
        apply(GO_OUT, news, by=None, via=Via.CLOCK)
    except TransitionRefused:  # another beat, or somebody who withdrew it at this very moment
        return False
    search.index(news)
    return True


@transaction.atomic
def keep(
    news: NewsItem,
    *,
    by: User,
    changed: Sequence[str] = (),
    former_slug: str = "",
    picture: CheckedFile | None = None,
    alt: str = "",
    drop_picture: bool = False,
) -> None:
    """Save what was written, never where it stands: that may have moved in the meantime. A former address leads to the one of now."""
    is_new = news.pk is None
    if is_new:
        news.save()
    old = news.picture if picture or drop_picture else None
    if picture or drop_picture:
        news.picture = upload_keep(picture, owner=by, holder=news, alt=alt) if picture else None
    elif news.picture and news.picture.alt != alt:
        Upload.objects.filter(pk=news.picture.pk).update(alt=alt)
    news.save(update_fields=WRITTEN)
    if old:
        upload_delete(old)
    if former_slug and former_slug != news.slug and news.status != S.DRAFT:
        NewsAddress.objects.update_or_create(slug=former_slug, defaults={"news": news})
    NewsAddress.objects.filter(slug=news.slug).delete()
    if is_new or changed:
        record("wrote" if is_new else "changed", news, by=by, note=", ".join(changed))
    search.index(news)


MOVES: dict[str, tuple[Transition, Callable[..., Any]]] = {
    "publish": (PUBLISH, publish),
    "schedule": (SCHEDULE, schedule),
    "unschedule": (UNSCHEDULE, unschedule),
    "withdraw": (WITHDRAW, withdraw),
}


def actions_for(user: User, news: NewsItem) -> dict[str, str]:
    """Return the moves that `user` may make now: word and label. What is out is withdrawn, what is not goes back to a draft."""
    fitting = set(MOVES) - {"unschedule" if news.is_out else "withdraw"}
    return {word: str(move.label) for word, (move, _function) in MOVES.items() if word in fitting and move.offered_to(user, news)}
