"""A host introduces two people: both are asked, each alone, and only two yeses ever show.

A no moves nothing but the row of whoever said it. Until the day on which the introduction lapses, a no, no answer, and somebody who was not
asked at all look the same to everybody else, and on that day it ends in the same way, with the same words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import outbox
from correspondence.outbox import batched
from discussions.models import Block
from discussions.threads.people import leave
from discussions.workflow import start_private_thread
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from welcome.introductions.rules import may_introduce
from welcome.models import Introduction, IntroductionSide

if TYPE_CHECKING:
    from ambassadors.models import User

LASTS = timedelta(days=14)
REST = timedelta(days=90)  # before the same host may propose the same two again, whatever came of it
OPEN_AT_ONCE = 10  # of one host
AT_ONCE = 200
S, A = Introduction.Status, IntroductionSide.Answer


def _own(user: User | None, side: IntroductionSide) -> bool:
    return user is not None and user.is_member and user.pk == side.person_id


ACCEPT = Transition(
    "said yes to an introduction", frozenset({A.ASKED, A.NOT_NOW}), A.YES, _own, gettext_lazy("Yes, gladly"), "answer"
)
DECLINE = Transition(
    "said not now to an introduction", frozenset({A.ASKED, A.YES}), A.NOT_NOW, _own, gettext_lazy("Not now"), "answer"
)
MAKE = Transition("introduced two people", frozenset({S.ASKED}), S.MADE, anybody)
LAPSE = Transition("let an introduction lapse", frozenset({S.ASKED}), S.LAPSED, anybody)


@transaction.atomic
def propose(one: User, two: User, reason: str, *, by: User, via: Via = Via.WEB) -> Introduction:
    """Ask two members, each alone, whether they would like to meet.

    Raises PermissionDenied for whoever is no host, ValidationError with the same words whoever of them said what before.
    """
    if not may_introduce(by):
        raise PermissionDenied(_("Introductions are made by those who lead a space, and by the support team."))
    # Pressed twice, the second press waits here, and finds the first one's row.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    _check(one, two, reason, by)
    now = timezone.now()
    made: Introduction = Introduction.objects.create(host=by, reason=reason.strip(), asked_at=now, lapses_at=now + LASTS)
    sides = [IntroductionSide.objects.create(introduction=made, seat=seat, person=who) for seat, who in ((1, one), (2, two))]
    record("proposed an introduction", made, by=by, via=via)
    for side, person in zip(sides, (one, two), strict=True):
        # Whoever blocked the other or the host has no side that they see, and gets no mail.
        if IntroductionSide.objects.visible_to(person).filter(pk=side.pk).exists():
            outbox.post("introduction_asked", person, key=f"introduction-asked:{side.pk}", side=side.pk)
    return made


def _check(one: User, two: User, reason: str, by: User) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why these two should meet: both read it."))
    if one.pk == two.pk or by.pk in {one.pk, two.pk}:
        raise ValidationError(_("Name two different people beside yourself. To meet somebody yourself, write to them."))
    if not (one.is_member and two.is_member):
        raise ValidationError(_("Both have to be members who are here today."))
    own = Introduction.objects.visible_to(by)
    last = own.of_both(one, two).filter(asked_at__gt=timezone.now() - REST).order_by("-asked_at").first()
    if last is not None:
        day = date_format(timezone.localtime(last.asked_at + REST))
        raise ValidationError(_("You have proposed this not long ago. You can propose it again from %(day)s.") % {"day": day})
    if own.open().count() >= OPEN_AT_ONCE:
        raise ValidationError(_("Ten of your introductions are open. Wait until one of them is made, or over."))


@transaction.atomic
def answer(side: IntroductionSide, *, by: User, is_yes: bool, via: Via = Via.WEB) -> bool:
    """Say yes, or not now; return whether the introduction is made by it. One can change one's mind until its day has come.

    Raises PermissionDenied when it is not one's own, TransitionRefused when it is made or over.
    """
    if not _own(by, side):
        raise PermissionDenied("An introduction is answered by whoever was asked.")
    # Both may say yes at the same moment: the second waits here, and finds the first one's.
    held: Introduction = Introduction.objects.select_for_update(no_key=True).get(pk=side.introduction_id)
    now = timezone.now()
    open_to = IntroductionSide.objects.visible_to(by).filter(pk=side.pk, introduction__lapses_at__gt=now)
    if held.status != S.ASKED or not open_to.exists():
        raise TransitionRefused(f"{held} is over")
    side.refresh_from_db()
    move = ACCEPT if is_yes else DECLINE
    if side.answer != move.target:
        apply(move, side, by=by, via=via, about=by, at=now)
        IntroductionSide.objects.filter(pk=side.pk).update(via=via)
    return is_yes and _make(held, via)


def _make(held: Introduction, via: Via) -> bool:
    """Where both have said yes: begin their private conversation with the host's words, which the host then leaves to them."""
    sides = list(held.sides.select_related("person__ambassador").order_by("seat"))
    people = [side.person for side in sides if side.person is not None and side.answer == A.YES]
    host = held.host
    if len(people) < 2 or host is None or not host.is_member or not all(person.is_member for person in people):
        return False
    one, two = people
    if Block.objects.filter(Q(person__in=[host, one, two], blocked__in=[host, one, two])).exists():
        return False
    subject = _("%(one)s, meet %(two)s") % {"one": one.shown_name, "two": two.shown_name}
    thread = start_private_thread(by=host, to=one, also=[two], subject=subject, body=held.reason, via=via)
    leave(thread, by=host, via=via)
    apply(MAKE, held, by=None, via=via, thread=thread, ended_at=timezone.now())
    outbox.post("introduction_over", host, key=f"introduction-over:{held.pk}", introduction=held.pk)
    return True


def lapse_all() -> int:
    """Let those lapse whose day has come, and tell their hosts; return how many mails that made."""
    keys = Introduction.objects.past(timezone.now()).order_by("pk").values_list("pk", flat=True)
    return sum(_lapse(pk) for batch in batched(keys.iterator(chunk_size=AT_ONCE), AT_ONCE) for pk in batch)


@transaction.atomic
def _lapse(pk: int) -> bool:
    held = Introduction.objects.select_for_update(no_key=True, of=("self",)).select_related("host").get(pk=pk)
    if held.status != S.ASKED:  # the second yes, or another clock, was here while we waited
        return False
    apply(LAPSE, held, by=None, via=Via.CLOCK, ended_at=held.lapses_at)
    if held.host is None:
        return False
    outbox.post("introduction_over", held.host, key=f"introduction-over:{held.pk}", introduction=held.pk)
    return True
