"""Who gets what of a practice: an organisation's administrator everything of it, everybody else nothing; who holds a link, their questions."""

from django.utils import timezone

from practice.answering.link import url_of
from practice.models import Answer, LearningSession, PracticeOrganization, PracticeStart, Respondent
from practice.starting import workflow as starting
from tests.access import LOGIN, Row
from tests.practice import practising

ALL = (200,) * 7
DONE = (302,) * 7
OWN = (LOGIN, 200, 404, 404, LOGIN, 404, 404)
OWN_DONE = (LOGIN, 302, 404, 404, LOGIN, 404, 404)
DUE = {"due_on": "2099-01-01"}


def an_instrument(cast):
    return {"key": practising.instrument().instrument.key}


def an_edition(cast):
    return {"pk": practising.instrument(by=cast.ambassador).pk}


def prepared(cast):
    held = practising.session(cast.ambassador)
    return {"pk": held.pk}


def one_of_ones_own(cast):
    prepared(cast)
    return {}


def with_people(cast):
    held = practising.session(cast.ambassador)
    practising.sessions.name_respondents(held, practising.named(4), by=cast.ambassador)
    return {"pk": held.pk}


def opened(cast):
    return {"pk": practising.session(cast.ambassador, people=5).pk}


def to_remind(cast):
    held = practising.session(cast.ambassador, people=5)
    LearningSession.objects.filter(pk=held.pk).update(opened_at=timezone.now() - timezone.timedelta(days=4))
    return {"pk": held.pk}


def answered(cast):
    held = practising.session(cast.ambassador, people=5)
    practising.answered(held, {"list-is-open": [1, 1, 4, 4, "don't know"], "asked-last-year": [2, 3, 2, 3, 3]})
    return {"pk": practising.closed(held, cast.ambassador).pk}


def a_module(cast):
    return answered(cast) | {"module": "lending"}


def a_respondent(cast):
    held = practising.session(cast.ambassador, people=5)
    return {"pk": held.respondents.first().pk}


def a_link(cast):
    held = practising.session(cast.ambassador, people=5)
    return {"token": url_of(held.respondents.first()).rstrip("/").rpartition("/")[2]}


def a_linked_principle(cast):
    return a_link(cast) | {"key": "lend-fairly"}


def module_keys(cast):
    held = LearningSession.objects.get()
    return list(held.instrument_edition.items.filter(level=1).values_list("pk", flat=True))


def state():
    return (
        list(LearningSession.objects.order_by("pk").values_list("status", "due_on", "number", "purpose")),
        list(Respondent.objects.order_by("pk").values_list("status", "address", "reminded")),
        list(Answer.objects.order_by("pk").values_list("item__key", "value")),
        PracticeOrganization.objects.count(),
        PracticeStart.objects.count(),
    )


def begun(cast):
    """A beginning of which no browser of the cast knows: its page leads back to where one begins."""
    starting.ask(practising.instrument().instrument, name="Ada", address="ada@harbour.example", organization="Harbour Kitchen")
    return {}


#                                  visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("practice:instrument-detail", ALL, build=an_instrument, state=state),
    Row("practice:instrument-try", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=an_edition, state=state),
    Row("practice:practice-start", ALL, build=an_instrument, state=state),
    Row("practice:practice-start-code", DONE, build=begun),  # leads to where one begins: tests/practice/test_starting.py
    Row("practice:practice-start-again", DONE, method="post", build=begun, state=object),  # likewise
    Row("practice:session-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=one_of_ones_own, state=state),
    Row("practice:session-detail", OWN, build=opened, state=state),
    Row("practice:session-prepare", OWN, build=prepared, state=state),
    Row(
        "practice:respondent-add",
        OWN_DONE,
        method="post",
        build=prepared,
        data=lambda cast: {"people": "Ada <ada@harbour.example>"},
        state=state,
    ),
    Row("practice:session-open", OWN_DONE, method="post", build=with_people, state=state),
    Row("practice:session-remind", OWN_DONE, method="post", build=to_remind, state=state),
    Row("practice:session-close", OWN_DONE, method="post", build=opened, state=state),
    Row("practice:session-again", OWN_DONE, method="post", build=answered, state=state),
    Row("practice:respondent-withdraw", OWN_DONE, method="post", build=a_respondent, state=state),
    Row(
        "practice:respondent-replace",
        OWN_DONE,
        method="post",
        build=a_respondent,
        data=lambda cast: {f"{Respondent.objects.first().pk}-people": "Bo <bo@harbour.example>"},
        state=state,
    ),
    Row("practice:session-results", OWN, build=answered, state=state),
    Row("practice:module-results", OWN, build=a_module, state=state),
    Row("practice:respond-declined", ALL),
    Row("practice:respond", ALL, build=a_link, state=state),
    Row("practice:respond-principle", ALL, build=a_linked_principle, state=state),
    Row(
        "practice:respond-save",
        DONE,
        method="post",
        build=a_linked_principle,
        data=lambda cast: {"a-list-is-open": "3"},
        state=state,
    ),
    Row(
        "practice:respond-autosave",
        (204,) * 7,
        method="post",
        build=a_linked_principle,
        data=lambda cast: {"a-list-is-open": "3"},
        state=state,
    ),
    Row("practice:respond-finish", DONE, method="post", build=a_link, state=state),
    Row("practice:respond-decline", DONE, method="post", build=a_link, state=state),
]
