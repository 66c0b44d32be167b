from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.stories.querysets.news import NewsQuerySet
from community.stories.seen import mark_of
from foundation.audiences import Audience
from foundation.fields import RichTextField

if TYPE_CHECKING:
    from ambassadors.models import Ambassador


class NewsItem(models.Model):
    """One piece of news. Visitors read it from `publish_at` on, whether or not the clock has moved its state by then."""

    class Status(models.TextChoices):
        """Only `community.workflow.news` moves it."""

        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("goes out at its time")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=100, unique=True, help_text=_("The last part of its address: /news/…/"))
    lead = models.CharField(_("lead"), max_length=300, blank=True, help_text=_("One or two sentences that stand above the text."))
    body = RichTextField(_("text"))
    picture = models.ForeignKey(
        "foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    authors = models.ManyToManyField(
        "ambassadors.Ambassador",
        blank=True,
        related_name="+",
        verbose_name=_("authors"),
        help_text=_("Readers see those whose profile they may see."),
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    publish_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = NewsQuerySet.as_manager()
    shown_authors: list[Ambassador]  # set by `with_authors()`

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.PUBLIC,
        "slug": Audience.PUBLIC,
        "lead": Audience.PUBLIC,
        "body": Audience.PUBLIC,
    }

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = ["-publish_at", "-pk"]
        indexes = [models.Index(fields=["-publish_at", "-id"], name="news_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["scheduled", "published"]) | Q(publish_at__isnull=False), name="news_out_has_its_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community:news-detail", args=[self.slug])

    @property
    def is_out(self) -> bool:
        """Whether visitors read it now (the same as `NewsQuerySet.out`)."""
        on_its_way = self.status in {self.Status.SCHEDULED, self.Status.PUBLISHED}
        return on_its_way and self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def words_mark(self) -> str:
        """A mark of what a reader gets to read."""
        return mark_of(self.title, self.lead, self.body)


class NewsAddress(models.Model):
    """An address under which a piece of news was known before: it leads to the one of today."""

    news = models.ForeignKey(NewsItem, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=100, unique=True)

    objects = models.Manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC}

    def __str__(self) -> str:
        return self.slug
