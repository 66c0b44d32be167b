from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.models.outgoing import new_nonce
from correspondence.querysets_inbound import InboundMailQuerySet, ReplyAddressQuerySet
from foundation.audiences import NOBODY, PARTIES, Audience
from foundation.secrecy import address_token

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail


class ReplyAddress(models.Model):
    """An address of ours that stands for one person's word on one thing: `reply+<token>@` for Bob in this thread.

    The token is derived from the row under a key outside the database. It says who may be speaking and about what; that the mail
    also comes from one of that person's verified addresses is asked when it arrives.
    """

    prefix = models.SlugField(max_length=12)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.CharField(max_length=40)
    target = GenericForeignKey("target_type", "target_id")
    nonce = models.CharField(max_length=32, default=new_nonce)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReplyAddressQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"prefix": NOBODY, "target_id": NOBODY, "nonce": NOBODY}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "person", "target_type", "target_id"], name="reply_address_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}+… of {self.person}"

    @property
    def local_part(self) -> str:
        """What stands before the @: made anew each time, always the same."""
        return self.as_address(self.prefix)

    def as_address(self, prefix: str) -> str:
        """What stands before the @ for another act on the same thing, such as `mute+…` beside `reply+…`: the token of one does no other."""
        return f"{prefix}+{address_token(prefix, self.pk, self.nonce)}"


class InboundMail(models.Model):
    """One mail that reached us, stored raw before anybody looks at it, and what became of it.

    The same mail to the same address is one row, however often and however parallel it is delivered. The raw text lives for
    30 days, the rest for a year. Staff see the envelope and the outcome, never the words.
    """

    class State(models.TextChoices):
        """How far we have come with it."""

        RECEIVED = "received", _("stored, not looked at yet")
        SETTLED = "settled", _("settled")
        STUCK = "stuck", _("could not be worked on: somebody must look")

    class Outcome(models.TextChoices):
        """What became of it. `held` waits for somebody's word; nothing else moves on."""

        POSTED = "posted", _("done as it asked")
        HELD = "held", _("held until its writer confirms it, or a leader takes it in")
        REFUSED = "refused", _("refused, and the words sent back")
        IGNORED = "ignored", _("written by a machine: kept, not answered")
        DISCARDED = "discarded", _("thrown away")

    class Reason(models.TextChoices):
        """Why it was not simply done. The sentences for people are in `correspondence.inbound.reasons`."""

        UNKNOWN_ADDRESS = "unknown address", _("no such address here")
        NOT_A_MEMBER = "not a member", _("its reply address belongs to somebody who is not an active member")
        UNVERIFIED_SENDER = "unverified sender", _("not sent from a verified address of the member")
        OTHER_MEMBER = "other member", _("sent by another member than the reply address belongs to")
        FAILED_CHECKS = "failed checks", _("the sender's domain says this mail is not from there")
        OTHER_SUBJECT = "other subject", _("a new subject, sent to an old reply address")
        SAME_AGAIN = "same again", _("the same words as the mail before")
        TOO_MANY = "too many", _("too many mails in a short time")
        NOT_PROVEN = "not proven", _("nothing proves that the member sent it")
        FROM_OUTSIDE = "from outside", _("from somebody who does not begin conversations there: its leaders decide")
        NOT_CLEAR = "not clear", _("we could not tell what it asks")
        NOT_OPEN = "not open", _("what it answers is closed or gone")
        EMPTY = "empty", _("no words in it")
        TOO_LARGE = "too large", _("too large")
        AUTOMATIC = "automatic", _("an automatic answer")
        PERHAPS_AUTOMATIC = "perhaps automatic", _("reads like an automatic answer")
        BOUNCE = "bounce", _("a delivery report")
        COMPLAINT = "complaint", _("a report that a mail of ours is unwanted")
        OWN_MAIL = "own mail", _("our own mail, come back")
        OUR_FAULT = "our fault", _("our software failed on it")

    identity = models.CharField(max_length=300, help_text=_("its Message-ID, or a hash of the whole when it has none"))
    recipient = models.CharField(max_length=320, blank=True)
    envelope_sender = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=320, blank=True, help_text=_("the address in its From"))
    raw = models.BinaryField(null=True)
    size = models.PositiveIntegerField(help_text=_("bytes"))
    is_cut = models.BooleanField(default=False, help_text=_("larger than we take: only the beginning was stored"))
    received_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text=_("a sentence for its writer, where its target could say more"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.ForeignKey(ReplyAddress, models.SET_NULL, null=True, blank=True, related_name="+")
    target_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, related_name="+")
    target_id = models.CharField(max_length=40, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    answered = models.BooleanField(default=False, help_text=_("whether we wrote back about it"))

    objects = InboundMailQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "identity": Audience.STAFF,
        "recipient": NOBODY,  # it holds a token
        "envelope_sender": Audience.STAFF,
        "sender": Audience.STAFF,
        "raw": PARTIES,
        "outcome": Audience.STAFF,
        "reason": Audience.STAFF,
        "why": PARTIES,
        "target_id": Audience.STAFF,
    }

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["identity", "recipient"], name="inbound_mail_once")]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(state="received"), name="inbound_mail_in_hand"),
            models.Index(fields=["sender", "-received_at"], name="inbound_mail_of_sender"),
            models.Index(
                fields=["target_type", "target_id", "received_at"],
                condition=models.Q(person=None),
                name="inbound_mail_from_outside",
            ),
            models.Index(fields=["person", "-received_at"], name="inbound_mail_of_person"),
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk} from {self.sender or 'nobody'}"

    def get_absolute_url(self) -> str:
        return reverse("inbound:mail-detail", args=[self.pk])

    def address_of_made(self) -> str:
        """The address of what the mail became, or its own."""
        made: Any = self.target
        return str(made.get_absolute_url() if hasattr(made, "get_absolute_url") else self.get_absolute_url())

    @property
    def is_held(self) -> bool:
        """Whether its writer can still post it or throw it away."""
        return self.outcome == self.Outcome.HELD

    def parsed(self) -> ParsedMail:
        """Return the mail taken apart; an empty one when its raw text has been purged."""
        from correspondence.inbound.parsing import parse  # deferred: the reading of mail stands above its storing

        return parse(bytes(self.raw or b""))
