"""Who gets what from help: the public page, and questions to the community, and talks. `ambassador` runs the sessions of whoever asks."""

from datetime import UTC, datetime

from practice.help.questions import workflow
from practice.help.talks import workflow as talks
from practice.models import CommunityAnswer, CommunityQuestion, Talk, TalkVolunteer
from tests import make
from tests.access import LOGIN, Row
from tests.practice import asking

ALL = (200,) * 7
#        visitor ambassador outsider alumnus removed staff superuser
OWN = (LOGIN, 200, 404, 404, LOGIN, 404, 404)
OWN_DONE = (LOGIN, 302, 404, 404, LOGIN, 404, 404)
MEMBERS_ONLY = (LOGIN, 200, 200, 403, LOGIN, 200, 200)
TIME = datetime(2098, 5, 4, 14, tzinfo=UTC)


def a_principle(cast):
    asking.instrument()
    return {"key": "harbour-check", "principle": "lend-fairly"}


def a_point(cast):
    asking.instrument()
    return {"pk": asking.closed_round(cast.ambassador).pk, "point": "list-is-open"}


def a_question(cast):
    asking.instrument()
    return {"pk": asking.question(cast.ambassador).pk}


def an_answer(cast):
    said = workflow.answer(asked_by(cast), by=make.ambassador("Hedda Helper"), words="Numbers, no names.")
    return {"pk": said.pk}


def an_ask_back(cast):
    """Of the organisation that the ambassador runs."""
    return {"pk": workflow.follow_up(asked_by(cast), by=cast.ambassador, words="Who counts them?").pk}


def asked_by(cast):
    return CommunityQuestion.objects.get(**a_question(cast))


def sent(cast):
    return {"words": asking.WORDS, "shown": asking.WORDS, "send": "1"}


def words(cast):
    return {"words": "We hang it up without names."}


def because(cast):
    return {"because": "It names a family."}


def state():
    return (
        list(CommunityQuestion.objects.values_list("status", "words")),
        list(CommunityAnswer.objects.values_list("words", "thanked_at", "off_at")),
    )


def post(name, expect, build=a_question, data=words):
    return Row(f"practice:{name}", expect, method="post", build=build, data=data, state=state)


def seen_by(cast):
    """A closed round of the ambassador's, and somebody who volunteers."""
    asking.instrument()
    held = asking.closed_round(cast.ambassador)
    return held, talks.volunteer(make.ambassador("Vera Volunteer"), words="", most_a_month=2, shows_profile=False)


def a_volunteer(cast):
    held, offer = seen_by(cast)
    return {"pk": held.pk, "volunteer": offer.pk}


def whom_to_ask(cast):
    return {"pk": seen_by(cast)[0].pk}


def a_talk(cast):
    held, offer = seen_by(cast)
    return talks.ask(held, offer, talks.Ticked(), by=cast.ambassador, times=[TIME], zone="Europe/Lisbon")


def of_a_talk(cast):
    return {"pk": a_talk(cast).pk}


def of_an_offered_talk(cast):
    talk = a_talk(cast)
    talks.offer_times(talk, by=talk.volunteer, times=[TIME], zone="Europe/Lisbon", where="By phone")
    return {"pk": talk.pk}


def of_an_agreed_talk(cast):
    talk = a_talk(cast)
    talks.accept(talk, by=talk.volunteer, starts=TIME, where="By phone")
    return {"pk": talk.pk}


def of_a_talk_given(cast):
    """One of another organisation's, for which the ambassador is asked."""
    asking.instrument()
    leader = make.person("Lea Leader")
    offer = talks.volunteer(cast.ambassador, words="", most_a_month=2, shows_profile=False)
    held = asking.closed_round(leader, "Second Place")
    return {"pk": talks.ask(held, offer, talks.Ticked(), by=leader, times=[TIME], zone="Europe/Lisbon").pk}


def booked(cast):
    return {"time_zone": "Europe/Lisbon", "time_1": "2098-05-04T15:00"}


def offered(cast):
    return {"time_zone": "Europe/Lisbon", "time_1": "2098-05-05T15:00"}


def taken(cast):
    return {"starts": TIME.isoformat()}


def an_offer_of_talks(cast):
    for person in (cast.ambassador, cast.outsider):
        talks.volunteer(person, words="", most_a_month=1, shows_profile=False)
    for person in (cast.staff, cast.superuser):
        TalkVolunteer.objects.create(person=person)
    return {}


def of_talks():
    return (
        list(Talk.objects.values_list("status", "offered", "starts")),
        list(TalkVolunteer.objects.order_by("pk").values_list("person", "most_a_month")),
    )


def talk(name, build, data=booked, expect=OWN_DONE):
    return Row(f"practice:{name}", expect, method="post", build=build, data=data, state=of_talks)


ROWS = [
    Row("practice:help-detail", ALL, build=a_principle, state=state),
    Row("practice:point-help", OWN, build=a_point, state=state),
    Row("practice:question-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=lambda cast: {}, state=state),
    Row("practice:question-new", OWN, build=a_point, state=state),
    post("question-new", OWN_DONE, a_point, sent),
    Row("practice:question-detail", (LOGIN, 200, 200, 404, LOGIN, 200, 200), build=a_question, state=state),
    post("question-answer", (LOGIN, 403, 302, 403, LOGIN, 302, 302)),
    post("question-follow", OWN_DONE),
    post("question-close", OWN_DONE),
    post("question-off", (LOGIN, 403, 403, 403, LOGIN, 302, 302), data=because),
    post("answer-thank", (LOGIN, 302, 403, 404, LOGIN, 403, 403), an_answer),
    post("answer-back", (LOGIN, 302, 403, 404, LOGIN, 403, 403), an_ask_back, lambda cast: {}),
    post("answer-off", (LOGIN, 403, 403, 403, LOGIN, 302, 302), an_answer, because),
    Row("practice:talk-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=lambda cast: {}, state=of_talks),
    Row("practice:volunteer-list", OWN, build=whom_to_ask, state=of_talks),
    Row("practice:talk-new", OWN, build=a_volunteer, state=of_talks),
    talk("talk-new", a_volunteer),
    Row("practice:talk-detail", OWN, build=of_a_talk, state=of_talks),
    Row("practice:talk-detail", OWN, build=of_a_talk_given, state=of_talks),
    Row("practice:talk-calendar", OWN, build=of_an_agreed_talk, state=of_talks),
    talk("talk-accept", of_an_offered_talk, taken),
    talk("talk-offer", of_an_offered_talk, offered),
    talk("talk-decline", of_a_talk_given),
    talk("talk-withdraw", of_a_talk),
    talk("talk-cancel", of_an_agreed_talk),
    Row("practice:volunteer-edit", MEMBERS_ONLY, build=lambda cast: {}, state=of_talks),
    Row(
        "practice:volunteer-edit",
        (LOGIN, 302, 302, 403, LOGIN, 403, 403),
        method="post",
        build=lambda cast: {},
        data=lambda cast: {"words": "", "most_a_month": "3"},
        state=of_talks,
    ),
    Row("practice:volunteer-stop", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", build=an_offer_of_talks, state=of_talks),
]
