from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models import Thread
from foundation.audiences import PARTIES, Audience
from foundation.models import Topic
from welcome.querysets import BuddyMatchQuerySet, BuddyQuerySet, BuddyTextQuerySet


class Buddy(models.Model):
    """Somebody who offered to welcome newcomers. Languages, place and comfort with technology are those of the profile."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="buddy", verbose_name=_("person"))
    is_offering = models.BooleanField(_("I welcome newcomers"), default=True)
    capacity = models.PositiveSmallIntegerField(
        _("newcomers at a time, at most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("topics"), help_text=_("None: those of your profile.")
    )
    note = models.CharField(_("anything that the support team should know"), max_length=240, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)

    objects = BuddyQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"note": Audience.STAFF}

    class Meta:
        verbose_name = _("welcome buddy")
        verbose_name_plural = _("welcome buddies")
        constraints = [models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=10), name="buddy_has_room_for_one_to_ten")]

    def __str__(self) -> str:
        return str(self.person)


class BuddyText(models.Model):
    """One edition of the words that welcome newcomers in a buddy's name. Nothing leaves in their name that they have not approved."""

    buddy = models.ForeignKey(Buddy, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(_("your words"))
    written_at = models.DateTimeField(default=timezone.now)
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text=_("when the approval was taken back"))

    objects = BuddyTextQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["buddy", "number"], name="buddy_text_number_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(approved_at__isnull=False), name="buddy_text_withdrawn_was_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buddy}: {self.number}"


class BuddyMatch(models.Model):
    """One newcomer and who welcomes them. Of each newcomer one match lives at a time, and one alone carries the first welcome."""

    class Status(models.TextChoices):
        """Where the two stand. Only `welcome.buddies.workflow` moves it."""

        PROPOSED = "proposed", _("suggested")
        CONFIRMED = "confirmed", _("confirmed, the welcome is on its way")
        WELCOMED = "welcomed", _("welcomed, the buddy has not written yet")
        TOGETHER = "together", _("in touch")
        ENDED = "ended", _("over")
        REPLACED = "replaced", _("somebody else took over")
        WITHDRAWN = "withdrawn", _("taken back before the welcome")

    class EndedWhy(models.TextChoices):
        """Why it is over: of a newcomer who asked for somebody else, no reason is asked."""

        ASKED = "asked", _("the newcomer asked for somebody else")
        SILENT = "silent", _("the buddy was silent")
        BUDDY_AWAY = "buddy away", _("the buddy was away or pausing")
        BUDDY_LEFT = "buddy left", _("the buddy left or offers it no longer")
        NEWCOMER_LEFT = "newcomer left", _("the newcomer left")
        TEAM = "team", _("the support team chose somebody else")
        DONE = "done", _("they have arrived")

    newcomer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="buddy_matches", verbose_name=_("newcomer"))
    buddy = models.ForeignKey(Buddy, models.SET_NULL, null=True, related_name="matches", verbose_name=_("buddy"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    reasons = models.JSONField(
        _("reasons"), default=list, blank=True, help_text=_("names of the reasons and what they speak of, as `suggest` gives them")
    )
    text = models.ForeignKey(BuddyText, models.SET_NULL, null=True, blank=True, related_name="+")
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")
    after = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("the match it replaces")
    )
    takes_over = models.BooleanField(default=False, help_text=_("an earlier buddy had welcomed this newcomer before"))
    proposed_at = models.DateTimeField(_("suggested"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    send_at = models.DateTimeField(_("the welcome leaves"), null=True, blank=True)
    welcomed_at = models.DateTimeField(_("welcomed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("the buddy was reminded"), null=True, blank=True)
    offered_at = models.DateTimeField(_("the team was offered somebody else"), null=True, blank=True)
    ended_at = models.DateTimeField(_("over since"), null=True, blank=True)
    ended_why = models.CharField(_("why it is over"), max_length=14, choices=EndedWhy.choices, blank=True)

    objects = BuddyMatchQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"reasons": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("buddy of a newcomer")
        verbose_name_plural = _("newcomers and buddies")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["newcomer"],
                condition=Q(status__in=["proposed", "confirmed", "welcomed", "together"]),
                name="buddy_match_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["newcomer"],
                condition=Q(welcomed_at__isnull=False, takes_over=False),
                name="buddy_match_one_first_welcome",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["welcomed", "together"]) | Q(welcomed_at__isnull=False),
                name="buddy_match_welcomed_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["send_at"], condition=Q(status="confirmed"), name="buddy_match_to_welcome")]

    def __str__(self) -> str:
        return f"Buddy match {self.pk}"
