"""Builders for invitations that are out, with their links and codes."""

from __future__ import annotations

from django.urls import reverse

from ambassadors.inviting import joining, seats, workflow
from ambassadors.models import CommitmentsEdition, Invitation, Nomination
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code
from tests import make
from tests.ambassadors import admission_making as making
from tests.ambassadors import engagement_making

PROFILE = {"name": "Nia Nominee", "organization": "Harbour Trust", "job_title": "Head", "place": "Porto, Portugal"}


def case(name: str = "Nia Nominee", **fields) -> Nomination:
    """An approved nominee."""
    nominator = fields.pop("nominator", None) or make.ambassador("Nadia Nominator")
    return making.nomination(nominator, name, status="approved", **fields)


def invited(name: str = "Nia Nominee", **fields) -> Invitation:
    """Somebody whose invitation is out, the commitments being written."""
    if CommitmentsEdition.objects.current() is None:
        engagement_making.edition(make.person("Cato Commitments", is_staff=True), "listen", "say what I think")
    return workflow.invite(case(name, **fields), by=None)


def token_of(invitation: Invitation) -> Token:
    return tokens.open_ones(seats.INVITATION_LINK, invitation).get()


def link_of(invitation: Invitation) -> str:
    return tokens.text_of(token_of(invitation))


def affirmed(name: str = "Nia Nominee", **fields) -> Invitation:
    """The same, the commitments in force affirmed."""
    invitation = invited(name, **fields)
    joining.affirm(token_of(invitation), CommitmentsEdition.objects.current().number)
    invitation.refresh_from_db()
    return invitation


def with_code(name: str = "Nia Nominee", **fields) -> tuple[Invitation, str]:
    """The same, with the code that was mailed."""
    invitation = affirmed(name, **fields)
    assert joining.accept(token_of(invitation), {"name": name})
    invitation.refresh_from_db()
    return invitation, code_of(invitation)


def code_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return derived_code("invitation_code", invitation.nonce)


def url(name: str, invitation: Invitation) -> str:
    return reverse(f"ambassadors:invitation-{name}", args=[link_of(invitation)])
