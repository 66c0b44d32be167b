"""The demo community: made through the site's own functions, and worth clicking through."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ambassadors.models import Ambassador, User
from community.logins import ADDRESSES
from discussions.models import Post, Thread
from foundation.models import Community, HistoryEntry


@pytest.fixture
def demo(db):
    call_command("demo", stdout=StringIO())


def test_demo_has_people_of_every_standing_and_words_between_them(demo):
    standing = set(Ambassador.objects.values_list("status", flat=True))
    posts = list(Post.objects.values_list("body", flat=True))

    assert standing == {"listed", "active", "paused", "alumni"}
    assert len(posts) == len(set(posts)) > 10
    assert HistoryEntry.objects.filter(verb="invited to sign in").count() == Ambassador.objects.exclude(status="listed").count()
    assert Community.current().name == "Tidemark Ambassadors"


@pytest.mark.parametrize(("role", "path"), [("staff", "/desk/"), ("ambassador", "/desk/"), ("alumnus", "/settings/")])
def test_demo_opens_a_page_to_each_login(demo, client, role, path):
    client.force_login(User.objects.get(email=ADDRESSES[role]))

    assert client.get(path).status_code == 200


def test_demo_has_something_new_for_the_ambassador(demo, client):
    me = User.objects.get(email=ADDRESSES["ambassador"])
    client.force_login(me)

    desk = client.get("/desk/").content.decode()

    assert "Would you look at our board pack?" in desk
    assert Thread.objects.visible_to(me).count() == 4


def test_demo_only_fills_an_empty_database(alice):
    with pytest.raises(CommandError, match="only fills an empty one"):
        call_command("demo")

    assert list(User.objects.all()) == [alice]


def test_demo_of_any_size_is_the_same_each_time(db):
    call_command("demo", ambassadors=40, seed=7, stdout=StringIO())
    first = list(User.objects.order_by("email").values_list("name", flat=True))
    assert Ambassador.objects.filter(status="active").count() >= 38

    Post.objects.all().delete()
    Thread.objects.all().delete()
    User.objects.all().delete()
    Community.objects.all().delete()
    call_command("demo", ambassadors=40, seed=7, stdout=StringIO())

    assert list(User.objects.order_by("email").values_list("name", flat=True)) == first
