"""Who gets what of the pages about seats. None of the cast sits in one: what an assistant reaches, tests/discussions/test_assisting.py tells."""

from ambassadors.models import AssistantSeat
from tests.access import LOGIN, Row
from tests.ambassadors import assisting_making as making


def a_seat(cast):
    return {"pk": making.taken(cast.ambassador).pk}


def a_seat_to_sit_in(cast):
    return {"seat": making.taken(cast.ambassador).pk}


def an_offer(cast):
    return {"token": making.link_of(making.offered(cast.ambassador))}


def an_offer_with_a_code(cast):
    return {"token": making.link_of(making.with_code(making.offered(cast.ambassador)))}


def the_code(cast):
    return {"code": making.code_of(AssistantSeat.objects.get())}


def everything():
    return list(AssistantSeat.objects.order_by("pk").values_list("status", "may_prepare", "codes_sent"))


OWN = (LOGIN, 302, 404, 403, LOGIN, 404, 404)
BY_LINK = (302, 403, 403, 403, 302, 403, 403)
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:assistant-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row(
        "ambassadors:assistant-offer",
        (LOGIN, 302, 302, 403, LOGIN, 403, 403),
        "post",
        data=lambda cast: {"name": "Jo Park", "email": "jo@office.example.org"},
        state=everything,
    ),
    Row("ambassadors:assistant-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=a_seat),
    Row("ambassadors:assistant-change", OWN, "post", a_seat, data=lambda cast: {"may_prepare": "on"}, state=everything),
    Row("ambassadors:assistant-revoke", OWN, "post", a_seat, state=everything),
    Row("ambassadors:seat-list", (LOGIN, 404, 404, 404, LOGIN, 404, 404), build=lambda cast: a_seat(cast) and {}),
    Row("ambassadors:seat-leave", (LOGIN, 404, 404, 404, LOGIN, 404, 404), "post", a_seat_to_sit_in, state=everything),
    Row("ambassadors:seat-declined", (200,) * 7),
    Row("ambassadors:seat-offer", (200, 403, 403, 403, 200, 403, 403), build=an_offer, state=everything),
    Row("ambassadors:seat-accept", BY_LINK, "post", an_offer, state=everything),
    Row("ambassadors:seat-code", (200, 403, 403, 403, 200, 403, 403), build=an_offer_with_a_code, state=everything),
    Row("ambassadors:seat-take", BY_LINK, "post", an_offer_with_a_code, data=the_code, state=everything),
    Row("ambassadors:seat-decline", BY_LINK, "post", an_offer, state=everything),
]
