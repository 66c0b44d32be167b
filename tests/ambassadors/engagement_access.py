"""Who gets what from the pages about taking part."""

from ambassadors.models import Affirmation, EngagementAsk, EngagementOffer
from tests.access import LOGIN, Row
from tests.ambassadors import engagement_making as making


def a_menu(cast):
    making.option()
    making.option("speak")
    return {}


def a_way(cast):
    return {"slug": making.option().slug}


def a_tick_of_all(cast):
    """Everybody who may tick has ticked, so that each of them has something to take back."""
    for person in (cast.ambassador, cast.outsider):
        making.offer(person)
    return {"slug": "review"}


def a_ticked_menu(cast):
    a_tick_of_all(cast)
    return {}


def offers():
    return sorted(EngagementOffer.objects.values_list("ambassador__user__name", "option__slug"))


def a_request(cast):
    return {"pk": making.ask(cast.ambassador, cast.staff).request_id}


def a_linked_request(cast):
    return {"token": making.link_of(making.ask(cast.ambassador, cast.staff))}


def answers():
    return list(EngagementAsk.objects.values_list("person__name", "answer"))


def an_edition(cast):
    return {"number": making.edition(cast.staff).number}


def editions(cast):
    making.edition(cast.staff)
    making.edition(cast.staff, "help where I can", "ask when I do not know", is_material=True, change="The second one is new.")
    return {}


def affirmations():
    return list(Affirmation.objects.values_list("ambassador__user__name", "answer"))


def goals_and_milestones(cast):
    making.stage(cap=80)
    making.milestone()
    return {}


YES = {"answer": "yes", "word": "Gladly."}
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:engagement", (200, 200, 200, 200, 200, 200, 200), build=a_menu),
    Row("ambassadors:engagement-edit", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=a_ticked_menu, query="?way=review"),
    Row("ambassadors:offer-save", (LOGIN, 302, 302, 403, LOGIN, 404, 404), method="post", build=a_way, state=offers),
    Row("ambassadors:offer-withdraw", (LOGIN, 302, 302, 403, LOGIN, 404, 404), method="post", build=a_tick_of_all, state=offers),
    Row("ambassadors:engagement-request-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=a_request, state=answers),
    Row(
        "ambassadors:engagement-request-answer",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=a_request,
        data=lambda cast: YES,
        state=answers,
    ),
    # Whoever holds the link of the mail answers, signed in or not: it opens this one answer and nothing else.
    Row("ambassadors:engagement-answer", (200, 200, 200, 200, 200, 200, 200), build=a_linked_request, state=answers),
    Row(
        "ambassadors:engagement-answer-save",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        build=a_linked_request,
        data=lambda cast: YES,
        state=answers,
    ),
    Row("ambassadors:commitments", (200, 200, 200, 200, 200, 200, 200), build=editions),
    Row("ambassadors:commitments-affirm", (LOGIN, 302, 302, 403, LOGIN, 404, 404), "post", an_edition, state=affirmations),
    Row("ambassadors:commitments-set-aside", (LOGIN, 302, 302, 403, LOGIN, 404, 404), "post", an_edition, state=affirmations),
    Row("ambassadors:growth", (200, 200, 200, 200, 200, 200, 200), build=goals_and_milestones),
]
