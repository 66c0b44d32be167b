from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models.page import PAGE_KEYS
from community.stories.querysets.decks import DeckQuerySet
from community.stories.seen import mark_of
from foundation.audiences import Audience
from foundation.fields import RichTextField


class Deck(models.Model):
    """Slides that a page shows and gives out. Without their words as text they are not published: the database says so too."""

    class Status(models.TextChoices):
        """Only `community.workflow.decks` moves it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=100, unique=True, help_text=_("The last part of its address: /decks/…/"))
    page = models.CharField(_("on the page"), max_length=20, choices=PAGE_KEYS, default="community")
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    file = models.ForeignKey(
        "foundation.Upload", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file"), editable=False
    )
    cover = models.ForeignKey(
        "foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover"), editable=False
    )
    text_alternative = RichTextField(
        _("the slides as text"),
        blank=True,
        help_text=_(
            "What each slide says and shows, for those who cannot or would rather not open the file. It is needed to publish."
        ),
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = DeckQuerySet.as_manager()

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.PUBLIC,
        "slug": Audience.PUBLIC,
        "text_alternative": Audience.PUBLIC,
    }

    class Meta:
        verbose_name = _("slide deck")
        verbose_name_plural = _("slide decks")
        ordering = ["page", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | (~Q(text_alternative="") & Q(file__isnull=False)),
                name="deck_published_with_its_text",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community:deck-detail", args=[self.slug])

    @property
    def is_complete(self) -> bool:
        """Whether there is a file, and its words as text."""
        return self.file_id is not None and bool(self.text_alternative)

    @property
    def kind(self) -> str:
        """What sort of file it is: PDF, PPTX, ODP."""
        return self.file.name.rpartition(".")[2].upper() if self.file else ""

    @property
    def words_mark(self) -> str:
        """A mark of what a reader gets."""
        return mark_of(self.title, self.file_id, self.text_alternative)
