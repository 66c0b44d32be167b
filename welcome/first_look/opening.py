"""Opening and closing a first look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.workflow import start_thread
from foundation.models import Via
from foundation.workflow import Transition, apply
from welcome.first_look import rules, telling
from welcome.first_look.pairing import both_like_a_hand
from welcome.first_look.people import hold_profiles, lookers
from welcome.first_look.preparing import held
from welcome.models import FirstLook, LookPair

if TYPE_CHECKING:
    from ambassadors.models import User

S = FirstLook.Status
OPEN = Transition("opened a first look", frozenset({S.PREPARING}), S.OPEN, rules.runs_look, gettext_lazy("Open it"))
CLOSE = Transition("closed a first look", frozenset({S.OPEN}), S.CLOSED, rules.runs_look, gettext_lazy("Close it"))


@transaction.atomic
def open_look(look: FirstLook, *, by: User, via: Via = Via.WEB) -> None:
    """Begin the conversation about it in `by`'s name, and tell the pairs. What was fine when a pair was made is asked once more."""
    locked = held(look, by)
    pairs = list(LookPair.objects.filter(look=locked).with_people())
    if not pairs:
        raise ValidationError(_("Make at least one pair first."))
    if locked.due_on < timezone.localdate():
        raise ValidationError(_("The day by which answers are wanted has passed: choose another one."))
    for pair in pairs:
        _is_a_pair(pair)
    if locked.status == S.PREPARING:
        thread = start_thread(locked.space, by=by, subject=locked.title, body=_first_words(locked), via=via)
        apply(OPEN, locked, by=by, via=via, opened_at=timezone.now(), thread=thread)
    else:
        apply(OPEN, locked, by=by, via=via)
    for pair in pairs:
        pair.look = locked
        telling.tell_pair(pair)


@transaction.atomic
def close_look(look: FirstLook, *, by: User, via: Via = Via.WEB) -> None:
    """Take no more answers. What was sent stays as it is, and can be discussed."""
    apply(CLOSE, held(look, by), by=by, via=via, closed_at=timezone.now())


def _is_a_pair(pair: LookPair) -> None:
    people = [seat.person for seat in pair.people if seat.person.is_member]
    if len(people) < 2:
        raise ValidationError(_("Pair %(number)d is not two people any more: mend it first.") % {"number": pair.number})
    keys = [person.pk for person in people]
    hold_profiles(keys)
    if both_like_a_hand(lookers(keys).values()) and not pair.why_together:
        said = _("In pair %(number)d both would like a hand with websites by now. Make another pair, or say why all the same.")
        raise ValidationError(said % {"number": pair.number})


def _first_words(look: FirstLook) -> str:
    questions = "\n".join(f"{one.position}. {one.text}" for one in look.questions.all())
    beginning = look.words.strip() or _("Some of us look around here in pairs, with fresh eyes, and say what they find.")
    where = _("What the pairs answer stands here, and can be taken up in this conversation: %(url)s")
    page = where % {"url": settings.SITE_URL + look.get_absolute_url()}
    return "\n\n".join([beginning, _("We ask:"), questions, page])
