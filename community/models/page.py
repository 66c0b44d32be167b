from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.querysets import PageEditionQuerySet, PageQuerySet
from foundation.audiences import Audience, AudienceField
from foundation.fields import RichTextField


class PageKey(models.TextChoices):
    """The pages that every community has. What else hangs on a page (a deck, a quotation) names it by its key."""

    HOME = "home", _("Home")
    COMMUNITY = "community", _("The Community")
    ENGAGEMENT = "engagement", _("Engagement")
    GROWTH = "growth", _("Growth")
    CAMPAIGN = "campaign", _("Campaign")
    ABOUT = "about", _("About")
    NORMS = "norms", _("Norms")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    NEWS = "news", _("News")
    PRODUCTS = "products", _("Products")
    PRACTICE = "practice", _("Practice")
    CONTACT = "contact", _("Contact")


PAGE_KEYS = PageKey.choices

ADDRESSES = {
    PageKey.HOME: "/",
    PageKey.ENGAGEMENT: "/community/engagement/",
    PageKey.GROWTH: "/community/growth/",
    **{key: f"/{key}/" for key in PageKey if key not in {"home", "engagement", "growth"}},
}


class Page(models.Model):
    """A page of the public site, which the support team writes: one of the fixed ones, or one about how we work with an address of its own."""

    class Subject(models.TextChoices):
        ROLES = "roles", _("Roles")
        NORMS = "norms", _("Norms")
        PROTOCOLS = "protocols", _("Protocols")
        MOTIVATIONS = "motivations", _("Motivations")

    key = models.CharField(_("page"), max_length=20, choices=PageKey.choices, blank=True)
    slug = models.SlugField(_("last part of the address"), max_length=60, blank=True)
    subject = models.CharField(_("what it is about"), max_length=20, choices=Subject.choices, blank=True)
    audience = AudienceField(_("who may read it"), default=Audience.PUBLIC)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PageQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="page_one_of_each_key"),
            models.UniqueConstraint(
                fields=["slug"],
                condition=~Q(slug=""),
                name="page_one_at_each_address",
                violation_error_message=_("There is a page at this address already."),
            ),
            models.CheckConstraint(
                condition=Q(key="") & ~Q(slug="") & ~Q(subject="") | ~Q(key="") & Q(slug="", subject="", audience="public"),
                name="page_is_fixed_or_has_its_address",
            ),
        ]

    def __str__(self) -> str:
        return str(PageKey(self.key).label) if self.key else self.slug

    def get_absolute_url(self) -> str:
        return ADDRESSES[PageKey(self.key)] if self.key else reverse("community:how-we-work", args=[self.slug])


class PageEdition(models.Model):
    """One text of a page. A draft has no number; it gets one when it is published, and stays for ever.

    `revision` counts the savings of a draft: whoever publishes says which one they have read. What is published is never rewritten.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    page = models.ForeignKey(Page, models.CASCADE, related_name="editions", verbose_name=_("page"))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(
        _("lead"), max_length=400, blank=True, help_text=_("One or two sentences that say what the page is for.")
    )
    body = RichTextField(_("text"), blank=True)
    note = models.CharField(_("what changed, and why"), max_length=300, blank=True, help_text=_("For the support team."))
    review_on = models.DateField(
        _("look at it again on"), null=True, blank=True, help_text=_("From that day on the page lies on the support team's desk.")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = PageEditionQuerySet.as_manager()

    # A text is the support team's until it is published; then it is for the audience of its page.
    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.STAFF,
        "lead": Audience.STAFF,
        "body": Audience.STAFF,
        "note": Audience.STAFF,
    }

    class Meta:
        ordering = ["page", "-number"]
        verbose_name = _("edition of a page")
        verbose_name_plural = _("editions of pages")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="page_edition_numbers_differ"),
            models.UniqueConstraint(fields=["page"], condition=Q(status="draft"), name="page_has_one_draft"),
            models.UniqueConstraint(fields=["page"], condition=Q(status="published"), name="page_has_one_published_edition"),
            models.CheckConstraint(
                condition=Q(status="draft", number=None, published_at=None)
                | ~Q(status="draft") & Q(number__isnull=False, published_at__isnull=False),
                name="page_edition_published_has_number_and_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title if self.number is None else f"{self.title} ({self.number})"

    def get_preview_url(self) -> str:
        """Where the support team sees this text as its readers do, or would."""
        page = self.page
        url = (
            reverse("community:page-preview", args=[page.key])
            if page.key
            else reverse("community:how-we-work-preview", args=[page.slug])
        )
        return url if self.number is None else f"{url}?edition={self.number}"
