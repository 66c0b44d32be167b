"""What stands beside posts, each row between one person and one post or thread."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.models.space import Space
from discussions.models.thread import Thread
from discussions.querysets import BookmarkQuerySet, DraftQuerySet, MentionQuerySet, ThanksQuerySet
from foundation.audiences import PARTIES


class Mention(models.Model):
    """Somebody is named in a post ("@Full Name") which they could read when it was written."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.person} in post {self.post_id}"


class Thanks(models.Model):
    """A quiet thank you for a post: its author sees it, and nobody counts it in public."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="thanks_once")]

    def __str__(self) -> str:
        return f"{self.person} for post {self.post_id}"


class Bookmark(models.Model):
    """A post that somebody keeps for themselves."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="bookmark_once")]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="bookmark_newest_first")]

    def __str__(self) -> str:
        return f"post {self.post_id}, kept by {self.person}"


class Draft(models.Model):
    """What somebody has begun to answer in a thread, or to begin: without a thread it has what the first post is about, and where or to whom.

    It is theirs alone, and goes when it is sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="+")
    to = models.CharField(
        max_length=700, blank=True, help_text=_("of a private conversation that begins: whom it is to, by their addresses")
    )
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Thread.Kind.choices, blank=True)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    body = models.TextField()
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"body": PARTIES, "to": PARTIES, "subject": PARTIES}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "thread", "to"], name="draft_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(thread=None) | Q(to="", space=None, kind="", subject=""), name="draft_of_an_answer_is_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in thread {self.thread_id}" if self.thread_id else f"{self.person}, who begins one"
