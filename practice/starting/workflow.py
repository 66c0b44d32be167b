"""Beginning: asked for by an address, opened by the code from its mailbox. Nobody learns whether an address is known here."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import User
from ambassadors.nominations.doubles import same_address
from correspondence import outbox
from foundation.models.token import new_nonce
from foundation.secrecy import is_code
from foundation.workflow import record
from practice.models import (
    Instrument,
    InstrumentEdition,
    InstrumentItem,
    LearningSession,
    PracticeAdministrator,
    PracticeOrganization,
    PracticeStart,
)

CODE = "practice_code"
CODES_AT_MOST, GUESSES_A_CODE = 5, 3
KEPT = timedelta(days=1)
ASKED_A_DAY = 300  # codes to addresses that strangers typed


class TooManyStarts(Exception):
    """No further code goes to addresses that strangers typed today, or to this one."""


@transaction.atomic
def ask(instrument: Instrument, *, name: str, address: str, organization: str) -> PracticeStart:
    """Keep what was typed and mail a code to the address. Raises TooManyStarts."""
    since = timezone.now() - KEPT
    recent = PracticeStart.objects.filter(created_at__gte=since)
    if recent.count() >= ASKED_A_DAY or recent.filter(address__iexact=address).count() >= CODES_AT_MOST:
        raise TooManyStarts
    start = PracticeStart.objects.create(instrument=instrument, name=name, address=address.lower(), organization=organization)
    send_code(start)
    return start


@transaction.atomic
def send_code(start: PracticeStart) -> bool:
    """Mail a code, which makes an older one useless; False when there were as many as there may be."""
    held = PracticeStart.objects.select_for_update().get(pk=start.pk)
    if held.codes_sent >= CODES_AT_MOST:
        return False
    held.nonce, held.code_until = new_nonce(), timezone.now() + timedelta(seconds=settings.CODES_LAST)
    held.code_tries, held.codes_sent = 0, held.codes_sent + 1
    held.save(update_fields=["nonce", "code_until", "code_tries", "codes_sent"])
    key = f"{CODE}:{held.pk}:{held.codes_sent}"
    outbox.post(CODE, None, key=key, address=held.address, nonce=held.nonce, until=held.code_until.isoformat(), start=held.pk)
    return True


@transaction.atomic
def begin(start: PracticeStart, code: str) -> LearningSession | None:
    """Open the organisation to whoever has the newest code; None when it is not that one, which is counted.

    Raises ValidationError where the account of that address is closed.
    """
    # Guesses are counted one by one, and one code opens one organisation.
    held = PracticeStart.objects.select_for_update(of=("self",)).select_related("instrument").filter(pk=start.pk).first()
    if held is None or not _guess(held, code):
        return None
    person = account_for(held.address, held.name)
    found = begin_organization(held.organization, held.instrument, by=person)
    held.delete()
    return found


@transaction.atomic
def begin_organization(name: str, instrument: Instrument, *, by: User) -> LearningSession:
    """Make an organisation of which `by` is the administrator, with a first session in preparation."""
    organization = PracticeOrganization.objects.create(name=name)
    PracticeAdministrator.objects.create(organization=organization, person=by)
    record("began a practice", organization, by=by)
    return begin_session(organization, instrument, by=by)


@transaction.atomic
def begin_session(
    organization: PracticeOrganization, instrument: Instrument, *, by: User, follows: LearningSession | None = None
) -> LearningSession:
    """Begin the next round with the current edition of an instrument; what the round before asked is chosen already.

    Raises ValidationError where the instrument is not released, and PermissionDenied for whoever does not run this organisation's sessions.
    """
    # Rounds are numbered one by one under the row of their organisation.
    held = PracticeOrganization.objects.select_for_update(no_key=True).visible_to(by).get(pk=organization.pk)
    edition = InstrumentEdition.objects.released().filter(instrument=instrument).first()
    if edition is None:
        raise ValidationError(_("This instrument is not offered any more."))
    last = LearningSession.objects.filter(organization=held).aggregate(last=Max("number"))["last"] or 0
    said = {"purpose": follows.purpose, "openness": follows.openness} if follows else {}
    session = LearningSession.objects.create(
        organization=held, instrument_edition=edition, number=last + 1, follows=follows, begun_by=by, **said
    )
    modules = InstrumentItem.objects.filter(edition=edition, level=InstrumentItem.Level.MODULE)
    if follows is not None:
        modules = modules.filter(key__in=follows.modules.values("key"))
    session.modules.set(modules)
    record("began", session, by=by)
    return session


def purge() -> int:
    """Forget the beginnings for which no code came within a day; return how many."""
    return PracticeStart.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def account_for(address: str, name: str) -> User:
    """The account of an address whose mailbox was shown: an ambassador's own, or one that signs in with a code and has no profile.

    Raises ValidationError where it is closed.
    """
    person = same_address(address)
    if person is None:
        person = User.objects.create_user(address, name=name)
        EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    if not person.is_active:
        raise ValidationError(_("Please write to us: something about this address has to be looked at together with you."))
    EmailAddress.objects.filter(user=person, email__iexact=address).update(verified=True)
    return person


def _guess(start: PracticeStart, code: str) -> bool:
    """Count one guess and say whether it is right. The count is in the row: no new session and no other device resets it."""
    alive = start.code_until is not None and timezone.now() < start.code_until and start.code_tries < GUESSES_A_CODE
    PracticeStart.objects.filter(pk=start.pk).update(code_tries=start.code_tries + 1)
    return alive and is_code(code, CODE, start.nonce)
