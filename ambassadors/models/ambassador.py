from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models.organization import Organization
from ambassadors.querysets import AmbassadorQuerySet
from foundation.audiences import OWN_CHOICE, Audience, AudienceField
from foundation.fields import RichTextField
from foundation.models import Place, RoleLabel, Sector, Topic, Upload

BIO_ROOM = 6000  # characters that one reads; the markup is not counted


class Ambassador(models.Model):
    """A member of the community. Every field about the person has an audience of its own, chosen by that person.

    `<field>_audience` stands beside each field of `SHOWN`; `listed_for` says who finds the profile at all, and `alumni_listed_for` who
    finds it once its owner has left. Whether somebody is only observing for now is theirs alone: nobody else is told, staff included.
    """

    class Status(models.TextChoices):
        """Where someone stands. Only `ambassadors.workflow` moves it."""

        LISTED = "listed", _("on the roster, not invited to sign in yet")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("pausing")
        ALUMNI = "alumni", _("alumni")
        REMOVED = "removed", _("removed")

    class TechComfort(models.TextChoices):
        """How somebody gets on with websites like this one. Nobody has to say."""

        AT_HOME = "at home", _("at home on websites")
        GETS_ALONG = "gets along", _("gets along with websites")
        LIKES_A_HAND = "likes a hand", _("would like a hand with websites")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ambassador", verbose_name=_("account"))
    slug = models.SlugField(_("address of the profile"), max_length=80, unique=True)
    status = models.CharField(_("standing"), max_length=10, choices=Status.choices, default=Status.LISTED)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="ambassadors", verbose_name=_("organisation")
    )
    job_title = models.CharField(_("what you do there"), max_length=120, blank=True)
    role_labels = models.ManyToManyField(
        RoleLabel,
        blank=True,
        related_name="ambassadors",
        verbose_name=_("role labels"),
        help_text=_("From which seats you speak. They stand under your name."),
    )
    sector = models.ForeignKey(Sector, models.SET_NULL, null=True, blank=True, related_name="ambassadors", verbose_name=_("sector"))
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="ambassadors", verbose_name=_("place"))
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("In which one can talk with you, with commas between them.")
    )
    photo = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo"))
    small_photo = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    whole_photo = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    # Where the square lies on the whole photo: its middle, in hundredths of the way across and down, and how near one looks.
    crop_across = models.PositiveSmallIntegerField(default=50, editable=False)
    crop_down = models.PositiveSmallIntegerField(default=50, editable=False)
    crop_zoom = models.PositiveSmallIntegerField(default=100, editable=False)
    topics = models.ManyToManyField(
        Topic,
        blank=True,
        related_name="ambassadors",
        verbose_name=_("topics"),
        help_text=_("What you know about. Others find you by them."),
    )
    ask_me_about = models.CharField(
        _("ask me about"),
        max_length=240,
        blank=True,
        help_text=_("A few things that others may ask you about, such as: talking with funders, surveys that families answer."),
    )
    bio = RichTextField(_("about you"), blank=True)
    walk_the_talk = RichTextField(
        _("how you walk the talk"),
        blank=True,
        help_text=_("How what this community stands for shows in your own work."),
    )
    evidence = models.JSONField(_("where one can see it"), default=list, blank=True)
    away_until = models.DateField(
        _("away until"),
        null=True,
        blank=True,
        help_text=_("The first day on which you can be asked again. Until then nobody is told to ask you."),
    )
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours a month"), null=True, blank=True, help_text=_("How much time you would like to give, roughly.")
    )
    tech_comfort = models.CharField(
        _("how you get on with websites like this one"),
        max_length=12,
        choices=TechComfort.choices,
        blank=True,
        help_text=_("So that whoever welcomes you, or works with you in a pair, complements you."),
    )
    is_observing = models.BooleanField(
        _("I am observing for now"), default=False, help_text=_("Reading along is taking part. Nobody but you sees this.")
    )
    listed_for = AudienceField(_("who can find you here"), default=Audience.MEMBERS)
    alumni_listed_for = AudienceField(_("who can find you here after you have left"), default=Audience.STAFF)
    organization_audience = AudienceField(_("who sees your organisation"))
    job_title_audience = AudienceField(_("who sees what you do there"))
    role_labels_audience = AudienceField(_("who sees your role labels"))
    sector_audience = AudienceField(_("who sees your sector"))
    place_audience = AudienceField(_("who sees your place"))
    languages_audience = AudienceField(_("who sees your languages"))
    photo_audience = AudienceField(_("who sees your photo"))
    topics_audience = AudienceField(_("who sees your topics"))
    ask_me_about_audience = AudienceField(_("who sees what you can be asked about"))
    bio_audience = AudienceField(_("who sees the text about you"))
    walk_the_talk_audience = AudienceField(_("who sees how you walk the talk"))
    away_until_audience = AudienceField(_("who sees until when you are away"))
    hours_a_month_audience = AudienceField(_("who sees your hours"), default=Audience.STAFF)
    tech_comfort_audience = AudienceField(_("who sees how you get on with websites"), default=Audience.STAFF)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    paused_until = models.DateField(_("pausing until"), null=True, blank=True)

    objects = AmbassadorQuerySet.as_manager()

    holds_uploads = True

    SHOWN: ClassVar[tuple[str, ...]] = (
        "organization",
        "job_title",
        "role_labels",
        "sector",
        "place",
        "languages",
        "photo",
        "ask_me_about",
        "topics",
        "bio",
        "walk_the_talk",
        "away_until",
        "hours_a_month",
        "tech_comfort",
    )

    audiences: ClassVar[dict[str, str]] = {
        "slug": OWN_CHOICE,
        "job_title": OWN_CHOICE,
        "languages": OWN_CHOICE,
        "ask_me_about": OWN_CHOICE,
        "bio": OWN_CHOICE,
        "walk_the_talk": OWN_CHOICE,
        "tech_comfort": OWN_CHOICE,
        "evidence": OWN_CHOICE,  # that of walk_the_talk
    }

    class Meta:
        verbose_name = _("ambassador")
        verbose_name_plural = _("ambassadors")
        ordering = ["user__sort_name", "pk"]
        # Each digest and each desk tells who is new.
        indexes = [models.Index(fields=["-joined_at"], name="ambassador_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["active", "paused", "alumni"]) | Q(joined_at__isnull=False),
                name="ambassador_who_joined_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="listed") | ~Q(listed_for="public"), name="ambassador_on_the_roster_is_not_public"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:ambassador-detail", args=[self.slug])

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def time_zone(self) -> str:
        return self.user.time_zone

    @property
    def belongs(self) -> bool:
        """Whether this person is one of the community today (see `AmbassadorQuerySet.belonging`)."""
        return self.status in {"listed", "active", "paused"}
