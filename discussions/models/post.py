from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from discussions.models.thread import Thread
from discussions.querysets import PostQuerySet, PostRevisionQuerySet
from foundation.audiences import PARTIES
from foundation.models import Via
from foundation.richtext import safe


class Post(models.Model):
    """What one person said once. Its number within the thread is given under the thread's lock.

    Its permanent address is by its own key: a post that is moved to another thread gets a number there, and is found as before.
    """

    class Status(models.TextChoices):
        """Of a post that is not shown, its place in the thread stays and its words are read by few (`PostQuerySet.visible_to`)."""

        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden by a facilitator")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_by = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("the name of an author who has no account here, as the archive of a mailing list gives it"),
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SHOWN)
    body = models.TextField(_("text"))
    quoted = models.TextField(blank=True, help_text=_("what the mail quoted below the answer: plain text, shown folded"))
    labels = models.JSONField(default=list, blank=True, help_text=_("the author's role labels on the day, at most four"))
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("the post that it answers")
    )
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    assistant = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    assistant_name = models.CharField(
        max_length=120, blank=True, help_text=_("of who said it in the author's name, as others read it beside the words")
    )
    message_id = models.CharField(max_length=255, blank=True, help_text=_("of the mail it came in"))
    sent_key = models.UUIDField(
        null=True, blank=True, help_text=_("of the form that it was sent with: a second press of Send posts nothing")
    )
    posted_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("when its followers' mails were put into the outbox"))

    objects = PostQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "body": PARTIES,
        "quoted": PARTIES,
        "labels": PARTIES,
        "message_id": PARTIES,
        "written_by": PARTIES,
        "assistant_name": PARTIES,
    }
    confidential_history = True  # what staff may not read, its history does not tell them
    holds_uploads = True

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "sent_key"], condition=Q(sent_key__isnull=False), name="post_sent_once"),
        ]
        indexes = [
            models.Index(fields=["author", "-posted_at"], name="post_of_author"),
            models.Index(fields=["posted_at"], condition=Q(told_at=None), name="post_to_tell"),
        ]

    def __str__(self) -> str:
        return f"Post {self.number} in thread {self.thread_id}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:post-detail", args=[self.pk])

    @property
    def shown(self) -> SafeString:
        """The body for a page or a mail, sanitised again: whatever may have come into the database."""
        return safe(self.body)

    @property
    def author_name(self) -> str:
        """Whose words they are, for those who read them."""
        return self.author.shown_name if self.author else self.written_by or str(_("a former member"))

    @property
    def byline(self) -> str:
        """The same beside the words themselves: with through whom they came, where an assistant said them."""
        return signed(self.author_name, self.via, self.assistant_name)

    @property
    def anchor(self) -> str:
        """Where it stands on its thread's page."""
        return f"post-{self.number}"


def signed(name: str, via: str, assistant_name: str) -> str:
    """A name beside words, with the assistant's through whom they came: wherever the one is read, the other is."""
    return f"{name} ({through(assistant_name)})" if via == Via.ASSISTANT else name


def through(assistant_name: str) -> str:
    """Through whom words came that an assistant said."""
    return str(_("via %(name)s, assistant") % {"name": assistant_name}) if assistant_name else str(Via.ASSISTANT.label)


class PostRevision(models.Model):
    """What a post said before an edit: revision 1 is what was posted. Whoever reads the post may read what it said."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    body = models.TextField()
    written_at = models.DateTimeField()

    objects = PostRevisionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"body": PARTIES}

    class Meta:
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="post_revision_once")]

    def __str__(self) -> str:
        return f"Revision {self.revision} of post {self.post_id}"
