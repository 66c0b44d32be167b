"""Who gets what of a practice: an organisation's administrator everything of it, everybody else nothing; who holds a link, their questions."""

from django.utils import timezone

from practice.answering.link import url_of
from practice.models import Action, Answer, LearningSession, PracticeOrganization, PracticeStart, Respondent, RoomNote
from practice.starting import workflow as starting
from practice.talking import workflow as talking
from practice.talking.link import url_of as action_url_of
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


def state():
    return (
        list(LearningSession.objects.order_by("pk").values_list("status", "due_on", "number", "purpose")),
        list(Respondent.objects.order_by("pk").values_list("status", "address", "reminded")),
        list(Answer.objects.order_by("pk").values_list("item__key", "value")),
        PracticeOrganization.objects.count(),
        PracticeStart.objects.count(),
    )


PROMISE = {"words": "Hang the list by the door", "owner": "Bo", "due_on": "2099-03-01", "address": "bo@harbour.example"}


def an_action(cast):
    answered(cast)
    action = talking.promise(LearningSession.objects.latest("pk"), by=cast.ambassador, **PROMISE)
    return {"pk": action.pk}


def an_action_link(cast):
    an_action(cast)
    return {"token": action_url_of(Action.objects.latest("pk")).rstrip("/").rpartition("/")[2]}


def a_note(cast):
    answered(cast)
    return {"pk": talking.note(LearningSession.objects.latest("pk"), "We laughed.", by=cast.ambassador).pk}


def promises():
    actions = Action.objects.order_by("pk").values_list("words", "status", "came_of", "wants_reminders")
    return list(actions), list(RoomNote.objects.values_list("words", flat=True))


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
    Row("practice:session-guide", OWN, build=answered, state=state),
    Row("practice:session-present", OWN, build=answered, query="?slide=3", state=state),
    Row("practice:note-add", OWN_DONE, method="post", build=answered, data=lambda cast: {"words": "We laughed."}, state=promises),
    Row("practice:note-edit", OWN, build=a_note, state=promises),
    Row("practice:note-edit", OWN_DONE, method="post", build=a_note, data=lambda cast: {"words": "We wept."}, state=promises),
    Row("practice:action-edit", OWN, build=an_action, state=promises),
    Row(
        "practice:action-edit",
        OWN_DONE,
        method="post",
        build=an_action,
        data=lambda cast: PROMISE | {"words": "Paint it"},
        state=promises,
    ),
    Row("practice:note-delete", OWN_DONE, method="post", build=a_note, state=promises),
    Row("practice:action-list", OWN, build=answered, state=promises),
    Row("practice:action-add", OWN_DONE, method="post", build=answered, data=lambda cast: PROMISE, state=promises),
    Row(
        "practice:action-done", OWN_DONE, method="post", build=an_action, data=lambda cast: {"came_of": "It hangs."}, state=promises
    ),
    Row("practice:action-drop", OWN_DONE, method="post", build=an_action, state=promises),
    Row("practice:action-link", ALL, build=an_action_link, state=promises),
    Row("practice:action-link-done", DONE, method="post", build=an_action_link, state=promises),
    Row("practice:action-link-stop", DONE, method="post", build=an_action_link, state=promises),
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
