"""Who gets what of an organisation itself: those who run it everything, everybody else nothing; who holds an invitation, that one invitation."""

from practice.models import PracticeAdministrator, PracticeInvitation, PracticeOrganization
from practice.organizations import workflow
from practice.organizations.link import token_of
from tests import make
from tests.access import LOGIN, Row
from tests.practice import practising

ALL = (200,) * 7
#      visitor ambassador outsider alumnus removed staff superuser
OWN = (LOGIN, 200, 404, 404, LOGIN, 404, 404)
OWN_DONE = (LOGIN, 302, 404, 404, LOGIN, 404, 404)
ASKED = {"name": "Bo Friend", "address": "bo@harbour.example"}


def an_organization(cast):
    return {"pk": practising.organization(cast.ambassador).pk}


def run_by_two(cast):
    held = practising.organization(cast.ambassador)
    seat = PracticeAdministrator.objects.create(organization=held, person=make.person("Kim Colleague"))
    return {"pk": held.pk}, {"pk": seat.pk}


def to_leave(cast):
    return run_by_two(cast)[0]


def a_seat(cast):
    return run_by_two(cast)[1]


def an_invitation(cast):
    return {"pk": workflow.invite(practising.organization(cast.ambassador), by=cast.ambassador, **ASKED).pk}


def a_link(cast):
    return {"token": token_of(PracticeInvitation.objects.get(**an_invitation(cast)))}


def name_typed(cast):
    return {"name": PracticeOrganization.objects.latest("pk").name}


def state():
    return (
        list(PracticeOrganization.objects.order_by("pk").values_list("pk", "name")),
        list(PracticeAdministrator.objects.order_by("pk").values_list("organization", "person")),
        list(PracticeInvitation.objects.order_by("pk").values_list("address", "sent")),
    )


ROWS = [
    Row("practice:organization-detail", OWN, build=to_leave, state=state),
    Row(
        "practice:organization-rename",
        OWN_DONE,
        method="post",
        build=an_organization,
        data=lambda cast: {"name": "Pier"},
        state=state,
    ),
    Row("practice:organization-archive", OWN, build=an_organization, state=state),
    Row("practice:organization-erase", OWN, build=an_organization, state=state),
    Row("practice:organization-erase", OWN_DONE, method="post", build=an_organization, data=name_typed, state=state),
    Row("practice:administrator-invite", OWN_DONE, method="post", build=an_organization, data=lambda cast: ASKED, state=state),
    Row("practice:administrator-leave", OWN_DONE, method="post", build=to_leave, state=state),
    Row("practice:administrator-remove", OWN_DONE, method="post", build=a_seat, state=state),
    Row("practice:administrator-invite-again", OWN_DONE, method="post", build=an_invitation, state=state),
    Row("practice:administrator-invite-take-back", OWN_DONE, method="post", build=an_invitation, state=state),
    Row("practice:administrator-invited", ALL, build=a_link, state=state),
    Row("practice:administrator-invited-accept", ALL, method="post", build=a_link, state=state),
    Row("practice:administrator-invited-decline", ALL, method="post", build=a_link, state=state),
]
