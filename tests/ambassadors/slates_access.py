"""Who gets what from the slates: all ambassadors read those that are open, nobody of the cast puts one together."""

from ambassadors.models import SlateAnswer
from tests import make
from tests.access import LOGIN, Row
from tests.ambassadors import admission_making as making


def of_another(**fields):
    """A slate with somebody whom none of the cast nominated."""
    case = making.nomination(make.ambassador("Noor Nominator"), status="slate")
    return making.slate(case, **fields)


def an_open_one(cast):
    return {"pk": of_another().pk}


def a_closed_one(cast):
    return {"pk": of_another(status="closed").pk}


def one_being_put_together(cast):
    return {"pk": of_another(status="draft").pk}


def said():
    return list(SlateAnswer.objects.values_list("person__name", "answer", "is_late"))


YES = {"1-answer": "support"}
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:slate-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: an_open_one(cast) and {}),
    Row("ambassadors:slate-detail", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=an_open_one),
    Row("ambassadors:slate-detail", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=a_closed_one),
    Row("ambassadors:slate-detail", (LOGIN, 404, 404, 403, LOGIN, 404, 404), build=one_being_put_together),
    Row(
        "ambassadors:slate-answer",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=an_open_one,
        data=lambda cast: YES,
        state=said,
    ),
    Row(  # kept as late
        "ambassadors:slate-answer",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=a_closed_one,
        data=lambda cast: YES,
        state=said,
    ),
    Row(
        "ambassadors:slate-answer",
        (LOGIN, 404, 404, 403, LOGIN, 404, 404),
        method="post",
        build=one_being_put_together,
        data=lambda cast: YES,
        state=said,
    ),
]
