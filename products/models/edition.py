from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from foundation.fields import RichTextField
from foundation.models import Pillar, Upload, Via
from products.models.product import Product
from products.querysets.editions import (
    EditionFileQuerySet,
    EditionPartQuerySet,
    EditionQuerySet,
    EditionRevisionQuerySet,
)


class Edition(models.Model):
    """One edition of a product, with an address for ever. `revision` grows with each saving; what is published is never rewritten."""

    class Status(models.TextChoices):
        """The road (products/road/workflow.py)."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in review", _("in review")
        IN_REVISION = "in revision", _("in revision")
        COMMUNITY_REVIEW = "community review", _("community review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    class Medium(models.TextChoices):
        """What a resource is."""

        TEXT = "text", _("text")
        VIDEO = "video", _("video")
        PODCAST = "podcast", _("podcast")
        TOOL = "tool", _("tool")
        COURSE = "course", _("course")

    class Licence(models.TextChoices):
        """What readers may do with it. Names of Creative Commons are theirs."""

        BY = "CC BY 4.0", _("Share and adapt, with credit (CC BY 4.0)")
        BY_SA = "CC BY-SA 4.0", _("Share and adapt with credit, on the same terms (CC BY-SA 4.0)")
        BY_NC = "CC BY-NC 4.0", _("Share and adapt with credit, not for profit (CC BY-NC 4.0)")
        BY_ND = "CC BY-ND 4.0", _("Share with credit, unchanged (CC BY-ND 4.0)")
        CC0 = "CC0 1.0", _("No rights reserved (CC0)")
        RESERVED = "all rights reserved", _("All rights reserved")

    product = models.ForeignKey(Product, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("name of the edition"), max_length=20, help_text=_("As readers cite it: 1.0, 2.1, Autumn 2026."))
    status = models.CharField(_("state"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    objectives = models.TextField(_("what readers will be able to do"), max_length=2000, blank=True)
    changes = models.TextField(_("what changed since the edition before"), max_length=2000, blank=True)
    link = models.CharField(_("link"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])])
    medium = models.CharField(_("what it is"), max_length=10, choices=Medium.choices, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_nameless = models.BooleanField(
        default=False, help_text=_("its authors looked for names: reviewers need not learn who wrote it")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.TextField(_("why it was retired"), max_length=500, blank=True)
    is_withdrawn = models.BooleanField(default=False, help_text=_("its text is nobody's to read any more"))

    objects = EditionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "label": Audience.PUBLIC,
        "title": Audience.PUBLIC,
        "subtitle": Audience.PUBLIC,
        "summary": Audience.PUBLIC,
        "objectives": Audience.PUBLIC,
        "changes": Audience.PUBLIC,
        "link": Audience.PUBLIC,
        "retired_because": Audience.PUBLIC,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["product", "-number"]
        indexes = [
            models.Index(fields=["status", "status_since"], name="edition_by_state"),
            models.Index(fields=["-published_at", "-id"], condition=Q(status="published"), name="edition_newest_published"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["product"], condition=~Q(status__in=["published", "retired"]), name="edition_one_on_the_road"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="edition_published_has_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | Q(published_at__isnull=False, retired_at__isnull=False),
                name="edition_retired_was_published",
            ),
            models.CheckConstraint(condition=Q(is_withdrawn=False) | Q(status="retired"), name="edition_withdrawn_is_retired"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of product {self.product_id}"

    def get_absolute_url(self) -> str:
        """The permanent address of this edition."""
        return reverse("products:edition-detail", args=[self.product.slug, self.number])

    @property
    def is_out(self) -> bool:
        """Whether everybody may read it."""
        return self.status in {self.Status.PUBLISHED, self.Status.RETIRED} and not self.is_withdrawn

    @property
    def can_be_written(self) -> bool:
        """Whether its words may change."""
        return self.status in {self.Status.DRAFT, self.Status.IN_REVISION}


class EditionPart(models.Model):
    """One part of the text: all of an article; of a strategic product one for each pillar, and those around them.

    Footnotes are written as `[^name]` in the text, and said in paragraphs that begin with `[^name]:`.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(default=1)
    slug = models.SlugField(max_length=80)
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pillar"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True)

    objects = EditionPartQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC, "title": Audience.PUBLIC, "body": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="edition_part_slug_once")]

    def __str__(self) -> str:
        return f"Part {self.slug} of edition {self.edition_id}"


class EditionRevision(models.Model):
    """What an edition said at one saving: `content` as `products.drafting.content.content_of` gives it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now, help_text=_("the first of the savings that it stands for"))
    is_kept = models.BooleanField(default=False, help_text=_("somebody else was shown it: it is never folded into a later one"))

    objects = EditionRevisionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"content": PARTIES, "note": PARTIES}

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="edition_revision_number_once")]

    def __str__(self) -> str:
        return f"Revision {self.number} of edition {self.edition_id}"


class EditionFile(models.Model):
    """A file that is part of an edition. A newer file of the same name gets the next number: the address leads to the newest."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    slug = models.SlugField(max_length=80)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("what it is called"), max_length=140)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EditionFileQuerySet.as_manager()

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC, "title": Audience.PUBLIC, "note": Audience.PUBLIC}

    class Meta:
        ordering = ["slug", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug", "number"], name="edition_file_number_once")]

    def __str__(self) -> str:
        return f"File {self.slug} {self.number} of edition {self.edition_id}"
