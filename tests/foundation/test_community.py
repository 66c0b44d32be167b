from __future__ import annotations

import threading
import time

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from foundation import publication
from foundation.models import Community, HistoryEntry, Upload
from tests.foundation import files

FORM = "admin:foundation_community_change"


@pytest.fixture
def community(db):
    cache.clear()
    return Community.objects.create(pk=1, name="Concentric", accent="#0f6b62")


def data(**changes):
    return {
        "name": "Rings",
        "accent": "#7a1f4b",
        "mails_a_day": 2,
        "mail_delay": 0,
        "asks_a_month": 2,
        "pieces_rest": 6,
        "asks_about_profiles": "on",
        "rounds_counts_to": 10,
        "purpose": "",
        "about": "",
        **changes,
    }


def test_the_list_of_communities_opens_the_one_there_is(client, staff):
    client.force_login(staff)

    response = client.get(reverse("admin:foundation_community_changelist"))

    assert (response.status_code, response.headers["Location"]) == (302, reverse(FORM, args=[1]))
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("page", ["add", "delete"])
def test_there_is_no_second_community_and_no_end_of_the_first(client, staff, community, page):
    client.force_login(staff)

    assert client.get(reverse(f"admin:foundation_community_{page}", args=[1] if page == "delete" else [])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_staff_change_is_seen_on_the_next_page_and_written_down(client, community, staff):
    assert Community.current().name == "Concentric"
    client.force_login(staff)

    response = client.post(reverse(FORM, args=[1]), data())

    assert response.status_code == 302
    assert (Community.current().name, Community.current().accent) == ("Rings", "#7a1f4b")
    assert HistoryEntry.objects.get(verb="changed the community").note == "name, accent, mails_a_day"


@pytest.mark.parametrize("accent", ["#ffd400", "#8a8a8a", "red", ""])
def test_an_accent_that_cannot_be_read_is_refused_beside_its_field(client, staff, community, accent):
    client.force_login(staff)

    page = client.post(reverse(FORM, args=[1]), data(accent=accent))

    assert (page.status_code, list(page.context["adminform"].form.errors)) == (200, ["accent"])
    assert Community.objects.get().accent == "#0f6b62"


@pytest.mark.parametrize(
    ("address", "kept"),
    [("Hello@mail.example.org", "hello@mail.example.org"), ("team@mail.example.org", "team@mail.example.org")]
    + [("hello@elsewhere.example", None), ("hello@sub.mail.example.org", None)]
    + [(f"{ours}@mail.example.org", None) for ours in ("help", "Reply", "bounce+abc")],
)
def test_the_community_writes_only_from_where_answers_come_in(client, staff, community, address, kept):
    client.force_login(staff)

    page = client.post(reverse(FORM, args=[1]), data(sender_address=address))

    refused = [] if page.status_code == 302 else list(page.context["adminform"].form.errors)
    assert (refused, Community.objects.get().sender_address) == (([], kept) if kept else (["sender_address"], ""))


@pytest.mark.django_db(transaction=True)
def test_a_mark_is_a_public_picture_that_gives_way_to_the_next(client, community, staff):
    client.force_login(staff)
    client.post(reverse(FORM, args=[1]), data(new_mark=files.sent(files.picture("PNG"), "a.png")))
    first = Upload.objects.get()
    assert (Community.current().mark, first.audience, first.alt) == (first, "public", "Rings")

    client.post(reverse(FORM, args=[1]), data(new_mark=files.sent(files.picture("PNG"), "b.png")))
    second = Upload.objects.get()
    client.post(reverse(FORM, args=[1]), data(drop_mark="on"))

    assert (second.name, Upload.objects.count(), Community.current().mark) == ("b.png", 0, None)
    assert not first.file.storage.exists(first.file.name)


def test_a_mark_that_is_no_picture_is_refused(client, staff, community):
    client.force_login(staff)

    page = client.post(reverse(FORM, args=[1]), data(new_mark=files.sent(files.SVG, "mark.svg", "image/svg+xml")))

    assert list(page.context["adminform"].form.errors) == ["new_mark"]


def test_the_community_costs_one_query_and_then_none(community, django_assert_num_queries):
    with django_assert_num_queries(1):
        Community.current()
    with django_assert_num_queries(0):
        Community.current()


def test_before_the_founding_there_is_a_name_to_show(db):
    cache.clear()

    assert (Community.current().name, Community.current().pk) == ("Concentric", 1)
    assert Community.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_read_before_a_change_and_keeps_after_it_does_not_bring_the_old_one_back(community):
    cache.clear()
    has_read, may_go_on = threading.Event(), threading.Event()

    def pause_after(execute, *args):
        answer = execute(*args)
        has_read.set()
        may_go_on.wait(5)
        return answer

    def read_slowly():
        with connection.execute_wrapper(pause_after):
            Community.current()
        connection.close()

    reader = threading.Thread(target=read_slowly)
    reader.start()
    assert has_read.wait(5)
    community.name = "Rings"
    community.save()
    may_go_on.set()
    reader.join()

    assert Community.current().name == "Rings"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_was_seen_by_nobody_else(community):
    with transaction.atomic():
        community.name = "Rings"
        community.save()
        within = Community.current().name
        transaction.set_rollback(True)

    assert (within, Community.current().name) == ("Rings", "Concentric")


@pytest.mark.django_db(transaction=True)
def test_public_pages_are_made_anew_from_the_new_row(community, monkeypatch):
    names = [Community.current().name]
    monkeypatch.setattr(publication, "take_new_version", lambda: names.append(Community.current().name))

    community.name = "Rings"
    community.save()

    assert names == ["Concentric", "Rings"]


@pytest.mark.django_db(transaction=True)
def test_a_page_of_ones_own_asks_for_the_community_once_a_second(community, monkeypatch):
    seen = Community.seen().name
    Community.objects.filter(pk=1).update(name="Rings")
    cache.clear()
    assert (seen, Community.seen().name, Community.current().name) == ("Concentric", "Concentric", "Rings")

    moment = time.monotonic()
    monkeypatch.setattr("time.monotonic", lambda: moment + 1.1)
    assert Community.seen().name == "Rings"


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_here_is_seen_here_at_once(community):
    assert Community.seen().name == "Concentric"
    community.name = "Rings"
    community.save()

    assert Community.seen().name == "Rings"
