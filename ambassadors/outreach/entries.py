"""What changes about what somebody shared: logged at once on the site, or a draft first where it came by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Network, OutreachEntry, OutreachQuestion, SpeakingSlot
from ambassadors.outreach import rules
from ambassadors.outreach.reading import Read, read, shortened
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S, C = OutreachEntry.Status, OutreachEntry.Certainty
SHORT = 6  # words: an answer that short to a draft fills in what it lacks, and leaves its words alone

CONFIRM = Transition("logged what they shared", frozenset({S.DRAFT}), S.LOGGED, rules.owns)
REMOVE = Transition("took back what they shared", frozenset({S.DRAFT, S.LOGGED}), S.REMOVED, rules.owns)


@transaction.atomic
def log(person: User, *, via: Via = Via.WEB, slot: SpeakingSlot | None = None, **fields: Any) -> OutreachEntry:
    """Log what `person` shared. Of a talk there is one entry: a second one takes the place of its draft, and is refused once it is logged."""
    if not rules.is_ambassador(person):
        raise PermissionDenied(f"{person} may not log outreach")
    made = _of_talk(slot, person) if slot else None
    if made is None:
        made = OutreachEntry.objects.create(person=person, slot=slot, via=via, status=S.DRAFT, **_tidy(fields))
    else:
        change(made, by=person, via=via, **fields)
    confirm(made, by=person, via=via)
    return made


def _of_talk(slot: SpeakingSlot, person: User) -> OutreachEntry | None:
    """The entry of a talk that is there already, with the talk locked: by mail and on the site at once there is still one."""
    held: SpeakingSlot = SpeakingSlot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    if not rules.speaks(person, held):
        raise PermissionDenied(f"{person} does not speak at {slot}")
    there = OutreachEntry.objects.filter(slot=held, person=person).exclude(status=S.REMOVED).order_by("pk")
    if any(one.status == S.LOGGED for one in there):
        raise TransitionRefused(_("This talk is logged already."))
    return there.first()


@transaction.atomic
def draft(
    person: User, words: str, *, question: OutreachQuestion | None = None, slot: SpeakingSlot | None = None, via: Via = Via.MAIL
) -> OutreachEntry:
    """Keep the words as a draft with what could be read out of them, and mail it back to be confirmed."""
    if not rules.is_ambassador(person):
        raise PermissionDenied(f"{person} may not log outreach")
    there = _of_talk(slot, person) if slot else None
    if there is not None:
        return redraft(there, words, by=person)
    found = read(words, Network.objects.all().by_word())
    made = OutreachEntry.objects.create(
        person=person, what=_about(found, slot), words=words, via=via, question=question, slot=slot, **_fields(found)
    )
    record("answered what they shared", made, by=person, via=via, after=S.DRAFT)
    _ask_to_confirm(made)
    return made


def _about(found: Read, slot: SpeakingSlot | None) -> str:
    """Of a talk, its title: what its speaker answers are the figures."""
    return shortened(_("Talk: %(title)s") % {"title": slot.title}) if slot else found.what


def _fields(found: Read) -> dict[str, Any]:
    certainty = C.MEASURED if found.is_measured else C.ESTIMATED
    return {"reach": found.reach, "certainty": certainty, "network_id": found.network, "link": found.link}


@transaction.atomic
def redraft(entry: OutreachEntry, words: str, *, by: User) -> OutreachEntry:
    """Correct a draft by an answer to it: what the answer says takes the place of what was there, and it is mailed back once more.

    Raises ValidationError where the words say nothing that a draft has a place for.
    """
    held = _held(entry, by)
    found = read(words, Network.objects.all().by_word())
    if not found.has_found_something:
        raise ValidationError(_("There is no number, no network and no link in it that we know."))
    said = {name: value for name, value in _fields(found).items() if value not in (None, "") and name != "certainty"}
    if found.reach is not None:
        said["certainty"] = C.MEASURED if found.is_measured else C.ESTIMATED
    if len(words.split()) > SHORT:
        said |= {"what": _about(found, held.slot), "words": words}
    OutreachEntry.objects.filter(pk=held.pk).update(**said)
    record("corrected a draft", held, by=by, via=Via.MAIL)
    held.refresh_from_db()
    _ask_to_confirm(held, again=f"{timezone.now():%Y%m%d%H%M%S%f}")
    return held


def _held(entry: OutreachEntry, by: User) -> OutreachEntry:
    """The draft, locked: it is not logged while somebody corrects it."""
    held: OutreachEntry = OutreachEntry.objects.select_for_update(no_key=True, of=("self",)).select_related("slot").get(pk=entry.pk)
    if not rules.owns(by, held):
        raise PermissionDenied(f"{by} may not change {entry}")
    if held.status != S.DRAFT:
        raise TransitionRefused(_("It is no draft any more."))
    return held


def _ask_to_confirm(entry: OutreachEntry, again: str = "") -> None:
    key = f"outreach-draft:{entry.pk}" + (f":{again}" if again else "")
    outbox.post("outreach_draft", entry.person, key=key, entry=entry.pk)


@transaction.atomic
def change(entry: OutreachEntry, *, by: User, via: Via = Via.WEB, **fields: Any) -> None:
    """Write one's entry anew; a draft stays one, and what was logged stays logged."""
    if not rules.owns(by, entry):
        raise PermissionDenied(f"{by} may not change {entry}")
    # Under its lock: what is taken back at this moment says nothing any more.
    held = OutreachEntry.objects.select_for_update(no_key=True).exclude(status=S.REMOVED).filter(pk=entry.pk)
    if not held.exists():
        raise TransitionRefused(_("It was taken back in the meantime."))
    OutreachEntry.objects.filter(pk=entry.pk).update(**_tidy(fields))
    entry.refresh_from_db()
    record("changed what they shared", entry, by=by, via=via, note=", ".join(sorted(fields)))


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """Without a number there is nothing to be sure of."""
    return fields if fields.get("reach") else fields | {"certainty": C.ESTIMATED}


@transaction.atomic
def confirm(entry: OutreachEntry, *, by: User, via: Via = Via.WEB) -> None:
    """Log a draft. Raises ValidationError where it does not say with whom."""
    entry.refresh_from_db()
    if not entry.is_complete:
        raise ValidationError(_("Say with whom first: choose one of the networks."))
    apply(CONFIRM, entry, by=by, via=via, words="")


def remove(entry: OutreachEntry, *, by: User, via: Via = Via.WEB) -> None:
    """Throw a draft away, or take back what was logged: nothing of it counts or is kept."""
    apply(REMOVE, entry, by=by, via=via, what="", words="", link="", reach=None, network=None, certainty=C.ESTIMATED)
