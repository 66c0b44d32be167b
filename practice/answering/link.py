"""The link in an invitation: it opens that one questionnaire and nothing else, until its session is closed, and never a session of the site.

`sheet_of` finds the answers of a link. In an anonymous session no row says whose they are: the key of the sheet is a keyed hash of the
respondent's nonce, so that neither pages nor exports, nor a copy of the database without the site's key, lead from the one to the other.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from foundation import tokens
from foundation.secrecy import address_token, fits, keyed_hash, keyed_hashes, row_of
from practice.models import LearningSession, Respondent, Sheet

PURPOSE = "practice respondent"
SHEET = "practice sheet"
R = Respondent.Status
OPENS = {R.ASKED, R.BEGUN, R.FINISHED}


def url_of(respondent: Respondent) -> str:
    """The link itself, for a mail; derived again whenever it is mailed."""
    token = address_token(PURPOSE, respondent.pk, respondent.nonce)
    return settings.SITE_URL + reverse("practice:respond", args=[token])


def respondent_of(token: str) -> Respondent:
    """Return whose link this is; raises TokenRefused when it opens nothing, or nothing any more."""
    pk = row_of(token)
    rows = Respondent.objects.select_related("session__organization", "session__instrument_edition")
    found = rows.filter(pk=pk).first() if pk else None
    if found is None or not fits(token, PURPOSE, found.pk, found.nonce):
        raise tokens.TokenUnknown
    if found.status not in OPENS:
        raise tokens.TokenWithdrawn
    return found


def sheet_of(respondent: Respondent) -> Sheet | None:
    """Return the answers of a respondent, once there are any."""
    said = f"{respondent.pk}:{respondent.nonce}"
    return Sheet.objects.filter(key__in=keyed_hashes(SHEET, said)).first()


def own_sheet(respondent: Respondent) -> Sheet:
    """Return the sheet of a respondent whose row the caller has locked, made at their first answer."""
    found = sheet_of(respondent)
    if found is not None:
        return found
    session: LearningSession = respondent.session
    is_named = {} if session.is_anonymous else {"respondent": respondent}
    return Sheet.objects.create(session=session, key=sheet_key(respondent), group=respondent.group, **is_named)


def sheet_key(respondent: Respondent) -> str:
    """Return the key of a respondent's sheet."""
    return keyed_hash(SHEET, f"{respondent.pk}:{respondent.nonce}")
