from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.querysets import PublicListQuerySet
from foundation.audiences import Audience


def is_address_or_path(value: str) -> None:
    """Take an address on the web or a page of this site, and nothing that runs."""
    if not value.startswith(("https://", "http://", "/")) or value.startswith("//"):
        raise ValidationError(_("Write a whole address (https://…) or a page of this site (/about/)."))


class Campaign(models.Model):
    """What the community asks of everybody. There is one, with key 1; its text is the page “Campaign”."""

    hashtag = models.CharField(
        _("hashtag"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^#\w+$", _("Write # and one word, such as #betterharbours."))],
    )

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"hashtag": Audience.PUBLIC}

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaign")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="campaign_only_one")]

    def __str__(self) -> str:
        return self.hashtag or str(_("campaign"))

    @classmethod
    def found(cls) -> Campaign:
        """Return the one campaign, making its row when there is none."""
        return cls._default_manager.get_or_create(pk=1)[0]


class CampaignGoal(models.Model):
    """One thing the campaign is after."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="goals")
    text = models.CharField(_("goal"), max_length=240)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.text


class CallToAction(models.Model):
    """One thing that a visitor can do about it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="calls")
    title = models.CharField(_("what to do"), max_length=80)
    text = models.CharField(_("how, or why"), max_length=240, blank=True)
    url = models.CharField(_("where"), max_length=300, blank=True, validators=[is_address_or_path])
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"title": Audience.PUBLIC, "text": Audience.PUBLIC, "url": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("call to action")
        verbose_name_plural = _("calls to action")

    def __str__(self) -> str:
        return self.title


class CampaignFigure(models.Model):
    """A number that is shown with its day and its source, and says so where it is estimated. Without a source there is no number."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="figures")
    value = models.CharField(_("number"), max_length=20, help_text=_("As it is to be read: 1,240 or 38 %."))
    label = models.CharField(_("of what"), max_length=120)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=240, help_text=_("Who counted, and where that can be read."))
    is_estimated = models.BooleanField(_("estimated"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"value": Audience.PUBLIC, "label": Audience.PUBLIC, "source": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="campaign_figure_has_a_source")]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class ShareKit(models.Model):
    """Words to pass on, short enough for where they are to be read, with a picture and what it shows."""

    class Network(models.TextChoices):
        SHORT_MESSAGE = "sms", _("Text message")
        X = "x", "X"
        BLUESKY = "bluesky", "Bluesky"
        MASTODON = "mastodon", "Mastodon"
        LINKEDIN = "linkedin", "LinkedIn"
        MAIL = "mail", _("Mail or newsletter")

    LIMITS: ClassVar[dict[str, int]] = {"sms": 160, "x": 280, "bluesky": 300, "mastodon": 500, "linkedin": 3000, "mail": 4000}

    network = models.CharField(_("for"), max_length=10, choices=Network.choices)
    text = models.TextField(_("words"), max_length=4000)
    picture = models.ForeignKey("foundation.Upload", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("share kit")
        verbose_name_plural = _("share kits")

    def __str__(self) -> str:
        return str(self.get_network_display())

    @property
    def limit(self) -> int:
        """How many characters may be written there."""
        return self.LIMITS[self.network]

    def clean(self) -> None:
        """Refuse words that would be cut off where they are to be read."""
        self.text = self.text.replace("\r\n", "\n")
        too_many = len(self.text) - self.LIMITS.get(self.network, 4000)
        if too_many > 0:
            words = {"network": self.get_network_display(), "limit": self.limit, "too_many": too_many}
            raise ValidationError({"text": _("%(network)s takes %(limit)s characters: these are %(too_many)s too many.") % words})
