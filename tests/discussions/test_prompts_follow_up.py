"""The follow-up desk: nothing falls through, and sending closes."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.models import FollowUp, Post, Thread
from discussions.prompts import following_up, introducing, lining_up
from discussions.querysets.follow_ups import answers_to_look_at
from discussions.words import to_plain
from foundation.desk import cards_for
from foundation.privacy_export import erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making, prompting

pytestmark = pytest.mark.django_db
LIST = "/discussions/follow-ups/"


@pytest.fixture
def thread(alice):
    """An open round of Alice's series, in an open space of hers, on Thursday at nine."""
    with prompting.at(prompting.MONDAY):
        prompting.series(making.micro(alice, openness="open"), alice, minimum=0)
    prompting.tick("2027-01-07T09:00:00+00:00")
    return Thread.objects.get(kind="prompt")


def answer(thread: Thread, name: str, words: str = "Two interviews.", **fields) -> Post:
    """What somebody of the space says to the prompt."""
    person = making.join(thread.space, make.ambassador(name, **fields))
    return workflow.reply(thread, by=person, body=words)


def desk_of(person) -> list[str]:
    return [card.title for card in cards_for(person)]


def test_the_answers_of_a_round_are_one_line_of_the_morning_page_that_leads_to_the_desk_of_its_series(client, thread, alice):
    with prompting.at("2027-01-07T10:00:00+00:00"):
        first = answer(thread, "Mira Moss")
        alone = [(line.title, line.url) for line in lining_up.answers(alice).lines]
        for name in ("Nils Noor", "Olga Ost"):
            answer(thread, name)

        (line,) = lining_up.answers(alice).lines
        client.force_login(alice)
        shown = list(client.get(line.url).context["answers"])

    assert alone == [("Mira Moss in “On the bench”", f"/discussions/posts/{first.pk}/follow-up/")]
    assert (line.title, line.at, len(shown)) == ("3 answers in “On the bench”", first.posted_at, 3)


@pytest.mark.row("D14")
def test_a_private_follow_up_shows_up_on_its_day_and_is_closed_by_sending_it(client, thread, alice):
    with prompting.at("2027-01-07T10:00:00+00:00"):
        post = answer(thread, "Mira Moss", "A survey that families answer.")
        client.force_login(alice)
        client.post(
            reverse("discussions:follow-up-start", args=[post.pk]),
            {"kind": "ask", "text": "How did the survey go?", "day": "2027-01-14"},
        )
        early = client.get(LIST).context
        shown_early = ([row["one"] for row in early["due"]], [one.post for one in early["later"]], list(early["answers"]))
        on_desk_early = desk_of(alice)
    one = FollowUp.objects.get()

    with prompting.at("2027-01-14T09:00:00+00:00"):
        client.force_login(alice)
        on_desk = desk_of(alice)
        due = [row["one"] for row in client.get(LIST).context["due"]]
        client.post(reverse("discussions:follow-up-send", args=[one.pk]), {f"{one.pk}-text": "How did your survey go?"})
        client.post(reverse("discussions:follow-up-send", args=[one.pk]), {f"{one.pk}-text": "How did your survey go?"})
        left = client.get(LIST).context

    assert shown_early == ([], [post], [])
    assert "Follow up with Mira Moss" not in on_desk_early
    assert "Follow up with Mira Moss" in on_desk
    assert due == [one]
    assert (list(left["due"]), list(left["later"]), "Follow up with Mira Moss" in desk_of(alice)) == ([], [], False)
    private = Thread.objects.get(kind="private")
    assert [to_plain(said.body) for said in private.posts.all()] == ["How did your survey go?"]
    assert list(OutgoingMail.objects.filter(kind="private_message").values_list("person__name", flat=True)) == ["Mira Moss"]


def test_each_first_answer_waits_for_a_look_until_something_is_decided(thread, alice, bob):
    first, second = answer(thread, "Mira Moss"), answer(thread, "Nils Nord")
    workflow.reply(thread, by=first.author, body="And one thing more.")
    workflow.reply(thread, by=alice, body="Thank you both.")
    making.join(thread.space, bob, "advisor")
    assert list(answers_to_look_at(alice).order_by("pk")) == [first, second]
    assert list(answers_to_look_at(bob)) == []

    following_up.settle(first, by=alice)
    following_up.settle(first, by=alice)
    assert list(answers_to_look_at(alice)) == [second]
    following_up.plan(second, by=alice, kind="celebrate", text="Well done.")

    assert list(answers_to_look_at(alice)) == []
    assert FollowUp.objects.count() == 2


def test_a_public_one_is_said_in_the_conversation_as_an_answer_to_theirs(client, thread, alice):
    post = answer(thread, "Mira Moss")
    client.force_login(alice)

    client.post(
        reverse("discussions:follow-up-start", args=[post.pk]), {"kind": "celebrate", "text": "This is news!", "is_public": "on"}
    )

    last = Post.objects.filter(thread=thread).latest("number")
    assert (to_plain(last.body), last.answers, FollowUp.objects.get().status) == ("This is news!", post, "sent")


def test_two_people_are_connected_in_one_conversation_of_three(client, thread, alice):
    topics = ["School budgets"]
    post = answer(thread, "Mira Moss", topics=topics)
    answer(thread, "Nils Nord", topics=topics)
    answer(thread, "Olga Other", topics=["Choirs"])
    client.force_login(alice)
    assert [(match.name, match.reason) for match in introducing.matches_for(post, alice)] == [
        ("Nils Nord", "both know about School budgets")
    ]

    client.post(
        reverse("discussions:follow-up-start", args=[post.pk]), {"kind": "connect", "other": "nils nord", "text": "You two, meet."}
    )

    private = Thread.objects.get(kind="private")
    assert sorted(str(seat.person) for seat in private.participants.all()) == ["Alice Amadi", "Mira Moss", "Nils Nord"]


def test_it_is_refused_where_it_makes_no_sense(thread, alice, bob):
    post, prompt_itself = answer(thread, "Mira Moss"), thread.posts.get(number=1)
    making.join(thread.space, bob)
    with pytest.raises(PermissionDenied):
        following_up.plan(post, by=bob, kind="ask")
    with pytest.raises(PermissionDenied):
        following_up.plan(prompt_itself, by=alice, kind="ask")
    with pytest.raises(ValidationError):
        following_up.plan(post, by=alice, kind="connect", other=post.author)
    one = following_up.plan(post, by=alice, kind="ask", text="How did it go?")
    following_up.drop(one, by=alice)
    with pytest.raises(TransitionRefused):
        following_up.send(one, by=alice)


def test_what_cannot_be_sent_stays_open(thread, alice):
    one = following_up.plan(answer(thread, "Mira Moss"), by=alice, kind="ask", text="How did it go?")
    type(one.post.author.ambassador).objects.filter(user=one.post.author).update(status="alumni")
    one = FollowUp.objects.select_related("post__author__ambassador").get()

    with pytest.raises(ValidationError):
        following_up.send(one, by=alice)

    assert FollowUp.objects.get().status == "waiting"


def test_erasing_the_one_who_answered_takes_the_follow_ups_along(thread, alice):
    post = answer(thread, "Mira Moss")
    following_up.plan(post, by=alice, kind="ask", text="How did it go, Mira?")

    erase(post.author)

    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(client, thread, alice, rows, django_assert_num_queries):
    for number in range(rows):
        answer(thread, f"Person {number}")
        following_up.plan(answer(thread, f"Due {number}"), by=alice, kind="ask", text="How did it go?")
    client.force_login(alice)
    client.get(LIST)

    with django_assert_num_queries(7):
        client.get(LIST)
