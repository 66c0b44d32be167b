"""What the writer of a held or refused mail does with it: post it after all, or throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from correspondence.inbound.receiving import carried_out
from correspondence.inbound.registry import Delivery, door_of, split_recipient
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.owners import owner_of
from foundation.uploads import only_kept_files
from foundation.workflow import Transition, TransitionRefused, apply

if TYPE_CHECKING:
    from ambassadors.models import User

Outcome, Reason = InboundMail.Outcome, InboundMail.Reason
# A conversation that was closed may be open again, a member may have come back, our software may be mended.
MAY_HAVE_PASSED = {Reason.NOT_OPEN, Reason.NOT_A_MEMBER, Reason.OUR_FAULT}


def is_its_person(user: User | None, mail: InboundMail) -> bool:
    """Only the member in whose name it came, while they are one."""
    return user is not None and mail.person_id == user.pk and user.is_member


def may_be_posted_yet(user: User | None, mail: InboundMail) -> bool:
    """A refused mail of the person's own, from an address of theirs, where what stood in its way may have passed."""
    passing = mail.reason in MAY_HAVE_PASSED and mail.address_id is not None and mail.raw is not None
    return passing and is_its_person(user, mail) and owner_of(mail.sender) == mail.person_id


POST = Transition("posted a held mail", frozenset({Outcome.HELD}), Outcome.POSTED, is_its_person, field="outcome")
POST_REFUSED = Transition(
    "posted a mail that came back", frozenset({Outcome.REFUSED}), Outcome.POSTED, may_be_posted_yet, field="outcome"
)
DISCARD = Transition("threw a held mail away", frozenset({Outcome.HELD}), Outcome.DISCARDED, is_its_person, field="outcome")


@only_kept_files()
@transaction.atomic
def post_yet(mail: InboundMail, *, by: User, via: Via = Via.WEB) -> InboundMail:
    """Do what the mail asks, on the word of its person; raises TransitionRefused with the reason when that is not possible."""
    # The row is locked first: pressed twice, the second press finds it posted.
    locked: InboundMail = (
        InboundMail.objects.select_for_update(no_key=True, of=("self",)).select_related("address__person").get(pk=mail.pk)
    )
    apply(POST_REFUSED if locked.outcome == Outcome.REFUSED else POST, locked, by=by, via=via)
    if not locked.raw or not _leads_somewhere(locked):
        raise TransitionRefused(_("Its words are no longer here."))
    token = split_recipient(locked.recipient)[1]
    verdict = carried_out(Delivery(locked, locked.parsed(), token, by, locked.address, confirmed=True))
    if verdict.outcome != Outcome.POSTED:
        raise TransitionRefused(verdict.why or _("The conversation it answers is closed, or no longer open to you."))
    if verdict.target is not None:
        locked.target = verdict.target
        locked.save(update_fields=["target_type", "target_id"])
    return locked


def _leads_somewhere(mail: InboundMail) -> bool:
    """Its address is still somebody's; one without a secret is nobody's own, and has no row."""
    door = door_of(mail.recipient)
    return door is not None and (door.by_sender or mail.address is not None)


def can_be_posted(mail: InboundMail, *, by: User) -> bool:
    """Whether to show the button."""
    return mail.raw is not None and (POST.offered_to(by, mail) or POST_REFUSED.offered_to(by, mail))


@transaction.atomic
def discard_held(mail: InboundMail, *, by: User, via: Via = Via.WEB) -> None:
    """Throw it away, words included."""
    if not is_its_person(by, mail):
        raise PermissionDenied
    apply(DISCARD, mail, by=by, via=via, raw=None)
