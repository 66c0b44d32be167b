"""Every address of the practice, as everybody whom an organisation does not concern."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from practice.benchmark import workflow as benchmark
from practice.help.talks import workflow as talks
from practice.sessions.pasted import Named
from practice.talking import workflow as talking
from tests import make
from tests.practice import asking, benchmarking, practising

pytestmark = pytest.mark.django_db
CANARY = "canary7431"
# What stands between the slashes before a number, and of whose rows it is the number; of what is not named here all are tried.
OF_EVERYBODY = {"questions", "answers", "instruments"}  # asked of the community, said in it, and published
SLUGS = {
    "key": "harbour-check",
    "module": "lending",
    "principle": "lend-fairly",
    "point": "list-is-open",
    "table": "results",
    "suffix": "csv",
}
PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")
JUDGING = ("score", "ranking", "rank ", "grade", "badge", "percentile", "total of", "out of 10", "place 1", "best organisation")


@pytest.mark.row("G5")
def test_no_address_gives_one_organisations_figures_to_another(cast):
    """The other has rounds of its own, and is in the same benchmark; its number is in the middle, the first one's the lowest of all."""
    edition = asking.instrument()
    ids = everything_of_the_first(cast, edition)
    berta = make.person("Berta Other")
    own = benchmarking.own(berta, name="Quay Choir", edition=edition)
    benchmarking.others([2, 2.5, 3, 3.5, 3.5, 4], edition)
    assert benchmark.refresh(edition.instrument) == 1

    tried = set()
    for person in (None, berta, cast.outsider, cast.staff, cast.superuser):
        browser = Client()
        if person is not None:
            browser.force_login(person)
        for pattern, url, is_of_the_first in addresses(ids):
            tried.add(pattern.name)
            answers = [browser.get(url), *([browser.post(url)] if is_of_the_first else [])]
            for answer in answers:
                assert CANARY not in said_by(answer), (person, url)
                if is_of_the_first:
                    refused = answer.status_code in {403, 404, 405} or answer.headers.get("Location", "").startswith("/accounts/")
                    assert refused, (person, url, answer.status_code)
    assert tried == {pattern.name for pattern in of_the_practice()}

    page = browser_of(berta).get(f"/practice/sessions/{own.pk}/benchmark/")
    shown = page.text.partition("<main")[2]
    assert "quartiles__box" in shown
    assert not re.search(r"\b1\.0\b", shown), "the lowest number is the first one's, and stands nowhere"
    assert [word for word in JUDGING if word in shown.lower()] == []


def everything_of_the_first(cast, edition) -> dict[str, list[int]]:
    """An organisation with one of everything, and the numbers of its rows by the word before them in an address."""
    ada = cast.ambassador
    people = [Named(f"{CANARY} {one}", f"{CANARY}-{one}@harbour.example", "board") for one in range(4)]
    held = practising.session(ada, name=f"{CANARY} Kitchen", edition=edition, people=people)
    practising.answered(held, {"list-is-open": [(1, f"{CANARY} by the door"), 1, 1, 1], "rule-is-written": [1, 1, 1, 1]})
    practising.closed(held, ada)
    held.organization.created_at -= benchmarking.LONG_AGO
    held.organization.save()
    benchmarking.agree(held, ada)
    action = talking.promise(held, by=ada, words=f"{CANARY} to do", owner=CANARY, due_on=date(2099, 1, 1))
    note = talking.note(held, f"{CANARY} was said", by=ada)
    question = asking.question(ada, held=held)
    offer = talks.volunteer(make.ambassador("Vera Volunteer"), words="", most_a_month=2, shows_profile=False)
    ticked = talks.Ticked(organization=True, words=CANARY, modules=["lending"])
    times = [datetime(2098, 5, 4, 14, tzinfo=UTC)]
    talk = talks.ask(held, offer, ticked, by=ada, times=times, zone="Europe/Lisbon")
    return {
        "sessions": [held.pk],
        "respondents": [held.respondents.first().pk],
        "organizations": [held.organization_id],
        "actions": [action.pk],
        "notes": [note.pk],
        "questions": [question.pk],
        "talks": [talk.pk],
        "talk": [offer.pk],
    }


def of_the_practice() -> list[URLPattern]:
    practice = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "practice")
    return list(flat(practice.url_patterns))


def addresses(ids):
    """Each address of the practice, filled in with what is the first organisation's; and whether it names a row of its own."""
    for pattern in of_the_practice():
        route = str(pattern.pattern)
        found = PLACEHOLDER.search(route)
        word = route[: found.start()].rstrip("/").rpartition("/")[2] if found and found[1] == "int" else ""
        for pk in ids.get(word, sorted({pk for some in ids.values() for pk in some})) if word else [0]:
            filled = PLACEHOLDER.sub(lambda match, first=pk: filling(match, first, ids), route)
            yield pattern, f"/{filled}", word in ids and word not in OF_EVERYBODY


def filling(match, first, ids) -> str:
    kind, name = match[1], match[2]
    if kind == "int":
        return str(ids["talk"][0] if name == "volunteer" else first)
    return SLUGS.get(name, "lend-fairly") if kind == "slug" else "not-a-token"


def flat(patterns):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from flat(one.url_patterns)


def said_by(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {body.decode('utf-8', 'replace')}"


def browser_of(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser
