from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.outreach.querysets import (
    NetworkQuerySet,
    OutreachEntryQuerySet,
    OutreachQuestionQuerySet,
    SlotOfferQuerySet,
    SlotVolunteerQuerySet,
    SpeakingSlotQuerySet,
)
from ambassadors.outreach.reading import MOST_REACH, ROOM
from foundation.audiences import PARTIES, Audience
from foundation.models import Topic, Via
from foundation.models.taxonomy import Term

if TYPE_CHECKING:
    from datetime import date


class Network(Term):
    """With whom somebody shared something: a category, and the words by which it is known in a mail."""

    words = models.CharField(
        _("words that name it"),
        max_length=400,
        blank=True,
        help_text=_("With commas between them, singular and plural: “grantee, grantees, partners”. Mails are read for these."),
    )

    objects = NetworkQuerySet.as_manager()  # type: ignore[misc]  # its queryset knows the words too

    audiences: ClassVar[dict[str, str]] = {**Term.audiences, "words": Audience.STAFF}

    class Meta(Term.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("outreach: networks")


class SpeakingSlot(models.Model):
    """Somebody is wanted to speak somewhere. Members volunteer; whoever posted it, or the support team, gives it to one of them."""

    class Status(models.TextChoices):
        """Only `ambassadors.outreach.slots` moves it."""

        OPEN = "open", _("looking for a speaker")
        GIVEN = "given", _("has a speaker")
        CALLED_OFF = "called off", _("called off")

    title = models.CharField(_("what it is"), max_length=150)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    on = models.DateField(_("day of the talk"))
    is_online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("place"), max_length=160, blank=True)
    audience = models.CharField(_("who listens"), max_length=200)
    words = models.TextField(_("what they would like to hear"), max_length=2000, blank=True)
    wanted_by = models.DateField(_("decided by"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("posted by")
    )
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    speaker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="talks", verbose_name=_("speaker")
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = SpeakingSlotQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.MEMBERS,
        "place": Audience.MEMBERS,
        "audience": Audience.MEMBERS,
        "words": Audience.MEMBERS,
    }

    class Meta:
        verbose_name = _("speaking slot")
        verbose_name_plural = _("outreach: speaking slots")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status="given") | Q(speaker=None), name="slot_speaker_only_when_given"),
            models.CheckConstraint(
                condition=Q(wanted_by__lte=F("on")),
                name="slot_decided_before_it_is",
                violation_error_message=_("That would be decided after the talk."),
            ),
            models.CheckConstraint(condition=Q(is_online=True) | ~Q(place=""), name="slot_is_somewhere"),
        ]
        indexes = [models.Index(fields=["status", "on"], name="slot_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:slot-detail", args=[self.pk])

    def is_over_on(self, day: date) -> bool:
        """Whether the talk was before that day."""
        return self.on < day


class SlotVolunteer(models.Model):
    """One person who would speak. Who was not chosen, only they, whoever posted the slot and the support team ever know."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.outreach.slots` moves it."""

        OFFERED = "offered", _("would do it")
        CHOSEN = "chosen", _("speaks")
        THANKED = "thanked", _("not this time")
        WITHDRAWN = "withdrawn", _("cannot after all")

    slot = models.ForeignKey(SpeakingSlot, models.CASCADE, related_name="volunteers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.CharField(_("a few words"), max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    at = models.DateTimeField(default=timezone.now)

    objects = SlotVolunteerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        verbose_name = _("volunteer for a slot")
        constraints = [
            models.UniqueConstraint(fields=["slot", "person"], name="volunteer_once_a_slot"),
            models.UniqueConstraint(fields=["slot"], condition=Q(status="chosen"), name="slot_has_one_speaker"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.slot_id}"


class SlotOffer(models.Model):
    """One person to whom a slot was offered, because they ticked speaking and were there. Saying nothing is an answer, too."""

    slot = models.ForeignKey(SpeakingSlot, models.CASCADE, related_name="offers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = SlotOfferQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="slot_offer_once")]
        indexes = [models.Index(fields=["person", "-at"], name="slot_offer_of_person")]

    def __str__(self) -> str:
        return f"{self.slot_id} offered to {self.person}"


class OutreachQuestion(models.Model):
    """What did you pass on this month? Asked by mail once a month of those who ticked that they would, and answered or not."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.outreach.monthly` moves it."""

        ASKED = "asked", _("asked by mail")
        ANSWERED = "answered", _("answered")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outreach_questions")
    month = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = OutreachQuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="outreach_question_once_a_month")]

    def __str__(self) -> str:
        return f"{self.person} about {self.month:%B %Y}"


class OutreachEntry(models.Model):
    """What somebody shared, with whom, and how many people it reached. A draft is its writer's alone; what is logged, the team adds up."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.outreach.entries` moves it."""

        DRAFT = "draft", _("a draft: look at it and confirm")
        LOGGED = "logged", _("logged")
        REMOVED = "removed", _("taken back")

    class Certainty(models.TextChoices):
        """Where the number comes from. Numbers of the two kinds are never added up."""

        ESTIMATED = "estimated", _("estimated")
        MEASURED = "measured", _("measured: counted or reported")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outreach")
    what = models.CharField(_("what you shared"), max_length=ROOM)
    words = models.TextField(_("your words"), blank=True)
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("with whom"))
    reach = models.PositiveIntegerField(
        _("how many people"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_REACH)]
    )
    certainty = models.CharField(
        _("the number is"), max_length=10, choices=Certainty.choices, default=Certainty.ESTIMATED, blank=True
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    on = models.DateField(_("when"), default=timezone.localdate)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    question = models.ForeignKey(OutreachQuestion, models.SET_NULL, null=True, blank=True, related_name="entries")
    slot = models.ForeignKey(SpeakingSlot, models.SET_NULL, null=True, blank=True, related_name="entries")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OutreachEntryQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"what": PARTIES, "words": PARTIES, "link": PARTIES}

    class Meta:
        verbose_name = _("outreach entry")
        verbose_name_plural = _("outreach: what was shared")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status="draft") | Q(words=""), name="outreach_words_only_while_a_draft"),
            models.CheckConstraint(condition=~Q(status="logged") | ~Q(network=None), name="outreach_logged_says_with_whom"),
            models.CheckConstraint(condition=~Q(status="removed") | Q(what=""), name="outreach_removed_says_nothing"),
            models.UniqueConstraint(fields=["slot"], condition=Q(status="logged"), name="outreach_of_a_talk_once"),
        ]
        indexes = [models.Index(fields=["person", "-on", "-id"], name="outreach_of_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.on:%Y-%m-%d}"  # the history keeps it, and keeps no words

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:outreach-edit", args=[self.pk])

    @property
    def is_complete(self) -> bool:
        """Whether it can be logged as it is: it says what, and with whom."""
        return bool(self.what) and self.network_id is not None
