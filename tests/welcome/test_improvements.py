"""What pairs would improve is looked after, and its authors hear once what became of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from correspondence import preferences
from correspondence.models import OutgoingMail
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from tests import make
from tests.races import at_once
from tests.welcome import looking
from welcome.first_look import answering, improving
from welcome.models import Improvement

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(staff, alice, bob):
    """What Alice and Bob would improve."""
    return looking.improvement(staff, alice, bob)


def press(client, person, one, move: str, **said):
    client.force_login(person)
    return client.post(reverse(f"welcome:improvement-{move}", args=[one.pk]), said)


def told(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.mark.row("C4")
def test_marking_it_done_tells_its_authors_once_by_the_channel_they_prefer(
    client, one, staff, alice, bob, mailoutbox, django_capture_on_commit_callbacks
):
    preferences.choose(bob, "improvement_done", wanted=False)

    with django_capture_on_commit_callbacks(execute=True):
        press(client, staff, one, "take")
        press(client, staff, one, "finish", note="There are three fields now.")
        press(client, staff, one, "reopen")
        press(client, staff, one, "finish", note="Two, even.")

    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([alice.email], "Done: something that you suggested")]
    assert "A shorter form." in mailoutbox[0].body
    assert "Two, even." in mailoutbox[0].body
    for author in (alice, bob):
        assert [card.text for card in cards_for(author) if card.title == "Something that you suggested is done"] == [
            "A shorter form."
        ]


def test_not_now_is_told_once_with_its_reason_and_needs_one(client, one, staff):
    assert press(client, staff, one, "put-off").context["reason_form"].errors == {"note": ["This field is required."]}
    press(client, staff, one, "put-off", note="After the summer.")
    press(client, staff, one, "reopen")
    press(client, staff, one, "put-off", note="After the winter.")

    one.refresh_from_db()
    assert (one.status, one.note_to_authors) == ("not now", "After the winter.")
    assert told("improvement_not_now") == ["Alice Amadi", "Bob Brandt"]


def test_two_that_say_the_same_are_one_with_the_authors_of_both(client, one, staff, alice):
    carla = make.ambassador("Carla Costa")
    other = looking.improvement(staff, carla, alice)

    press(client, staff, other, "merge", into=one.pk)
    press(client, staff, one, "finish")

    client.force_login(carla)
    (group,) = client.get(reverse("welcome:improvement-list")).context["groups"]
    assert (group[1], group[2]) == ("done", [one])
    assert [author.person.name for author in group[2][0].credited] == ["Alice Amadi", "Bob Brandt", "Carla Costa"]
    assert told("improvement_done") == ["Alice Amadi", "Bob Brandt", "Carla Costa"]
    assert b"Somebody else suggested the same" in client.get(other.get_absolute_url()).content


def test_what_is_merged_into_something_done_is_told_to_whoever_has_not_heard(staff, one, alice):
    other = looking.improvement(staff, make.ambassador("Carla Costa"), alice)
    improving.finish(one, by=staff)

    improving.merge(other, one, by=staff)

    assert told("improvement_done") == ["Alice Amadi", "Bob Brandt", "Carla Costa"]


@pytest.mark.django_db(transaction=True)
def test_done_by_two_at_once_is_told_once():
    staff, people = make.person("Sam Staff", is_staff=True), (make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt"))
    one = looking.improvement(staff, *people)

    at_once(*(lambda: improving.finish(Improvement.objects.get(pk=one.pk), by=staff) for _time in range(2)))

    assert told("improvement_done") == ["Alice Amadi", "Bob Brandt"]
    assert HistoryEntry.objects.filter(verb="said that an improvement is done").count() == 1


def test_its_words_follow_the_answer_until_somebody_takes_it_up(client, one, staff, alice):
    pair = one.answer.pair
    looking.write(pair, alice, a4="A form of one page.")
    one.refresh_from_db()
    assert one.words == "A form of one page."

    improving.take(one, by=staff)
    looking.write(pair, alice, a4="No form at all.")

    one.refresh_from_db()
    assert one.words == "A form of one page."
    client.force_login(alice)
    assert client.get(one.get_absolute_url()).context["reworded"] == "No form at all."


@pytest.mark.parametrize(("taken_up", "left"), [(False, []), (True, ["A shorter form."])])
def test_an_answer_that_is_taken_back_takes_along_what_nobody_has_taken_up(one, staff, alice, taken_up, left):
    if taken_up:
        improving.plan(one, by=staff)

    looking.write(one.answer.pair, alice, a4="")

    assert list(Improvement.objects.values_list("words", flat=True)) == left


def test_its_owner_moves_it_on_and_other_members_do_not(client, one, staff, alice):
    carla = make.ambassador("Carla Costa")
    press(client, staff, one, "plan", owner="Carla Costa")
    one.refresh_from_db()
    assert (one.status, one.owner) == ("planned", carla)

    with pytest.raises(PermissionDenied):
        improving.finish(one, by=alice)
    assert press(client, carla, one, "finish", note="Done.").status_code == 302
    one.refresh_from_db()
    assert (one.status, one.owner) == ("done", carla)


def test_an_author_who_has_left_is_credited_and_not_written_to(one, staff, bob):
    bob.ambassador.status = "alumni"
    bob.ambassador.save()

    improving.finish(one, by=staff)

    assert told("improvement_done") == ["Alice Amadi"]


def test_nothing_is_put_off_without_a_word(one, staff):
    with pytest.raises(ValidationError):
        improving.put_off(one, by=staff, note=" ")


def test_new_ones_wait_for_the_support_team_and_stand_in_its_list(client, one, staff):
    (card,) = [card for card in cards_for(staff) if card.title == "What pairs would improve"]
    assert card.text == "One is new: plan it, or say why not now."
    client.force_login(staff)

    shown = client.get(reverse("admin:welcome_improvement_changelist"), {"status__exact": "new", "owner": "nobody"})
    assert [row.pk for row in shown.context["cl"].queryset] == [one.pk]
    assert client.get(reverse("admin:welcome_improvement_change", args=[one.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_costs_as_much_for_one_as_for_three(client, staff, alice, bob, django_assert_num_queries, number):
    pair = looking.sent(staff, alice, bob, a4="One.")
    look, question = pair.look, Improvement.objects.get().answer.question
    for name in ("Two", "Three")[: number - 1]:
        made = Improvement.objects.create(look=look, words=f"{name} {question.position}")
        made.authors.create(person=bob)
    client.force_login(alice)
    client.get(reverse("welcome:improvement-list"))

    with django_assert_num_queries(5):
        client.get(reverse("welcome:improvement-list"))


def test_a_pair_that_sends_again_makes_nothing_twice(staff, alice, bob):
    pair = looking.sent(staff, alice, bob)

    assert answering.send_answers(pair, by=bob) is False
    assert sorted(Improvement.objects.values_list("words", flat=True)) == ["A map.", "A shorter form."]
