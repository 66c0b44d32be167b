"""Who gets what from the pages by which people come in. Each part appends its rows."""

from ambassadors.models import Nomination, NominationMatch
from ambassadors.nominations.asking_back import REQUEST_LINK
from correspondence.models import OutgoingMail
from foundation import tokens
from tests import make
from tests.access import LOGIN, Row
from tests.ambassadors import admission_making as making


def an_own(status):
    """A nomination of the ambassador's in that state."""
    return lambda cast: {"pk": making.nomination(cast.ambassador, status=status).pk}


def states():
    return sorted(Nomination.objects.values_list("name", "status", "revision"))


def a_possible_double(cast):
    """A match which some lead has to look at; none of the cast leads anything."""
    case = making.nomination(cast.ambassador)
    return {"pk": NominationMatch.objects.create(nomination=case, person=make.person("Nia Nominee")).pk}


def doubles():
    return list(NominationMatch.objects.values_list("status"))


def whole(cast):
    """Every word that a nomination needs."""
    edition = making.edition()
    words = {
        "name": "Nia Nominee",
        "email": "nia@tidemark.example",
        "relation": "We taught together.",
        "slate_text": "She teaches.",
    }
    evidence = {f"evidence_{one.pk}": "Seen." for one in edition.criteria.all()}
    return words | evidence | {"conflict": "none", "nominee_knows": "no"}


def a_request_of_a_nominee(cast):
    return {"token": tokens.text_of(tokens.issue(REQUEST_LINK, address="nia@tidemark.example"))}


def mails():
    return OutgoingMail.objects.count()


DROPPED = {"name": "Otis Other", "reason": "Asks good questions."}
OF_NOMINATIONS = [
    #                                          visitor ambassador outsider alumnus removed staff superuser
    Row("ambassadors:nomination-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=lambda cast: an_own("draft")(cast) and {}),
    Row(
        "ambassadors:prospect-drop",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: DROPPED,
        state=states,
    ),
    Row(
        "ambassadors:nomination-form-send",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        state=lambda: OutgoingMail.objects.filter(kind="nomination_form").count(),
    ),
    Row("ambassadors:nomination-new", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("ambassadors:nomination-new", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", data=whole, state=states),
    Row("ambassadors:nomination-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=an_own("draft")),
    Row("ambassadors:nomination-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=an_own("declined")),
    Row("ambassadors:nomination-preview", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=an_own("draft")),
    *(
        Row(
            f"ambassadors:nomination-{act}",
            (LOGIN, 302, 404, 403, LOGIN, 404, 404),
            "post",
            an_own(status),
            data=whole,
            state=states,
        )
        for act, status in [
            ("save", "draft"),
            ("submit", "draft"),
            ("begin", "prospect"),
            ("withdraw", "vetting"),
            ("discard", "draft"),
        ]
    ),
    Row("ambassadors:nominee-privacy", (200, 200, 200, 200, 200, 200, 200)),
    Row(
        "ambassadors:nominee-request",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        data=lambda cast: {"email": "nia@tidemark.example"},
        state=mails,
    ),
    # Whoever holds the link of the mail has the answer sent to its address.
    Row("ambassadors:nominee-answer", (200, 200, 200, 200, 200, 200, 200), build=a_request_of_a_nominee, state=mails),
    Row("ambassadors:nominee-answer-send", (302, 302, 302, 302, 302, 302, 302), "post", a_request_of_a_nominee, state=mails),
    # Only those who lead both cases say so: tests/ambassadors/test_doubles.py has a lead.
    Row("ambassadors:double-join", (LOGIN, 404, 404, 403, LOGIN, 404, 404), "post", a_possible_double, state=doubles),
    Row("ambassadors:double-tell-apart", (LOGIN, 404, 404, 403, LOGIN, 404, 404), "post", a_possible_double, state=doubles),
]
ROWS = [*OF_NOMINATIONS]
