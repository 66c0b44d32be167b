"""Who gets what of an assistant's pages, in which none of the cast sits, and of what was prepared for the ambassador."""

from discussions.assisting import workflow
from discussions.models import Draft, Post, PreparedReply
from tests.access import LOGIN, Row
from tests.ambassadors import assisting_making
from tests.discussions import making


def a_seat(cast):
    return {"seat": assisting_making.taken(cast.ambassador, may_prepare=True, may_speak=True).pk}


def a_thread(cast):
    return a_seat(cast) | {"pk": making.thread(making.topic(), cast.outsider).pk}


def _prepared(cast):
    seat = assisting_making.taken(cast.ambassador, may_prepare=True)
    thread = making.thread(making.topic(), cast.outsider)
    return seat, workflow.prepare(seat, thread, "We dropped three.", by=seat.assistant)


def one_prepared(cast):
    return {"pk": _prepared(cast)[1].pk}


def one_to_withdraw(cast):
    seat, prepared = _prepared(cast)
    return {"seat": seat.pk, "pk": prepared.pk}


def everything():
    return [list(PreparedReply.objects.values_list("status")), Post.objects.count(), Draft.objects.count()]


def words(cast):
    return {"body": "We dropped three."}


NOBODY_ELSE = (LOGIN, 404, 404, 404, LOGIN, 404, 404)
OWN = (LOGIN, 302, 404, 403, LOGIN, 404, 404)
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:assisted-list", NOBODY_ELSE, build=a_seat),
    Row("discussions:assisted-thread", NOBODY_ELSE, build=a_thread),
    Row("discussions:assisted-prepare", NOBODY_ELSE, "post", a_thread, data=words, state=everything),
    Row("discussions:assisted-say", NOBODY_ELSE, "post", a_thread, data=words, state=everything),
    Row("discussions:assisted-withdraw", NOBODY_ELSE, "post", one_to_withdraw, state=everything),
    Row("discussions:prepared-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("discussions:prepared-send", OWN, "post", one_prepared, state=everything),
    Row("discussions:prepared-take-over", OWN, "post", one_prepared, state=everything),
    Row("discussions:prepared-set-aside", OWN, "post", one_prepared, state=everything),
]
