from __future__ import annotations

import pytest
from django.urls import reverse

from foundation import views
from foundation.models import HistoryEntry, Topic, Via
from foundation.workflow import record

PAGE = "/settings/history/"


@pytest.mark.row("R24")
def test_a_person_reads_who_did_what_with_their_account_when_and_how(client, alice, bob, staff):
    record("changed the address", alice, by=staff, about=alice, note="a note between staff")
    record("changed the address", bob, by=staff, about=bob)
    record("opened a session", alice, by=alice, via=Via.ASSISTANT, about=alice)
    client.force_login(alice)

    page = client.get(PAGE)

    mine = [(entry.shown_actor, entry.verb, entry.target_name) for entry in page.context["entries"]]
    assert mine == [("Alice Amadi", "opened a session", "Alice Amadi"), ("Sam Staff", "changed the address", "Alice Amadi")]
    text = page.content.decode()
    assert ("via an assistant" in text, "a note between staff" in text, "Bob Brandt" in text) == (True, False, False)


def test_the_settings_lead_to_the_page(client, alice):
    client.force_login(alice)

    assert f'href="{PAGE}"' in client.get("/settings/").content.decode()


def test_staff_read_their_own_on_this_page_too(client, alice, staff):
    record("changed the address", alice, by=staff, about=alice)
    client.force_login(staff)

    assert list(client.get(PAGE).context["entries"]) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_more_lines(client, alice, rows, django_assert_num_queries):
    for _ in range(rows):
        record("changed the address", alice, by=alice, about=alice)
    client.force_login(alice)
    client.get(PAGE)

    with django_assert_num_queries(4):  # the session, the person, their standing, the lines
        assert len(client.get(PAGE).context["entries"]) == rows


def test_older_lines_are_a_page_further(client, alice, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 2)
    for number in range(3):
        record(f"act {number}", alice, by=alice, about=alice)
    client.force_login(alice)

    first = client.get(PAGE).context
    second = client.get(PAGE, {"before": first["older"]}).context

    assert [[entry.verb for entry in page["entries"]] for page in (first, second)] == [["act 2", "act 1"], ["act 0"]]
    assert (second["older"], client.get(PAGE, {"before": "x"}).status_code) == (None, 200)


@pytest.mark.row("R24")
def test_staff_read_the_history_and_cannot_touch_it(client, alice, staff, monkeypatch):
    topic = Topic.objects.create(name="Secret matter")
    record("spoke of", topic, by=alice)
    entry = record("changed the address", alice, by=alice)
    client.force_login(staff)
    listed = client.get(reverse("admin:foundation_historyentry_changelist")).content.decode()
    monkeypatch.setattr(Topic, "confidential_history", True, raising=False)

    page = client.get(reverse("admin:foundation_historyentry_changelist")).content.decode()

    assert ("Secret matter" in listed, "Secret matter" in page, "changed the address" in page) == (True, False, True)
    assert client.get(reverse("admin:foundation_historyentry_add")).status_code == 403
    assert client.post(reverse("admin:foundation_historyentry_change", args=[entry.pk]), {"verb": "x"}).status_code == 403
    assert client.post(reverse("admin:foundation_historyentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert HistoryEntry.objects.count() == 2
