"""Who may do what with a nomination. Whatever their duty, nobody has one in the case of somebody they nominated, or in their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ambassadors.models import Nomination, NominationMatch, Recusal, VettingDuty

if TYPE_CHECKING:
    from ambassadors.models import User


def is_nominator(user: User | None, nomination: Nomination) -> bool:
    """The one who wrote it, while they are a member."""
    return user is not None and user.pk == nomination.nominator_id and bool(user.is_member)


def leads(user: User | None, nomination: Nomination | None = None) -> bool:
    """The vetting leads run the queue."""
    return _has_duty(user, nomination, "leads")


def leads_both(user: User | None, match: NominationMatch) -> bool:
    """Whether two nominations are one is said by a lead who may read both."""
    return leads(user, match.nomination) and (match.other is None or leads(user, match.other))


def decides(user: User | None, nomination: Nomination | None = None) -> bool:
    """Those who are named to decide."""
    return _has_duty(user, nomination, "deciders")


def leads_or_decides(user: User | None, nomination: Nomination | None = None) -> bool:
    """Those who see the whole queue."""
    return leads(user, nomination) or decides(user, nomination)


def is_nominator_or_leads(user: User | None, nomination: Nomination) -> bool:
    """One takes one's own nomination back; a lead does it for one."""
    return is_nominator(user, nomination) or leads(user, nomination)


def is_barred(user: User, nomination: Nomination) -> bool:
    """Whether `user` nominated the person (a nomination that was joined to it counts), is the person, or has stepped back from the case."""
    return (
        user.pk in {nomination.nominator_id, nomination.nominee_id}
        or Recusal.objects.filter(nomination=nomination, person=user).exists()
        or Nomination.objects.filter(joined_to=nomination, nominator=user).exists()
    )


def _has_duty(user: User | None, nomination: Nomination | None, duty: str) -> bool:
    if user is None or not user.is_active or not user.is_staff:
        return False
    if nomination is not None and is_barred(user, nomination):
        return False
    if nomination is None and "vetting_duty" in user._state.fields_cache:  # read with the reader: the admin asks many times a page
        own = user._state.fields_cache["vetting_duty"]
        return own is not None and bool(own.is_lead if duty == "leads" else own.decides)
    return bool(getattr(VettingDuty.objects, duty)().filter(person=user).exists())


def opens_queue(reader: Any) -> bool:
    """Whether the pages of the queue have a door for the reader: asked by each entry of the admin, so it is read once with the reader.

    What is done behind the door asks the database again.
    """
    duty = getattr(reader, "vetting_duty", None)
    return bool(reader.is_active and reader.is_staff and duty is not None and (duty.is_lead or duty.decides))
