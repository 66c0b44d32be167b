"""Offering oneself as a welcome buddy, and the words that may leave in one's name. Only the person themselves approves them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.models import Topic, Via
from foundation.workflow import record
from welcome.buddies import workflow
from welcome.buddies.words import check_words
from welcome.models import Buddy, BuddyMatch, BuddyText

if TYPE_CHECKING:
    from ambassadors.models import User

BEFORE_THE_WELCOME = ("proposed", "confirmed")


@transaction.atomic
def offer(by: User, *, capacity: int, topics: Collection[Topic] = (), note: str = "", via: Via = Via.WEB) -> Buddy:
    """Offer to welcome newcomers, again, or otherwise than before. Raises PermissionDenied for who is no ambassador here."""
    _refuse_strangers(by)
    said = {"capacity": capacity, "note": note}
    buddy, is_new = Buddy.objects.get_or_create(person=by, defaults=said)
    buddy = _held(buddy)
    began = is_new or not buddy.is_offering
    Buddy.objects.filter(pk=buddy.pk).update(is_offering=True, **({"offered_at": timezone.now()} if began else {}), **said)
    buddy.topics.set(topics)
    record("offered to welcome newcomers" if began else "changed the offer to welcome newcomers", buddy, by=by, via=via, about=by)
    buddy.refresh_from_db()
    return buddy


def stop(buddy: Buddy, *, by: User, via: Via = Via.WEB) -> None:
    """Welcome nobody else. Newcomers who have not heard of them yet get somebody else; whoever was welcomed keeps the conversation."""
    _refuse_others(buddy, by)
    with transaction.atomic():
        if not Buddy.objects.filter(pk=buddy.pk, is_offering=True).update(is_offering=False):
            return
        record("stopped offering to welcome newcomers", buddy, by=by, via=via, about=by)
    for match in BuddyMatch.objects.filter(buddy=buddy, status__in=BEFORE_THE_WELCOME).order_by("pk"):
        workflow.replace_before_welcome(match, BuddyMatch.EndedWhy.BUDDY_LEFT, via=via)
    buddy.refresh_from_db()


@transaction.atomic
def write_words(buddy: Buddy, words: str, *, by: User, via: Via = Via.WEB) -> BuddyText:
    """Keep the words as a new edition, to be read through and approved. The same words again are the edition that is there."""
    _refuse_others(buddy, by)
    words = words.replace("\r\n", "\n").strip()
    check_words(words)
    if not words:
        raise ValidationError(_("Write a few words first."))
    _held(buddy)
    newest = BuddyText.objects.filter(buddy=buddy).first()
    if newest is not None and newest.words == words and newest.withdrawn_at is None:
        return newest
    made = BuddyText.objects.create(buddy=buddy, number=newest.number + 1 if newest else 1, words=words)
    record("wrote words of welcome", made, by=by, via=via, about=by)
    return made


@transaction.atomic
def approve_words(buddy: Buddy, number: int, *, by: User, via: Via = Via.WEB) -> BuddyText:
    """Let newcomers be welcomed in one's name with exactly the edition that one has read.

    Raises ValidationError when there is a newer one by now. Nobody approves words for somebody else, staff included.
    """
    _refuse_others(buddy, by)
    _held(buddy)
    newest = BuddyText.objects.filter(buddy=buddy).first()
    if newest is None or newest.number != number:
        raise ValidationError(_("There is a newer edition of your words. Please read that one."))
    if newest.withdrawn_at is not None:
        raise ValidationError(_("You took your approval of these words back. Save them once more, then approve them."))
    if BuddyText.objects.filter(pk=newest.pk, approved_at=None).update(approved_at=timezone.now()):
        record("approved words of welcome", newest, by=by, via=via, about=by, note=str(number))
    newest.refresh_from_db()
    return newest


@transaction.atomic
def withdraw_approval(buddy: Buddy, *, by: User, via: Via = Via.WEB) -> int:
    """Take back the approval of all words: nothing leaves in one's name until one approves some anew. Return how many it were."""
    _refuse_others(buddy, by)
    _held(buddy)
    texts = list(BuddyText.objects.in_force().filter(buddy=buddy))
    BuddyText.objects.filter(pk__in=[text.pk for text in texts]).update(withdrawn_at=timezone.now())
    for text in texts:
        record("took back the approval of words of welcome", text, by=by, via=via, about=by, note=str(text.number))
    return len(texts)


def _held(buddy: Buddy) -> Buddy:
    """The offer, held until the end of the transaction: editions are numbered and approved one after the other."""
    found: Buddy = Buddy.objects.select_for_update(no_key=True).get(pk=buddy.pk)
    return found


def _refuse_strangers(person: User) -> None:
    own: Any = getattr(person, "ambassador", None)
    if not person.is_active or own is None or own.status not in ("active", "paused"):
        raise PermissionDenied(_("Only ambassadors welcome newcomers."))


def _refuse_others(buddy: Buddy, by: User) -> None:
    _refuse_strangers(by)
    if buddy.person_id != by.pk:
        raise PermissionDenied(_("Only they themselves decide about their offer and their words."))
