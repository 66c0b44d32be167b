"""Who sees which Ask Me About, which question of it, and what was recommended there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from discussions.querysets.spaces import is_let_in
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

NOW = Late(timezone.now, models.DateTimeField())
PENDING = ["waiting", "handed over", "kept late"]
UNANSWERED = Q(questions__status__in=["waiting", "handed over"], questions__post__status="shown")


class AskMeAboutQuerySet(models.QuerySet):
    """Sessions, by reader and by where they are in time."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose thread `user` sees; one that is announced also when its space is read by them, before its thread is there."""
        from discussions.models import Space, Thread  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        thread = Thread.objects.visible_to(user).filter(pk=OuterRef("thread"))
        announced = Q(status="booked", thread__status="preparing", thread__space__in=Space.objects.read_by(user).values("pk"))
        return self.filter(Q(Exists(thread)) | announced)

    def open_now(self) -> Self:
        return self.filter(status="open", closes_at__gt=NOW)

    def coming(self) -> Self:
        return self.filter(status="booked", closes_at__gt=NOW)

    def past(self) -> Self:
        """Those that take no more questions, the latest first."""
        closed = Q(status__in=["closed", "over"]) | Q(status="open", closes_at__lte=NOW)
        return self.filter(closed).order_by("-closes_at", "-pk")

    def with_cast(self) -> Self:
        return self.select_related("thread__space", "host__ambassador")

    def with_counts(self) -> Self:
        """Each with how many questions it has, and how many of them have an answer."""
        asked = Q(questions__post__status="shown") & ~Q(questions__status="no question")
        answered = asked & Q(questions__status__in=["answered", "answered by peers"])
        return self.annotate(asked=Count("questions", filter=asked), answered=Count("questions", filter=answered))


class QuestionQuerySet(models.QuerySet):
    """Questions, by reader and by what is to be done about them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose post `user` may read. One kept without a post is for who asked it and for the host."""
        from discussions.models import Post, Thread  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        kept = Q(Q(asker=user.pk) | Q(session__host=user.pk), post=None, session__thread__in=Thread.objects.visible_to(user))
        # Asked of each post: beside an "or" PostgreSQL would make a list of all that the reader may read, with "in".
        return self.filter(Q(Exists(Post.objects.visible_to(user).filter(pk=OuterRef("post")))) | kept)

    def pending(self) -> Self:
        """Those that wait for an answer, the oldest first; not where the post was taken back, hidden or moved elsewhere."""
        there = Q(post=None) | Q(post__status="shown", post__thread=F("session__thread"))
        return self.filter(there, status__in=PENDING).order_by("asked_at", "number", "pk")

    def waiting_for(self, user: Any) -> Self:
        """Those that `user` is to answer: the host those not handed over, and whoever was asked to those that were."""
        return self.pending().filter(Q(handed_to=user.pk) | Q(handed_to=None, session__host=user.pk))

    def to_follow_up(self) -> Self:
        return self.filter(follow_up_at__lte=timezone.now(), followed_up_at=None)

    def with_cast(self) -> Self:
        return self.select_related("post", "session__thread__space", "asker__ambassador", "handed_to__ambassador", "answer__author")

    def with_peers(self) -> Self:
        """Each with `peers`: whether others than the host have answered its post."""
        from discussions.models import Post  # deferred: likewise

        answers = Post.objects.filter(answers=OuterRef("post"), status="shown")
        return self.annotate(peers=Exists(answers.exclude(author=OuterRef("session__host")).exclude(author=OuterRef("asker"))))


class ReadingItemQuerySet(models.QuerySet):
    """What answers recommended."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Members see what stands in posts that they may read; everybody what its recommender has shown to everybody."""
        from discussions.models import Post  # deferred: likewise

        if not is_let_in(user):
            return self.public()
        return self.filter(post__in=Post.objects.visible_to(user).values("pk"), post__status="shown")

    def public(self) -> Self:
        """Those shown to everybody, while the post that names them stands in an open space's thread."""
        standing = Q(post__status="shown", post__thread__status__in=["open", "locked"], post__thread__space__openness="open")
        return self.shown_to_everybody().filter(standing)

    def shown_to_everybody(self) -> Self:
        """What its recommender says about that, wherever the post stands now."""
        return self.filter(published_at__isnull=False)
