"""Pairs are made on purpose, answer together, and what they find stands on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Ambassador
from discussions.models import Block, Post
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making
from tests.races import at_once
from tests.welcome import looking
from welcome.first_look import answering, due, opening, page, preparing
from welcome.first_look.answering import Said
from welcome.models import FirstLook, Improvement, LookAnswer, LookPair, LookSeat
from welcome.onboarding import workflow
from welcome.onboarding.registry import steps

pytestmark = pytest.mark.django_db
HAND, HOME = looking.HAND, looking.HOME
ANSWERS = {f"answer_{number}": f"Finding {number}." for number in range(1, 7)} | {f"revision_{n}": "0" for n in range(1, 7)}


@pytest.fixture
def hands(staff):
    """A look for two who would both like a hand."""
    one, other = looking.two((HAND, HAND))
    return looking.look(staff, one, other), one, other


@pytest.fixture
def pair(staff, alice, bob):
    return looking.pair(staff, alice, bob)


def save(client, pair, person, **said):
    client.force_login(person)
    return client.post(reverse("welcome:look-pair-save", args=[pair.pk]), said)


def words_of(pair) -> list[str]:
    return [answer.words for answer in LookAnswer.objects.filter(pair=pair)]


@pytest.mark.row("C3")
def test_two_who_would_both_like_a_hand_need_a_reason_and_all_answers_stand_on_one_page(client, hands, staff, alice, bob):
    look, one, other = hands
    preparing.add_people(look, [alice, bob], by=staff)
    client.force_login(staff)
    make_pair = reverse("welcome:look-pair-make", args=[look.pk])

    refused = client.post(make_pair, {"people": [one.pk, other.pk]})
    assert refused.context["pair_form"].non_field_errors() == [
        "Two of them would both like a hand with websites. Choose somebody else, or say why all the same."
    ]
    assert LookPair.objects.count() == 0

    client.post(make_pair, {"people": [one.pk, other.pk], "why": "They sit at one desk, with a colleague beside them."})
    client.post(make_pair, {"people": [alice.pk, bob.pk]})
    assert [pair.why_together for pair in LookPair.objects.all()] == ["They sit at one desk, with a colleague beside them.", ""]
    client.post(reverse("welcome:first-look-open", args=[look.pk]))
    for pair, person in zip(LookPair.objects.all(), (one, alice), strict=True):
        client.force_login(person)
        client.post(reverse("welcome:look-pair-send", args=[pair.pk]), ANSWERS | {"answer_6": f"{person.name} is surprised."})

    client.force_login(bob)
    shown = client.get(look.get_absolute_url())
    found = [(q.text, [(f.names, [a.words for a in f.answers]) for f in of]) for q, of in shown.context["questions"]]
    hands_said = f"{one.name} and {other.name}"
    assert found == [
        (
            "Three ways in which this place could help what you are working for",
            [
                (hands_said, [f"Finding {n}." for n in (1, 2, 3)]),
                ("Alice Amadi and Bob Brandt", [f"Finding {n}." for n in (1, 2, 3)]),
            ],
        ),
        (
            "Two things that you would improve",
            [(who, ["Finding 4.", "Finding 5."]) for who in (hands_said, "Alice Amadi and Bob Brandt")],
        ),
        (
            "One thing that surprised you",
            [(hands_said, [f"{one.name} is surprised."]), ("Alice Amadi and Bob Brandt", ["Alice Amadi is surprised."])],
        ),
    ]


def test_a_third_who_would_like_a_hand_needs_the_reason_too(staff):
    one, other, third = looking.two((HAND, HOME)) + looking.two((HAND,))
    look = looking.look(staff, one, other, third)
    pair = preparing.make_pair(look, [one.pk, other.pk], by=staff)

    with pytest.raises(ValidationError):
        preparing.join_pair(pair, third.pk, by=staff)
    with pytest.raises(ValidationError):
        preparing.make_pair(looking.look(staff, one, other, third), [one.pk, other.pk, third.pk], by=staff)

    preparing.join_pair(pair, third.pk, by=staff, why="She asked for it.")
    assert LookSeat.objects.filter(pair=pair).count() == 3


def test_whoever_has_not_said_counts_as_neither(staff):
    one, other = looking.two(("", HAND))

    assert preparing.make_pair(looking.look(staff, one, other), [one.pk, other.pk], by=staff).why_together == ""


def test_a_change_of_comfort_is_seen_when_it_opens(staff):
    one, other = looking.two((HAND, HOME))
    look = looking.look(staff, one, other)
    preparing.make_pair(look, [one.pk, other.pk], by=staff)
    Ambassador.objects.filter(user=other).update(tech_comfort=HAND)

    with pytest.raises(ValidationError, match="In pair 1 both would like a hand"):
        opening.open_look(look, by=staff)

    assert [shown.needs_hand for shown in page.pairs_of(look)] == [True]


@pytest.mark.django_db(transaction=True)
def test_a_change_of_comfort_at_the_same_moment_waits_for_the_pair_or_is_seen():
    staff, (one, other) = make.person("Sam Staff", is_staff=True), looking.two((HAND, HOME))
    look = looking.look(staff, one, other)

    made, _changed = at_once(
        lambda: preparing.make_pair(look, [one.pk, other.pk], by=staff),
        lambda: Ambassador.objects.filter(user=other).update(tech_comfort=HAND),
    )

    shown = page.pairs_of(FirstLook.objects.get(pk=look.pk))
    assert isinstance(made, ValidationError) or [pair.needs_hand for pair in shown] == [True]


def test_only_the_support_team_reads_why_they_look_together(client, hands, staff, alice):
    look, one, other = hands
    preparing.make_pair(look, [one.pk, other.pk], by=staff, why="A colleague sits beside them.")
    opening.open_look(look, by=staff)

    told = {}
    for person in (staff, one, alice):
        client.force_login(person)
        pages = (look.get_absolute_url(), f"{look.get_absolute_url()}prepare/", LookPair.objects.get().get_absolute_url())
        told[person.name] = [b"A colleague sits beside them." in client.get(address).content for address in pages]
    assert told == {"Sam Staff": [False, True, False], one.name: [False] * 3, alice.name: [False] * 3}


def test_all_suggested_pairs_are_made_with_one_press(client, staff):
    people = looking.two((HAND, HOME)) + looking.two(("", "gets along"))
    look = looking.look(staff, *people)
    client.force_login(staff)

    client.post(reverse("welcome:look-pair-suggest", args=[look.pk]))

    assert [[seat.person for seat in pair.people] for pair in LookPair.objects.with_people()] == [
        list(people[:2]),
        list(people[2:]),
    ]


def test_people_who_block_each_other_are_not_suggested_and_nobody_reads_why(client, staff, alice, bob):
    Block.objects.create(person=alice, blocked=bob)
    look = looking.look(staff, alice, bob)
    client.force_login(staff)

    shown = client.get(reverse("welcome:first-look-prepare", args=[look.pk])).context

    assert (shown["suggestions"], [one.name for one in shown["alone"]]) == ([], ["Alice Amadi", "Bob Brandt"])


def test_somebody_left_alone_gets_a_partner_and_the_partner_a_mail(
    client, staff, alice, bob, mailoutbox, django_capture_on_commit_callbacks
):
    pair = looking.pair(staff, alice, bob)
    Ambassador.objects.filter(user=bob).update(status="alumni")
    carla = make.ambassador("Carla Costa")
    preparing.add_people(pair.look, [carla], by=staff)
    client.force_login(staff)

    (shown,) = client.get(reverse("welcome:first-look-prepare", args=[pair.look_id])).context["pairs"]
    assert [one.name for one in shown.mending.partner.people] == ["Alice Amadi", "Carla Costa"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("welcome:look-pair-join", args=[pair.pk]), {"person": carla.pk})

    assert sorted((mail.to, mail.subject) for mail in mailoutbox) == [
        ([alice.email], "You and Carla Costa take a first look"),
        ([carla.email], "You and Alice Amadi take a first look"),
    ]


def test_without_anybody_who_waits_three_look_together(client, staff, alice, bob):
    carla, dan = make.ambassador("Carla Costa"), make.ambassador("Dan Diaz")
    pair = looking.pair(staff, alice, bob)
    preparing.add_people(pair.look, [carla, dan], by=staff)
    other = preparing.make_pair(pair.look, [carla.pk, dan.pk], by=staff)
    Ambassador.objects.filter(user=dan).update(status="removed")
    client.force_login(staff)

    shown = client.get(reverse("welcome:first-look-prepare", args=[pair.look_id])).context["pairs"]
    assert [one.mending and one.mending.into for one in shown] == [None, pair]
    client.post(reverse("welcome:look-pair-join", args=[pair.pk]), {"person": carla.pk})

    assert list(LookSeat.objects.filter(pair=pair).values_list("person__name", flat=True)) == [
        "Alice Amadi",
        "Bob Brandt",
        "Carla Costa",
    ]
    assert list(LookSeat.objects.filter(pair=other).values_list("person__name", flat=True)) == ["Dan Diaz"]


def test_either_of_the_two_writes_and_nobody_else_reads_it_before_it_is_sent(client, pair, alice, bob, staff):
    save(client, pair, alice, answer_1="Somebody answers.", revision_1="0")

    client.force_login(bob)
    form = client.get(pair.get_absolute_url()).context["form"]
    assert (form["answer_1"].value(), form["revision_1"].value()) == ("Somebody answers.", 1)
    client.force_login(staff)
    assert b"Somebody answers." not in client.get(pair.look.get_absolute_url()).content


def test_words_of_the_other_are_never_written_over_unseen(client, pair, alice, bob):
    save(client, pair, alice, answer_1="Mine.", revision_1="0", answer_2="Also.", revision_2="0")

    shown = save(client, pair, bob, answer_1="His.", revision_1="0", answer_3="More.", revision_3="0")

    assert shown.context["form"].errors == {
        "answer_1": ["Your partner wrote here in the meantime: “Mine.”. Put the two together, and press again."]
    }
    assert words_of(pair) == ["Mine.", "Also.", "More."]
    again = {"answer_1": "Mine. His.", "revision_1": shown.context["form"]["revision_1"].value()}
    save(client, pair, bob, **again)
    assert words_of(pair) == ["Mine. His.", "Also.", "More."]


def test_what_is_kept_while_one_writes_says_which_words_it_knew(client, pair, alice):
    answer = save(client, pair, alice, answer_1="Some", revision_1="0", autosave="1")
    assert answer.json() == {"revisions": {"1": 1, "2": 0, "3": 0, "4": 0, "5": 0, "6": 0}, "conflicts": []}

    answer = save(client, pair, alice, answer_1="Somebody", revision_1="0", autosave="1")
    assert answer.json() == {"revisions": {"2": 0, "3": 0, "4": 0, "5": 0, "6": 0}, "conflicts": [1]}


@pytest.mark.django_db(transaction=True)
def test_both_send_at_once_and_it_is_sent_once():
    staff, alice, bob = make.person("Sam Staff", is_staff=True), make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    pair = looking.pair(staff, alice, bob)
    looking.write(pair, alice, a4="A shorter form.")

    done = at_once(*(lambda who=who: answering.send_answers(pair, by=who) for who in (alice, bob)))

    assert sorted(done) == [False, True]
    assert Improvement.objects.count() == 1
    assert HistoryEntry.objects.filter(verb="sent the answers of a pair").count() == 1


def test_after_sending_it_can_be_changed_until_it_closes(client, staff, alice, bob):
    pair = looking.sent(staff, alice, bob)
    save(client, pair, bob, answer_6="The noise.", revision_6="1")
    assert "The noise." in words_of(pair)

    opening.close_look(pair.look, by=staff)
    shown = save(client, pair, bob, answer_6="Neither.", revision_6="2")

    assert shown.context["form"].non_field_errors() == ["This first look is closed: its answers stay as they are."]
    assert "The noise." in words_of(pair)
    with pytest.raises(TransitionRefused):
        answering.save_answers(pair, {1: Said("By mail.")}, by=bob)


def test_an_answer_is_taken_up_in_the_conversation_with_its_words(client, staff, alice, bob):
    pair, carla = looking.sent(staff, alice, bob), make.ambassador("Carla Costa")
    answer = LookAnswer.objects.get(pair=pair, words="The quiet.")
    client.force_login(carla)

    client.post(reverse("welcome:look-answer-reply", args=[answer.pk]), {"body": "We like it so."})

    post = Post.objects.latest("pk")
    assert (post.thread_id, post.author) == (pair.look.thread_id or FirstLook.objects.get().thread_id, carla)
    assert "Alice Amadi and Bob Brandt found" in post.body
    assert "The quiet." in post.body
    assert "We like it so." in post.body


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_page_of_answers_costs_as_much_for_one_pair_as_for_three(client, staff, alice, django_assert_num_queries, pairs):
    people = make.members(2 * pairs)
    look = looking.look(staff, *people)
    preparing_pairs = [
        preparing.make_pair(look, [one.pk, other.pk], by=staff) for one, other in zip(people[::2], people[1::2], strict=True)
    ]
    opening.open_look(look, by=staff)
    for one in LookPair.objects.filter(pk__in=[made.pk for made in preparing_pairs]).select_related("look__space").with_people():
        looking.write(one, one.people[0].person, a1="Good.", a4="Shorter.")
        answering.send_answers(one, by=one.people[0].person)
    client.force_login(alice)
    client.get(look.get_absolute_url())

    with django_assert_num_queries(8):
        client.get(look.get_absolute_url())
    client.force_login(staff)
    client.get(f"{look.get_absolute_url()}prepare/")
    with django_assert_num_queries(13):
        client.get(f"{look.get_absolute_url()}prepare/")


def test_a_silent_pair_is_reminded_once_and_nobody_who_is_away(staff, alice, bob, mailoutbox, django_capture_on_commit_callbacks):
    looking.pair(staff, alice, bob, due_on=timezone.localdate() + timedelta(days=2))
    LookPair.objects.update(created_at=timezone.now() - timedelta(days=3))
    FirstLook.objects.update(opened_at=timezone.now() - timedelta(days=3))
    Ambassador.objects.filter(user=bob).update(away_until=timezone.localdate() + timedelta(days=9))

    with django_capture_on_commit_callbacks(execute=True):
        assert [due.remind_pairs(), due.remind_pairs()] == [1, 0]

    assert [mail.to for mail in mailoutbox] == [[alice.email]]


def test_stepping_back_needs_no_reason_and_leaves_the_pair_to_be_mended(client, pair, alice, bob, staff):
    client.force_login(bob)
    client.post(reverse("welcome:look-pair-leave", args=[pair.pk]))

    assert list(LookSeat.objects.filter(pair=pair).values_list("person__name", flat=True)) == ["Alice Amadi"]
    assert list(page.people_waiting(pair.look)) == []
    assert client.get(pair.get_absolute_url()).status_code == 404


def test_it_lies_on_the_desk_until_it_is_sent_and_is_a_step_of_the_first_weeks(client, pair, alice, bob, staff):
    titles = [card.title for card in cards_for(alice)]
    assert "Look around together: A first look" in titles
    step = steps["first-look"]
    workflow.begin(alice)
    client.force_login(alice)
    assert pair.get_absolute_url() in client.get(reverse("welcome:first-weeks")).content.decode()
    assert (step.is_offered(alice), step.is_done(alice), step.is_offered(staff)) == (True, False, False)
    assert step.url(alice) == pair.get_absolute_url()

    looking.write(pair, bob, a1="Good.")
    answering.send_answers(pair, by=bob)

    assert "Look around together: A first look" not in [card.title for card in cards_for(alice)]
    assert step.is_done(alice)


def test_in_a_closed_space_only_its_people_take_part_and_read(client, staff, alice, bob):
    space = making.micro(alice, openness="closed")
    making.join(space, staff)
    with pytest.raises(ValidationError, match="Bob Brandt does not read the space"):
        looking.look(staff, alice, bob, in_space=space)


def test_an_archive_has_what_one_found_and_erasing_leaves_the_words_of_the_pair(staff, alice, bob):
    pair = looking.sent(staff, alice, bob, a1="Good.", a4="Shorter.")
    rows = archive_of(bob)["first looks"]

    erase(alice)

    assert {"improvement": "Shorter.", "status": "new", "note": "", "told": None} in rows
    assert words_of(pair) == ["Good.", "Shorter."]
    assert list(LookSeat.objects.values_list("person__name", flat=True)) == ["Bob Brandt"]
    assert set(Improvement.objects.get().authors.values_list("person", flat=True)) == {None, bob.pk}
