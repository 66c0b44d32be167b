"""Who gets what from the pages of an invitation. Its link opens it for a visitor; whoever is signed in as another is told so."""

from itertools import count

from ambassadors.models import Affirmation, Ambassador, Invitation, InvitationWish
from tests.access import LOGIN, Row
from tests.ambassadors import inviting_making as making


def an_invitation(cast):
    return {"token": making.link_of(making.invited())}


def a_nomination(cast):
    making.case()
    return {}


def an_own_one(cast):
    return {"pk": making.invited(nominator=cast.ambassador).nomination_id}


def notes():
    return list(Invitation.objects.values_list("note"))


def an_affirmed_one(cast):
    return {"token": making.link_of(making.affirmed())}


def one_with_a_code(cast):
    return {"token": making.link_of(making.with_code()[0])}


def the_code(cast):
    return {"code": making.code_of(Invitation.objects.get())}


def the_edition(cast):
    return {"edition": "1"}


def everything():
    invitations = list(Invitation.objects.values_list("status", "affirmed", "codes_sent", "profile"))
    return [
        invitations,
        list(InvitationWish.objects.values_list("kind", "status")),
        Ambassador.objects.count(),
        Affirmation.objects.count(),
    ]


#                                          visitor ambassador outsider alumnus removed staff superuser
ONLY_VISITORS = (302, 403, 403, 403, 302, 403, 403)
ROWS = [
    Row("ambassadors:invitation-detail", (200, 403, 403, 403, 200, 403, 403), build=an_invitation, state=everything),
    Row("ambassadors:invitation-affirm", ONLY_VISITORS, "post", an_invitation, data=the_edition, state=everything),
    Row(
        "ambassadors:invitation-accept",
        ONLY_VISITORS,
        "post",
        an_affirmed_one,
        data=lambda cast: making.PROFILE,
        state=everything,
    ),
    Row("ambassadors:invitation-code", (200, 403, 403, 403, 200, 403, 403), build=one_with_a_code, state=everything),
    Row("ambassadors:invitation-code-send", ONLY_VISITORS, "post", one_with_a_code, state=everything),
    Row("ambassadors:invitation-join", ONLY_VISITORS, "post", one_with_a_code, data=the_code, state=everything),
    Row("ambassadors:invitation-decline", ONLY_VISITORS, "post", an_invitation, state=everything),
    Row(
        "ambassadors:invitation-call-ask",
        ONLY_VISITORS,
        "post",
        an_invitation,
        data=lambda cast: {"words": "Tuesday evening?"},
        state=everything,
    ),
    Row("ambassadors:invitation-renewal-ask", (302,) * 7, "post", an_invitation, state=everything),
    Row(
        "ambassadors:invitation-address-ask",
        (302,) * 7,
        "post",
        an_invitation,
        data=lambda cast: {"email": "nia@elsewhere.example.org"},
        state=everything,
    ),
    Row(
        "ambassadors:nomination-word-save",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        "post",
        an_own_one,
        data=lambda cast: {"note": "Come and see."},
        state=notes,
    ),
    # It ends the session of whoever has one, and leaves the invitation as it was.
    Row("ambassadors:invitation-sign-out", (302,) * 7, "post", an_invitation, state=count().__next__),
    Row("ambassadors:joining", (200,) * 7, build=a_nomination),
    Row("ambassadors:invitation-asked", (200,) * 7),
    Row("ambassadors:invitation-declined", (200,) * 7),
]
