"""Who is named in a post, and who is told."""

from __future__ import annotations

import pytest

from discussions import signals, workflow
from discussions.mentions import marked, people_named
from discussions.models import Mention, Post
from foundation.privacy_export import erase
from foundation.richtext import clean, from_plain
from tests import make
from tests.discussions import making


@pytest.fixture
def ana(db):
    return make.ambassador("Ana Lima")


def named(text: str, by) -> list[str]:
    return [person.name for person in people_named(from_plain(text), by=by)]


def test_a_typed_name_names_its_person_whatever_follows_it(alice, ana):
    make.ambassador("Ana Lima Souza")
    make.ambassador("Zoë d'Arc-Müller")

    assert named("Ask @Ana Lima about it.", alice) == ["Ana Lima"]
    assert named("@ana lima: see (@Zoe d'Arc-Muller)?", alice) == ["Ana Lima", "Zoë d'Arc-Müller"]
    assert named("@Ana Lima Souza's idea, and @Ana Lima's", alice) == ["Ana Lima Souza", "Ana Lima"]
    assert named("@Ana Lima, @Ana Lima and me, @Alice Amadi", alice) == ["Ana Lima"]


def test_what_only_looks_like_a_name_names_nobody(alice, ana):
    make.ambassador("Rolf Roth", status="removed", is_active=False)
    make.ambassador("Ines Ibarra", status="alumni")
    make.ambassador("Stella Still", listed_for="staff")

    assert named("mail@Ana Lima and @ Ana Lima and @Ana", alice) == []
    assert named("@Rolf Roth @Ines Ibarra @Stella Still", alice) == []
    assert named("> @Ana Lima said so\n> long ago\n\nHm.", alice) == []


def test_at_most_ten_people_are_named(alice):
    text = " ".join(f"@{make.ambassador(f'Friend {word}').name}," for word in "abcdefghijkl")

    assert len(named(text, alice)) == 10


def test_a_name_is_set_off_from_the_words_around_it(alice, ana):
    html = marked(clean('<p>So @Ana Lima, and <a href="https://example.org">@Ana Lima</a>: @Ana Limas</p>'), [ana])

    assert html.count("<strong>@Ana Lima</strong>") == 1
    assert "So <strong>@Ana Lima</strong>, and" in html


@pytest.mark.parametrize(("openness", "people"), [("closed", []), ("open", ["Ana Lima"])])
def test_only_who_can_read_the_thread_is_named_in_it(alice, ana, openness, people):
    told = []
    signals.people_named.connect(lambda people, **more: told.extend(people), weak=False, dispatch_uid="test")

    making.thread(making.micro(alice, openness=openness), alice, body="What would @Ana Lima say?")

    signals.people_named.disconnect(dispatch_uid="test")
    assert [mention.person.name for mention in Mention.objects.all()] == people
    assert [person.name for person in told] == people


def test_the_people_of_a_private_thread_can_be_named_in_an_answer(alice, bob, ana, thread):
    post = workflow.reply(thread, by=alice, body="@Bob Brandt and @Ana Lima, what now?")

    assert list(Mention.objects.values_list("post", "person")) == [(post.pk, bob.pk)]
    assert list(Mention.objects.visible_to(ana)) == []
    assert [mention.person for mention in Mention.objects.visible_to(alice)] == [bob]


def test_who_is_named_before_a_thread_opens_is_told_when_it_does(alice, ana):
    thread = making.thread(making.topic(), alice, status="preparing", body="Ready, @Ana Lima?")
    assert list(Mention.objects.all()) == []

    type(thread).objects.update(status="open")
    thread.refresh_from_db()
    signals.thread_opened.send(type(thread), thread=thread)
    signals.thread_opened.send(type(thread), thread=thread)

    assert [mention.person for mention in Mention.objects.all()] == [ana]


def test_an_erased_person_is_named_no_more(alice, ana):
    thread = making.thread(making.topic(), alice, body="Thank you, @Ana Lima!")

    erase(ana)

    assert list(Mention.objects.all()) == []
    assert "Ana" not in Post.objects.get(thread=thread).body
