from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.engagement.querysets import (
    EngagementAskQuerySet,
    EngagementOfferQuerySet,
    EngagementOptionQuerySet,
    EngagementRequestQuerySet,
)
from ambassadors.models.ambassador import Ambassador
from foundation.audiences import OWN_CHOICE, PARTIES, Audience, AudienceField
from foundation.fields import RichTextField
from foundation.models import Via

if TYPE_CHECKING:
    from datetime import date


def address_of(action: str) -> str:
    """Return the address that an action leads to: a path of this site, or a URL name; empty where this installation has no such page."""
    if action.startswith("/"):
        return action if _is_here(action) else ""
    try:
        return reverse(action) if action else ""
    except NoReverseMatch:
        return ""


def _is_here(path: str) -> bool:
    if path.startswith(("//", "/\\")):
        return False
    try:
        resolve(path.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True


def leads_somewhere(value: str) -> None:
    """Refuse an action that leads to no page of this site."""
    if value and not address_of(value):
        raise ValidationError(_("There is no such page here. Write its path, such as /settings/profile/."))


class EngagementOption(models.Model):
    """One way of taking part, as the community offers it. One that is no longer offered stays with those who chose it."""

    class Icon(models.TextChoices):
        """What stands beside the name."""

        MEGAPHONE = "megaphone", _("megaphone")
        TALK = "messages-square", _("speech bubbles")
        PEN = "pen-line", _("pen")
        GROUP = "users", _("group")
        PLUS = "user-plus", _("new person")
        MICROPHONE = "mic", _("microphone")
        BADGE = "badge-check", _("badge")
        BOOKS = "library", _("books")
        HAND = "hand-heart", _("hand")
        COMPASS = "compass", _("compass")
        SPARK = "sparkles", _("spark")

    slug = models.SlugField(_("in addresses"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("what it means, in a sentence or two"), max_length=300)
    icon = models.CharField(_("picture"), max_length=20, choices=Icon.choices, default=Icon.SPARK)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)
    welcomes = models.BooleanField(
        _("talks with people who are invited"),
        default=False,
        help_text=_("Whoever offers it and lets visitors see it can be asked for a call on the page of an invitation."),
    )

    speaks = models.BooleanField(
        _("gives talks"), default=False, help_text=_("Whoever offers it hears of speaking slots, as often as the community allows.")
    )
    passes_on = models.BooleanField(
        _("passes the word on"),
        default=False,
        help_text=_("Whoever offers it is asked once a month, by mail, what they shared and with whom."),
    )

    objects = EngagementOptionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC, "name": Audience.PUBLIC, "text": Audience.PUBLIC}

    class Meta:
        verbose_name = _("way of taking part")
        verbose_name_plural = _("engagement menu")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class EngagementExample(models.Model):
    """One concrete thing that somebody can do, and where on this site it begins."""

    option = models.ForeignKey(EngagementOption, models.CASCADE, related_name="examples")
    text = models.CharField(_("example"), max_length=240)
    action_label = models.CharField(_("words of the link"), max_length=60, blank=True)
    action = models.CharField(
        _("where the link leads"),
        max_length=200,
        blank=True,
        validators=[leads_somewhere],
        help_text=_("A path of this site, such as /settings/profile/. Visitors sign in on the way. Empty: no link."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC, "action_label": Audience.PUBLIC, "action": Audience.PUBLIC}

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def url(self) -> str:
        """Where the link leads; empty where there is none."""
        return address_of(self.action) if self.action_label else ""


class EngagementOffer(models.Model):
    """One ambassador's tick on the menu: how often, for how long not, and who may know."""

    class Frequency(models.TextChoices):
        """How often somebody is glad to be asked."""

        NOW_AND_THEN = "now and then", _("now and then")
        MONTHLY = "monthly", _("about once a month")
        ANY_TIME = "any time", _("ask me any time")

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="offers")
    option = models.ForeignKey(EngagementOption, models.CASCADE, related_name="offers", verbose_name=_("way of taking part"))
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency.choices, default=Frequency.NOW_AND_THEN)
    note = models.CharField(
        _("anything to add"), max_length=240, blank=True, help_text=_("Such as: on school budgets; in French too; not in August.")
    )
    audience = AudienceField(_("who sees this"))
    paused_from = models.DateField(_("pause from"), null=True, blank=True)
    paused_until = models.DateField(_("back on"), null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)

    objects = EngagementOfferQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"note": OWN_CHOICE}

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("who offers what")
        ordering = ["option__position", "option__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "option"], name="offer_once_per_option"),
            models.CheckConstraint(
                condition=Q(paused_from__isnull=True) | Q(paused_until__isnull=True) | Q(paused_until__gt=F("paused_from")),
                name="offer_pause_ends_after_it_begins",
                violation_error_message=_("You would be back before you leave."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador}: {self.option}"

    def is_paused_on(self, day: date) -> bool:
        """Whether a pause covers `day` (see `EngagementOfferQuerySet.paused_on`)."""
        begun = self.paused_from <= day if self.paused_from else self.paused_until is not None
        return begun and (self.paused_until is None or self.paused_until > day)


class EngagementRequest(models.Model):
    """What the support team asks of some of those who offered it. They answer yes, not this time, or nothing."""

    class Status(models.TextChoices):
        """Only `ambassadors.engagement.workflow` moves it."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    option = models.ForeignKey(EngagementOption, models.SET_NULL, null=True, related_name="+", verbose_name=_("way of taking part"))
    subject = models.CharField(_("subject"), max_length=150)
    body = RichTextField(_("what you ask for"), help_text=_("What, for whom, by when, and how much time it may take."))
    needed_by = models.DateField(_("answer by"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    status = models.CharField(_("state"), max_length=6, choices=Status.choices, default=Status.OPEN)

    objects = EngagementRequestQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"subject": PARTIES, "body": PARTIES}

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests to those who offered")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:engagement-request-detail", args=[self.pk])


class EngagementAsk(models.Model):
    """One person who is asked. Saying nothing is an answer too: nobody is reminded."""

    class Answer(models.TextChoices):
        """What somebody said. Only `ambassadors.engagement.workflow` moves it."""

        NONE = "", _("no answer yet")
        YES = "yes", _("yes, gladly")
        NOT_NOW = "not now", _("not this time")
        SOMEBODY_ELSE = "somebody else", _("not me, but I know somebody")

    request = models.ForeignKey(EngagementRequest, models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="engagement_asks")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=14, choices=Answer.choices, default=Answer.NONE, blank=True)
    word = models.CharField(_("a word to go with it"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    door = models.CharField(max_length=10, choices=Via.choices, blank=True)

    objects = EngagementAskQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"word": PARTIES}

    class Meta:
        verbose_name = _("person who is asked")
        verbose_name_plural = _("people who are asked")
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="ask_once_per_request"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="ask_answered_has_a_date"),
        ]
        indexes = [models.Index(fields=["person", "-asked_at"], name="ask_of_person")]

    def __str__(self) -> str:
        return f"{self.request}: {self.person}"
