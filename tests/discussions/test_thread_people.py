"""Private conversations of several people: named at the start, added later, and left."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.models import Participant, Post, Thread
from discussions.threads import people
from tests import make


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def names_in(thread) -> list[str]:
    return list(Participant.objects.filter(thread=thread).order_by("seat").values_list("person__name", flat=True))


def test_one_writes_to_several_from_a_profile(as_alice, alice, bob):
    make.ambassador("Carla Costa"), make.ambassador("Dora Dahl")
    form = {"also": "carla  COSTA, dora-dahl", "subject": "Our survey", "body": "Shall we?"}

    answer = as_alice.post("/discussions/new/?to=bob-brandt", form, follow=True)

    thread = Thread.objects.get()
    assert names_in(thread) == ["Alice Amadi", "Bob Brandt", "Carla Costa", "Dora Dahl"]
    assert sorted(OutgoingMail.objects.values_list("person__name", flat=True)) == ["Bob Brandt", "Carla Costa", "Dora Dahl"]
    assert "Sent. All 3 get it by mail too" in answer.content.decode()


def test_several_are_named_in_the_address(as_alice, bob):
    make.ambassador("Carla Costa")

    page = as_alice.get("/discussions/new/?to=bob-brandt&to=carla-costa&to=bob-brandt")
    as_alice.post("/discussions/new/?to=bob-brandt&to=carla-costa", {"subject": "Our survey", "body": "Shall we?"})

    assert "Write to 2 people" in page.content.decode()
    assert names_in(Thread.objects.get()) == ["Alice Amadi", "Bob Brandt", "Carla Costa"]
    assert as_alice.get("/discussions/new/?to=bob-brandt&to=nobody").status_code == 404


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("Carla Kosta", "We found nobody called Carla Kosta. Did you mean: Carla Costa?"),
        ("Twin Taylor", "There are several people called Twin Taylor."),
        ("Rita Roth", "We found nobody called Rita Roth."),
        (", ".join(f"Friend {number}" for number in range(7)), "A private conversation has room for eight people"),
        (", ".join(f"Friend {number}" for number in range(9)), "A private conversation has room for eight people"),
    ],
)
def test_a_name_that_cannot_be_understood_is_asked_for_again(as_alice, bob, also, said):
    for name in ["Carla Costa", "Twin Taylor", "Twin Taylor", *(f"Friend {number}" for number in range(7))]:
        make.ambassador(name)
    make.ambassador("Rita Roth", listed_for="staff")

    page = as_alice.post("/discussions/new/?to=bob-brandt", {"also": also, "subject": "Our survey", "body": "Shall we?"})

    assert page.context["form"].errors["also"][0].startswith(said)
    assert Thread.objects.count() == 0


def test_whoever_is_added_reads_all_and_everybody_is_told(
    client, as_alice, alice, bob, thread, django_capture_on_commit_callbacks, mailoutbox
):
    carla = make.ambassador("Carla Costa")
    workflow.reply(thread, by=bob, body="Gladly.")

    with django_capture_on_commit_callbacks(execute=True):
        mailoutbox.clear()
        as_alice.post(reverse("discussions:participant-add", args=[thread.pk]), {"names": "Carla Costa"})

    told = {mail.to[0].partition("@")[0]: mail for mail in mailoutbox}
    assert sorted(told) == ["bob-brandt", "carla-costa"]
    assert told["carla-costa"].subject == "Alice Amadi has brought you into “Our survey”"
    assert (
        "Alice Amadi has added Carla Costa to your private conversation “Our survey”. Carla Costa can read everything"
        in " ".join(told["bob-brandt"].body.split())
    )
    assert "Your answer goes to all 2: Alice Amadi, Bob Brandt." in " ".join(told["carla-costa"].body.split())
    client.force_login(carla)
    page = client.get(thread.get_absolute_url())
    assert [post.number for post in page.context["posts"]] == [1, 2]
    assert [coming.text for coming in page.context["head"].comings] == [
        "Carla Costa was added by Alice Amadi, and can read what was said before"
    ]


def test_an_answer_by_mail_from_the_newcomer_reaches_all(as_alice, alice, bob, thread):
    carla = make.ambassador("Carla Costa")
    people.add_people(thread, [carla, bob], by=alice)

    workflow.reply(thread, by=carla, body="Hello.")

    post = Post.objects.get(author=carla)
    assert set(OutgoingMail.objects.filter(about={"post": post.pk}).values_list("person__name", flat=True)) == {
        "Alice Amadi",
        "Bob Brandt",
    }


def test_whoever_leaves_reads_no_more_and_gives_up_the_seat(as_alice, alice, bob, thread):
    answer = as_alice.post(reverse("discussions:participant-leave", args=[thread.pk]), follow=True)

    assert "You have left “Our survey”." in answer.content.decode()
    assert as_alice.get(thread.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        workflow.reply(thread, by=alice, body="One more thing.")
    people.add_people(thread, [make.ambassador("Carla Costa")], by=bob)
    assert names_in(thread) == ["Carla Costa", "Bob Brandt"]


def test_nobody_outside_adds_or_leaves(alice, bob, thread, staff):
    for outsider in (make.ambassador("Carla Costa"), staff):
        with pytest.raises(PermissionDenied):
            people.add_people(thread, [outsider], by=outsider)
        with pytest.raises(PermissionDenied):
            people.leave(thread, by=outsider)

    assert names_in(thread) == ["Alice Amadi", "Bob Brandt"]


def test_whoever_is_no_member_is_not_added(alice, thread, alumna):
    with pytest.raises(PermissionDenied):
        people.add_people(thread, [alumna], by=alice)


@pytest.mark.row("R29")
@pytest.mark.django_db(transaction=True)
def test_of_several_added_at_once_to_the_last_seat_one_gets_it(alice, bob, thread):
    people.add_people(thread, [make.ambassador(f"Friend {number}") for number in range(5)], by=alice)
    late = [make.ambassador(f"Late {number}") for number in range(3)]
    gate, refused = threading.Barrier(3), []

    def add(one, by):
        try:
            gate.wait(timeout=10)
            people.add_people(thread, [one], by=by)
        except Exception as error:  # noqa: BLE001  looked at below
            refused.append(type(error).__name__)
        finally:
            connection.close()

    runs = [threading.Thread(target=add, args=pair) for pair in zip(late, (alice, bob, alice), strict=True)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(timeout=30)

    assert refused == ["ValidationError", "ValidationError"]
    assert len(names_in(thread)) == 8


def test_the_page_of_who_takes_part_says_when_all_seats_are_taken(as_alice, alice, thread):
    path = reverse("discussions:participant-list", args=[thread.pk])
    assert "Whoever you add can read what was said so far (1 message)." in as_alice.get(path).content.decode()

    people.add_people(thread, [make.ambassador(f"Friend {number}") for number in range(6)], by=alice)

    assert "All eight seats are taken." in as_alice.get(path).content.decode()
