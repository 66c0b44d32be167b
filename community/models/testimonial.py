from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.page import PAGE_KEYS
from community.stories.querysets.testimonials import TestimonialQuerySet
from community.stories.seen import mark_of
from foundation.audiences import OWN_CHOICE


class Testimonial(models.Model):
    """What one person says of the community, on a public page only in the wording and under the name they agreed to.

    `text` and `signed` are what is proposed; `agreed_text` and `agreed_signed` are what the person consented to. Consent belongs to the
    wording: the database refuses a published row in which the two differ.
    """

    class Status(models.TextChoices):
        """Only `community.workflow.testimonials` moves it."""

        OFFERED = "offered", _("offered by its author")
        PROPOSED = "proposed", _("proposed by the support team")
        ASKED = "asked", _("waits for its author's consent")
        AGREED = "agreed", _("agreed to, not on the page")
        PUBLISHED = "published", _("on the page")
        WITHDRAWN = "withdrawn", _("withdrawn by its author")
        ASIDE = "aside", _("put aside")

    class Attribution(models.TextChoices):
        FULL = "full", _("full name and role")
        FIRST = "first", _("first name")
        NONE = "none", _("“an ambassador”")

    OPEN = (Status.OFFERED, Status.PROPOSED, Status.ASKED, Status.AGREED, Status.PUBLISHED)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="testimonials", verbose_name=_("who says it"))
    text = models.TextField(_("what they say"), max_length=600)
    attribution = models.CharField(_("signed with"), max_length=5, choices=Attribution.choices, default=Attribution.FULL)
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Stands behind the full name, such as: Director of a community kitchen.")
    )
    signed = models.CharField(_("signature"), max_length=250, editable=False)
    page = models.CharField(_("on the page"), max_length=20, choices=PAGE_KEYS, default="community")
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OFFERED)
    agreed_text = models.TextField(editable=False, blank=True)
    agreed_signed = models.CharField(max_length=250, editable=False, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = TestimonialQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "text": OWN_CHOICE,
        "role": OWN_CHOICE,
        "signed": OWN_CHOICE,
        "agreed_text": OWN_CHOICE,
        "agreed_signed": OWN_CHOICE,
    }

    class Meta:
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "published"])
                | Q(text=F("agreed_text"), signed=F("agreed_signed"), agreed_at__isnull=False),
                name="testimonial_shown_as_agreed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("community:testimonial-detail", args=[self.pk])

    @property
    def words_mark(self) -> str:
        """A mark of what would stand on the page, and of what is under it."""
        return mark_of(self.text, self.signed)
