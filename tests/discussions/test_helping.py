"""Beginning conversations in spaces, and the answer that helped."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from discussions import workflow
from discussions.models import Thread
from discussions.threads import helping
from foundation.models import HistoryEntry
from tests import make
from tests.discussions import making


@pytest.fixture
def question(alice):
    """Alice asked in a topic; Carla and Dora answered."""
    thread = making.thread(making.topic(), alice, subject="Who pays for childcare?", kind="question")
    making.talk(thread, make.ambassador("Carla Costa"), make.ambassador("Dora Dahl"))
    return thread


def test_one_begins_a_conversation_where_one_may(client, bob, alice):
    topic, closed = making.topic(), making.micro(alice)
    making.join(closed, bob, "promoter")
    own = making.join(making.micro(alice, "Spring school"), bob, "participant")
    client.force_login(own)
    said = {"subject": "A question", "body": "Who knows?", "kind": "question"}

    page = client.get("/discussions/new/?space=everyday-questions&kind=question")
    refused = client.post("/discussions/new/", said | {"space": closed.slug})
    begun = client.post("/discussions/new/", said | {"space": topic.slug})

    assert [str(space) for space in page.context["form"].fields["space"].queryset] == ["Everyday questions", "Spring school"]
    assert '<option value="everyday-questions" selected>' in page.content.decode()
    assert refused.context["form"].errors["space"]
    thread = Thread.objects.get()
    assert (begun.url, thread.kind, thread.space, thread.started_by) == (thread.get_absolute_url(), "question", topic, bob)


def test_the_answer_that_helped_stands_on_top_and_at_its_place(client, alice, question):
    client.force_login(alice)
    post = question.posts.get(number=3)

    client.post(reverse("discussions:post-mark-helpful", args=[post.pk]))
    page = client.get(question.get_absolute_url())

    assert page.context["helped"] == ("Dora Dahl says thing number 2.", "Dora Dahl", 3, f"/discussions/posts/{post.pk}/")
    assert [shown.line.helped for shown in page.context["rows"]] == [False, False, True]
    assert HistoryEntry.objects.filter(verb="said what helped").count() == 1


def test_it_stands_on_top_of_every_page(client, alice, question, django_assert_num_queries):
    making.talk(question, *[alice] * 20)
    helping.mark_helpful(question.posts.get(number=3), by=alice)
    client.force_login(alice)

    page = client.get(question.get_absolute_url(), {"from": "21"})

    assert page.context["helped"].number == 3
    assert [shown.line.number for shown in page.context["rows"]] == [21, 22, 23]


def test_another_answer_takes_its_place_and_it_can_be_taken_back(client, alice, question):
    first, second = question.posts.get(number=2), question.posts.get(number=3)
    client.force_login(alice)
    for post in (first, second):
        client.post(reverse("discussions:post-mark-helpful", args=[post.pk]))
    assert Thread.objects.get().helped == second

    client.post(reverse("discussions:thread-clear-helpful", args=[question.pk]))

    assert Thread.objects.get().helped is None
    assert client.get(question.get_absolute_url()).context["helped"] is None


def test_what_was_taken_back_or_hidden_is_not_on_top(client, alice, question):
    helping.mark_helpful(question.posts.get(number=3), by=alice)
    for status in ("hidden", "withdrawn"):
        question.posts.filter(number=3).update(status=status)
        client.force_login(alice)
        assert client.get(question.get_absolute_url()).context["helped"] is None


def test_whoever_asked_or_leads_the_space_says_so(alice, bob, question):
    question.refresh_from_db()
    by_carla = question.posts.get(number=2)

    assert helping.may_say_what_helped(alice, question)
    assert helping.may_say_what_helped(making.host(), question)
    for person in (bob, by_carla.author):
        with pytest.raises(PermissionDenied):
            helping.mark_helpful(by_carla, by=person)


@pytest.mark.parametrize("why", ["the question itself", "a discussion", "a hidden answer"])
def test_what_is_no_answer_cannot_be_marked(alice, question, why):
    post = question.posts.get(number=1 if why == "the question itself" else 2)
    if why == "a discussion":
        Thread.objects.update(kind="discussion")
    elif why == "a hidden answer":
        question.posts.filter(number=2).update(status="hidden")
        post = question.posts.get(number=2)

    with pytest.raises(PermissionDenied):
        helping.mark_helpful(post, by=alice)


def test_the_button_is_for_those_who_may_press_it(client, alice, bob, question):
    found = {}
    for person in (alice, bob, making.host()):
        client.force_login(person)
        found[person.name] = client.get(question.get_absolute_url()).content.decode().count("Mark as what helped")

    assert found == {"Alice Amadi": 2, "Bob Brandt": 0, "Hedda Host": 2}
    workflow.reply(question, by=bob, body="A third answer.")
