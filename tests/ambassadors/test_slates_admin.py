"""The leads' pages for slates: nobody types an id, nothing is a dropdown, and being of the support team is not enough."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambassadors.models import Nomination, Slate, SlateAnswer
from ambassadors.slates import answers, workflow
from ambassadors.slates.answers import Said
from foundation.models import Sector
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db
URL = "/admin/ambassadors/slate/"


@pytest.fixture
def lead(client):
    person = making.lead()
    client.force_login(person)
    return person


@pytest.fixture
def noor():
    return make.ambassador("Noor Nominator")


def ready(noor, name: str, **fields) -> Nomination:
    """A case that was assessed by all who were asked."""
    case = making.nomination(noor, name, status="vetting", **fields)
    making.assessed(case, making.vetter(f"Vetter of {name}"))
    return case


def test_a_slate_is_put_together_looked_at_and_opened_by_pressing_buttons(client, lead, noor):
    ready(noor, "Ana One")
    ready(noor, "Ben Two")
    begun = client.post(f"{URL}add/", {"title": "Autumn slate", "intro": "Two people."})
    page = client.get(begun.url)
    keys = re.findall(r'name="case" value="(\d+)"', page.content.decode())

    client.post(f"{begun.url.removesuffix('change/')}add/", {"case": keys})
    looked = client.get(f"{begun.url.removesuffix('change/')}preview/").content.decode()
    version = re.search(r'name="version" value="([^"]+)"', looked)[1]
    client.post(
        f"{begun.url.removesuffix('change/')}open/", {"version": version, "closes_on": timezone.localdate() + timedelta(days=5)}
    )

    slate = Slate.objects.get()
    assert len(keys) == 2
    assert all(
        words in looked for words in ("1. Ana One", "Ben Two runs a school that parents queue for.", "Open it to all ambassadors")
    )
    assert (slate.status, slate.entries.count(), slate.closes_at.date()) == ("open", 2, timezone.localdate() + timedelta(days=5))


def test_only_cases_that_everybody_asked_has_assessed_are_offered(client, lead, noor):
    ready(noor, "Ana One")
    half = ready(noor, "Ben Two")
    making.assignment(half, making.vetter("Slow Sven"))
    making.nomination(noor, "Cy Three", status="vetting")
    ready(lead, "Own Friend")
    slate = workflow.begin("Autumn slate", by=lead)

    page = client.get(f"{URL}{slate.pk}/change/").content.decode()

    assert [name for name in ("Ana One", "Ben Two", "Cy Three", "Own Friend") if name in page] == ["Ana One"]


def test_a_text_is_worded_and_the_order_changed(client, lead, noor):
    slate = workflow.begin("Autumn slate", by=lead)
    _ana, ben = workflow.add(slate, [ready(noor, "Ana One"), ready(noor, "Ben Two")], by=lead)

    client.post(f"{URL}nominees/{ben.pk}/reword/", {"text": "He teaches welders to write."})
    client.post(f"{URL}nominees/{ben.pk}/up/")

    page = client.get(f"{URL}{slate.pk}/preview/").content.decode()
    assert "1. Ben Two\nHe teaches welders to write." in page
    client.post(f"{URL}nominees/{ben.pk}/remove/")
    assert list(slate.entries.values_list("number", "nomination__name")) == [(1, "Ana One")]


def test_what_a_colleague_changed_meanwhile_is_not_opened(client, lead, noor):
    slate = workflow.begin("Autumn slate", by=lead)
    (ana,) = workflow.add(slate, [ready(noor, "Ana One")], by=lead)
    seen = workflow.version_of(slate)
    workflow.reword(ana, "Newer.", by=making.lead("Leo Other"))

    page = client.post(f"{URL}{slate.pk}/open/", {"version": seen, "closes_on": "2099-01-01"}, follow=True).content.decode()

    assert "A colleague has changed it in the meantime" in page
    assert Slate.objects.get().status == "draft"


def test_extend_close_and_take_off(client, lead, noor, alice):
    slate = making.slate(making.nomination(noor, "Ana One", status="slate"), making.nomination(noor, "Ben Two", status="slate"))
    ben = slate.entries.get(number=2)
    day = timezone.localdate() + timedelta(days=30)

    client.post(f"{URL}{slate.pk}/extend/", {"closes_on": day})
    slate.refresh_from_db()
    assert slate.closes_at.date() == day
    client.post(f"{URL}nominees/{ben.pk}/take-off/")
    assert "nothing more is asked about them" in client.get(f"{URL}{slate.pk}/change/").content.decode()
    client.post(f"{URL}{slate.pk}/close/")

    slate.refresh_from_db()
    assert (slate.status, Nomination.objects.get(name="Ben Two").status) == ("closed", "vetting")


def test_numbers_are_shown_after_the_close_and_never_who(client, lead, noor, alice, bob):
    slate = making.slate(making.nomination(noor, "Ana One", status="slate"))
    answers.give(slate, {1: Said("support")}, by=alice)
    answers.give(slate, {1: Said("concern", "the canary sang")}, by=bob)
    before = client.get(f"{URL}{slate.pk}/change/").content.decode()
    workflow.close(slate, by=lead)

    after = client.get(f"{URL}{slate.pk}/change/").content.decode()

    assert "Numbers are shown once a slate has closed" in before
    row = re.search(r"<th scope=\"row\">1\. Ana One</th>(.*?)</tr>", after)[1]
    assert re.findall(r"<td>(\d+)</td>", row) == ["1", "0", "1", "0"]
    assert not any(word in before + after for word in ("Alice Amadi", "Bob Brandt", "canary"))


@pytest.mark.row("B10")
def test_the_share_of_each_category_before_and_after(client, lead, noor):
    schools, funders = Sector.objects.create(name="Schools", position=91), Sector.objects.create(name="Funders", position=92)
    for name in ("Sol", "Sam", "Sid"):
        make.ambassador(name, sector=schools)
    noor.ambassador.sector = schools
    noor.ambassador.save()
    case = making.nomination(noor, "Ana One", status="vetting", sector=funders)
    slate = workflow.begin("Autumn slate", by=lead)
    workflow.add(slate, [case], by=lead)

    page = client.get(f"{URL}{slate.pk}/change/").content.decode()

    rows = re.findall(
        r'<th scope="row">(?:<strong>)?(Schools|Funders)(?:</strong>)?</th><td>(.*?)</td><td>(?:<strong>)?(.*?)(?:</strong>)?</td>',
        page,
    )
    assert rows == [("Schools", "100 % (4)", "80 % (4)"), ("Funders", "0 % (0)", "20 % (1)")]


def test_a_nominee_of_ones_own_is_not_shown_to_a_lead_and_bars_the_opening(client, lead, noor):
    slate = making.slate(making.nomination(lead, "Own Friend", status="vetting"), status="draft")

    page = client.get(f"{URL}{slate.pk}/change/").content.decode()

    assert "Own Friend" not in page
    assert "One nominee on it is not yours to see" in page
    assert client.post(f"{URL}nominees/{slate.entries.get().pk}/remove/").status_code == 404
    version = workflow.version_of(slate)
    assert client.post(f"{URL}{slate.pk}/open/", {"version": version, "closes_on": "2099-01-01"}).status_code == 403


@pytest.mark.parametrize("who", ["staff", "superuser"])
def test_being_of_the_support_team_is_not_enough(client, who, noor, cast):
    client.force_login(getattr(cast, who))
    slate = making.slate(making.nomination(noor, "Ana One", status="slate"))
    entry = slate.entries.get()
    posts = [f"{slate.pk}/{act}/" for act in ("write", "add", "open", "extend", "close", "discard")]
    posts += [f"nominees/{entry.pk}/{act}/" for act in ("reword", "up", "remove", "take-off")]
    gets = ["", "add/", f"{slate.pk}/change/", f"{slate.pk}/preview/", f"{slate.pk}/mail/"]

    assert {client.get(URL + url).status_code for url in gets} == {403}
    assert {client.post(URL + url, {"closes_on": "2099-01-01", "title": "x"}).status_code for url in posts} == {403}
    slate.refresh_from_db()
    assert (slate.status, slate.title) == ("open", "Autumn slate")


def test_who_decides_reads_and_changes_nothing(client, noor):
    client.force_login(making.duty(make.person("Dora Decides", is_staff=True), decides=True))
    slate = making.slate(making.nomination(noor, "Ana One", status="slate"))

    assert client.get(f"{URL}{slate.pk}/change/").status_code == 200
    assert client.post(f"{URL}{slate.pk}/close/").status_code == 403


def cost_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("status", ["draft", "open", "closed"])
def test_the_page_costs_the_same_for_one_nominee_as_for_three(client, lead, noor, status):
    state = "vetting" if status == "draft" else "slate"
    costs = []
    for number in (1, 3):
        cases = [making.nomination(noor, f"Nominee {number} {one}", status=state) for one in range(number)]
        slate = making.slate(*cases, status=status)
        for one in range(number):
            ready(noor, f"Ready {number} {one}")
        SlateAnswer.objects.bulk_create(SlateAnswer(entry=entry, person=noor, answer="support") for entry in slate.entries.all())
        costs.append(cost_of(client, f"{URL}{slate.pk}/change/"))

    assert costs[0] == costs[1] < 32


def test_the_list_costs_the_same_for_one_slate_as_for_three(client, lead, noor):
    costs = []
    for _more in range(2):
        making.slate(making.nomination(noor, status="slate"))
        costs.append(cost_of(client, URL))

    assert costs[0] == costs[1] < 32
