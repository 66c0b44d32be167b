"""How spaces begin, change, end, and who comes into them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ambassadors.models import Ambassador
from correspondence import outbox
from correspondence.models import OutgoingMail
from discussions import rules
from discussions.models import Measure, Space, SpaceRequest, SpaceRole
from discussions.moderation import measures
from discussions.spaces import due, joining, roles, workflow
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making
from tests.races import at_once

pytestmark = pytest.mark.django_db


def held_in(space) -> set[tuple[str, str]]:
    return set(SpaceRole.objects.filter(space=space).values_list("person__name", "role"))


def mails() -> list[tuple[str, str]]:
    return sorted(OutgoingMail.objects.values_list("kind", "person__name"))


def test_only_the_support_team_begins_topics(alice, staff):
    with pytest.raises(PermissionDenied):
        workflow.start_space(by=alice, name="Budgets", purpose="To talk about money", kind="topic")

    assert workflow.start_space(by=staff, name="Budgets", purpose="To talk about money", kind="topic").is_topic


def test_a_hidden_one_has_an_address_that_nobody_guesses(alice, bob):
    hidden = making.micro(alice, "Winter school", "hidden")

    assert making.micro(bob, "Winter school", "open").slug == "winter-school"
    assert hidden.slug.startswith("winter-school-")
    assert len(hidden.slug) == len("winter-school-") + 8


def test_a_name_that_is_an_address_of_ours_gets_another_one(alice):
    assert [making.micro(alice, "New").slug, making.micro(alice, "New").slug] == ["new-2", "new-3"]


def test_what_was_said_to_few_is_not_opened_to_all(alice):
    space = making.micro(alice, openness="closed")
    assert workflow.edit_space(space, by=alice, openness="open").openness == "open"
    workflow.edit_space(space, by=alice, openness="closed")
    making.thread(space, alice)

    with pytest.raises(ValidationError, match="said to its people alone"):
        workflow.edit_space(space, by=alice, openness="open")

    assert workflow.edit_space(space, by=alice, openness="hidden").openness == "hidden"
    assert workflow.edit_space(space, by=alice, openness="closed").openness == "closed"


def test_a_topic_stays_open(staff):
    with pytest.raises(ValidationError):
        workflow.edit_space(making.topic(), by=staff, openness="closed")


def test_who_does_not_lead_changes_nothing(alice, bob):
    space = making.micro(alice, openness="open")
    making.join(space, bob)

    for act in (
        lambda: workflow.edit_space(space, by=bob, name="Bob's"),
        lambda: workflow.end_space(space, by=bob, note="Over"),
        lambda: roles.change_roles(space, by=bob, person=alice, roles=[]),
        lambda: joining.invite(space, by=bob, person=make.ambassador("Carla Costa"), role="participant"),
    ):
        with pytest.raises(PermissionDenied):
            act()

    space.refresh_from_db()
    assert (space.name, space.status) == ("Winter school", "active")
    assert held_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "participant")}


def test_an_open_one_is_joined_at_once_and_once(alice, bob):
    space = making.micro(alice, openness="open")

    joining.join(space, by=bob)
    joining.join(space, by=bob)

    assert held_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "participant")}
    assert HistoryEntry.objects.filter(verb="joined the space").count() == 1


@pytest.mark.parametrize("openness", ["closed", "hidden"])
def test_the_others_are_not_joined_at_once(alice, bob, openness):
    space = making.micro(alice, openness=openness)

    with pytest.raises(PermissionDenied):
        joining.join(space, by=bob)

    assert held_in(space) == {("Alice Amadi", "leader")}


def test_nobody_asks_to_join_what_they_do_not_know_of(alice, bob):
    with pytest.raises(PermissionDenied):
        joining.ask_to_join(making.micro(alice, openness="hidden"), by=bob, role="participant")

    assert SpaceRequest.objects.count() == 0


def test_asking_and_being_let_in_with_a_word(alice, bob):
    space = making.micro(alice)

    asked = joining.ask_to_join(space, by=bob, role="advisor", words="I ran one for years.")
    again = joining.ask_to_join(space, by=bob, role="advisor", words="I ran one for years.")
    joining.accept(asked, by=alice, answer="Gladly.")

    assert again == asked
    assert (asked.status, asked.answer, asked.decided_by) == ("accepted", "Gladly.", alice)
    assert held_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "advisor")}
    assert mails() == [("space_answer", "Bob Brandt"), ("space_request", "Alice Amadi")]


def test_who_asked_does_not_answer(alice, bob):
    asked = joining.ask_to_join(making.micro(alice), by=bob, role="participant")

    with pytest.raises(PermissionDenied):
        joining.accept(asked, by=bob)


def test_what_was_taken_back_is_not_accepted(alice, bob):
    space = making.micro(alice)
    asked = joining.ask_to_join(space, by=bob, role="participant")
    joining.take_back(asked, by=bob)

    with pytest.raises(TransitionRefused):
        joining.accept(asked, by=alice)

    assert held_in(space) == {("Alice Amadi", "leader")}


def test_an_invitation_is_answered_by_who_was_invited(alice, bob):
    space = making.micro(alice, openness="hidden")
    asked = joining.invite(space, by=alice, person=bob, role="participant", words="Come!")

    with pytest.raises(PermissionDenied):
        joining.accept(asked, by=alice)
    joining.decline(asked, by=bob, answer="Not this year.")

    assert (asked.status, held_in(space)) == ("declined", {("Alice Amadi", "leader")})
    assert mails() == [("space_answer", "Alice Amadi"), ("space_invitation", "Bob Brandt")]


def test_who_asks_for_what_they_are_invited_to_is_in(alice, bob):
    space = making.micro(alice)
    joining.invite(space, by=alice, person=bob, role="participant")

    assert joining.ask_to_join(space, by=bob, role="participant").status == "accepted"
    assert ("Bob Brandt", "participant") in held_in(space)


def test_whoever_left_the_community_is_let_in_nowhere(alice, bob):
    asked = joining.ask_to_join(making.micro(alice), by=bob, role="participant")
    type(bob.ambassador).objects.filter(user=bob).update(status="alumni")
    asked = SpaceRequest.objects.get(pk=asked.pk)

    with pytest.raises(ValidationError):
        joining.accept(asked, by=alice)


@pytest.mark.parametrize("act", ["leave", "take the role", "be taken out"])
def test_the_last_leader_cannot_go(alice, bob, act):
    space = making.micro(alice)
    making.join(space, bob)
    acts = {
        "leave": lambda: roles.leave(space, by=alice),
        "take the role": lambda: roles.change_roles(space, by=alice, person=alice, roles=["participant"]),
        "be taken out": lambda: roles.change_roles(space, by=alice, person=alice, roles=[]),
    }

    with pytest.raises(ValidationError, match="Nobody else leads it"):
        acts[act]()

    assert held_in(space) == {("Alice Amadi", "leader"), ("Bob Brandt", "participant")}


def test_a_leader_who_left_the_community_does_not_count(alice, bob):
    space = making.micro(alice)
    making.join(space, bob, "leader")
    type(bob.ambassador).objects.filter(user=bob).update(status="alumni")

    with pytest.raises(ValidationError, match="Nobody else leads it"):
        roles.leave(space, by=alice)


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_leave_at_once_one_stays(alice, bob):
    space = making.micro(alice)
    making.join(space, bob, "leader")

    results = at_once(lambda: roles.leave(space, by=alice), lambda: roles.leave(space, by=bob))

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ValidationError"]
    assert SpaceRole.objects.filter(space=space).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_accepting_and_taking_back_at_once_one_holds(alice, bob):
    space = making.micro(alice)
    asked = joining.ask_to_join(space, by=bob, role="participant")
    mine, theirs = (SpaceRequest.objects.select_related("space", "person").get(pk=asked.pk) for _ in range(2))

    at_once(lambda: joining.accept(mine, by=alice), lambda: joining.take_back(theirs, by=bob))

    asked.refresh_from_db()
    assert ("Bob Brandt", "participant") in held_in(space) if asked.status == "accepted" else len(held_in(space)) == 1
    assert asked.status in {"accepted", "withdrawn"}


def test_handing_over_waits_for_a_yes(alice, bob):
    space = making.micro(alice)
    asked = joining.invite(space, by=alice, person=bob, role="participant", is_handover=True)
    assert held_in(space) == {("Alice Amadi", "leader")}

    joining.accept(asked, by=bob)

    assert held_in(space) == {("Alice Amadi", "participant"), ("Bob Brandt", "leader")}


def test_a_change_of_roles_is_told_to_the_person(alice, bob):
    space = making.micro(alice)
    making.join(space, bob)

    assert roles.change_roles(space, by=alice, person=bob, roles=["promoter", "advisor"]) == ["advisor", "promoter"]
    assert roles.change_roles(space, by=alice, person=bob, roles=["promoter", "advisor"]) == ["advisor", "promoter"]
    assert mails() == [("space_roles", "Bob Brandt")]
    roles.change_roles(space, by=alice, person=bob, roles=[])

    assert held_in(space) == {("Alice Amadi", "leader")}
    assert HistoryEntry.objects.filter(about=bob).values_list("verb", flat=True)[0] == "took out of the space"


def test_an_end_keeps_the_word_and_closes_what_waits(alice, bob):
    space = making.micro(alice)
    asked = joining.ask_to_join(space, by=bob, role="participant")

    with pytest.raises(ValidationError):
        workflow.end_space(space, by=alice, note="  ")
    ended = workflow.end_space(space, by=alice, note="A page that others use.")

    asked.refresh_from_db()
    assert (ended.status, ended.outcome_note, asked.status) == ("ended", "A page that others use.", "withdrawn")
    assert (rules.may_start(alice, ended), rules.may_join(bob, ended), rules.may_ask(bob, ended, "participant")) == (False,) * 3
    assert workflow.reopen_space(ended, by=alice).status == "active"
    assert rules.may_start(alice, Space.objects.get(pk=space.pk))


def test_leaders_are_reminded_once_of_each_end(alice, bob):
    today = timezone.localdate()
    space = making.micro(alice, ends_on=today + timedelta(days=14))
    making.join(space, bob)
    making.micro(alice, "Far off", ends_on=today + timedelta(days=15))

    assert [due.remind_of_the_end(), due.remind_of_the_end()] == [1, 0]
    workflow.edit_space(space, by=alice, ends_on=today + timedelta(days=10))
    assert [due.remind_of_the_end(), due.remind_of_the_end()] == [1, 0]
    assert mails() == [("space_ends_soon", "Alice Amadi")] * 2


@pytest.mark.parametrize("how", ["alumni", "removed", "erased"])
def test_a_leader_who_leaves_the_community_is_replaced_from_within(alice, bob, staff, how):
    space = making.micro(alice)
    making.join(space, bob)
    go(alice, how, staff)

    assert [due.look_for_leaders(), due.look_for_leaders()] == [1, 0]
    wanted = [mail for mail in mails() if "leader" in mail[0]]
    team = [("space_without_leader", name) for name in ("Sam Staff", *["Tessa Two"] * (how == "removed"))]
    assert wanted == [("space_leader_wanted", "Bob Brandt"), *team]
    roles.take_lead(space, by=bob)

    space.refresh_from_db()
    assert space.leader_wanted_at is None
    assert rules.leads(bob, space)
    assert due.look_for_leaders() == 0


def shut_out(person, how: str, staff) -> None:
    """By a measure of the support team, in force at once."""
    made = measures.propose(person, how, by=staff, reason="Broke the norms.", until=timezone.localdate() + timedelta(days=30))
    measures.agree(made, by=make.second())


def away(person, **fields) -> None:
    """Let somebody be away; a field that counts in days from today is given as a number."""
    said = {
        name: timezone.localdate() + timedelta(days=value) if isinstance(value, int) else value for name, value in fields.items()
    }
    Ambassador.objects.filter(user=person).update(**{"away_until_audience": "members", **said})


def clock() -> None:
    for step in (due.look_for_leaders, due.stand_in, due.found_again):
        step()


def again(person):
    return type(person).objects.get(pk=person.pk)


def of_spaces() -> list[tuple[str, str]]:
    return [mail for mail in mails() if mail[0].startswith("space_")]


def acting_in(space) -> list[str]:
    return list(SpaceRole.objects.acting().filter(space=space).values_list("person__name", flat=True))


@pytest.fixture
def kitchen(alice, bob):
    """A closed space that Alice alone leads: Dora Diaz has been in it the longest, Bob came later, Carla only carries it outside."""
    space = making.micro(alice, "Kitchen")
    for name, role in (("Carla Costa", "promoter"), ("Dora Diaz", "participant")):
        making.join(space, make.ambassador(name), role)
    making.join(space, bob)
    return space


@pytest.mark.parametrize(
    "why",
    [{"status": "paused"}, {"away_until": 8}, {"status": "paused", "paused_until": 8}],
)
def test_while_the_only_leader_is_away_somebody_acts_and_the_support_team_is_told(alice, kitchen, staff, why):
    away(alice, **why)

    clock()
    clock()

    assert acting_in(kitchen) == ["Dora Diaz"]
    assert of_spaces() == [("space_acting", "Dora Diaz"), *(("space_unattended", name) for name in ("Sam Staff",))]
    assert not Space.objects.without_leader().exists()


@pytest.mark.parametrize(
    "why",
    [
        {"away_until": 7},
        {"away_until": 99, "away_until_audience": "staff"},
        {"status": "paused", "paused_until": 7},
    ],
)
def test_a_week_away_or_an_absence_that_members_do_not_see_changes_nothing(alice, kitchen, staff, why):
    away(alice, **why)

    clock()

    assert (acting_in(kitchen), of_spaces()) == ([], [])


def test_a_leader_who_is_shut_out_for_a_while_keeps_the_space_and_leads_it_again_after(alice, kitchen, staff):
    shut_out(alice, "pause", staff)
    clock()
    dora = SpaceRole.objects.acting().get(space=kitchen).person
    led_by_dora = (rules.leads(dora, kitchen), rules.may_take_lead(dora, kitchen), rules.leads(again(alice), kitchen))
    assert led_by_dora == (True, False, False)

    Measure.objects.update(until=timezone.localdate() - timedelta(days=1))
    measures.end_pauses()
    clock()

    kitchen.refresh_from_db()
    assert (acting_in(kitchen), kitchen.unattended_since, kitchen.leader_wanted_at) == ([], None, None)
    assert (rules.leads(again(alice), kitchen), rules.leads(dora, kitchen)) == (True, False)
    assert ("Dora Diaz", "participant") in held_in(kitchen)
    told = [("space_acting", "Dora Diaz"), ("space_roles", "Dora Diaz"), ("space_unattended", "Sam Staff")]
    assert of_spaces() == [*told, ("space_unattended", "Tessa Two")]


def test_a_leader_who_is_removed_is_stood_in_for_until_somebody_takes_the_lead(alice, bob, kitchen, staff):
    shut_out(alice, "removal", staff)

    clock()

    assert acting_in(kitchen) == ["Dora Diaz"]
    asked = [("space_leader_wanted", name) for name in ("Bob Brandt", "Carla Costa", "Dora Diaz")]
    team = [("space_without_leader", name) for name in ("Sam Staff", "Tessa Two")]
    assert of_spaces() == [("space_acting", "Dora Diaz"), *asked, *team]
    roles.take_lead(kitchen, by=bob)
    assert {("Bob Brandt", "leader"), ("Dora Diaz", "participant")} < held_in(kitchen)
    assert acting_in(kitchen) == []


def test_whoever_acts_may_give_it_back_and_the_next_one_is_found_but_nobody_twice(alice, bob, kitchen, staff):
    away(alice, status="paused")
    clock()
    for name in ("Dora Diaz", "Bob Brandt"):
        acting = SpaceRole.objects.acting().get(space=kitchen).person
        assert acting.name == name
        roles.change_roles(kitchen, by=acting, person=acting, roles=["participant"])
        clock()

    assert acting_in(kitchen) == []
    assert [mail for mail in of_spaces() if mail[0] == "space_unattended"] == [("space_unattended", "Sam Staff")]
    with pytest.raises(ValidationError, match="Nobody else leads it"):
        roles.leave(kitchen, by=alice)


def test_whoever_acts_and_takes_the_lead_keeps_it(alice, kitchen, staff):
    away(alice, status="alumni")
    clock()
    dora = SpaceRole.objects.acting().get(space=kitchen).person

    roles.take_lead(kitchen, by=dora)
    clock()

    kitchen.refresh_from_db()
    assert (acting_in(kitchen), kitchen.unattended_since, ("Dora Diaz", "leader") in held_in(kitchen)) == ([], None, True)


def test_one_whose_only_person_is_shut_out_for_a_while_does_not_end(alice, staff):
    space = making.micro(alice)
    shut_out(alice, "pause", staff)

    clock()

    space.refresh_from_db()
    assert (space.status, acting_in(space)) == ("active", [])
    assert of_spaces() == [("space_unattended", "Sam Staff"), ("space_unattended", "Tessa Two")]


def test_the_mail_to_the_support_team_names_neither_a_hidden_space_nor_who_acts_in_a_closed_one(
    alice, bob, kitchen, staff, mailoutbox
):
    making.join(making.micro(alice, "Unseen", "hidden"), bob)
    making.join(making.micro(alice, "Open kitchen", "open"), bob)
    away(alice, status="paused")
    clock()

    for row in OutgoingMail.objects.filter(person=staff):
        outbox.deliver(row.pk)

    told = sorted(letter.body.split("\n\n")[1] for letter in mailoutbox if letter.to == [staff.email])
    assert [line for text in told for line in text.splitlines() if "Alice" in line or "Dora" in line or "Unseen" in line] == []
    assert sorted("Bob Brandt acts as its leader" in text for text in told) == [False, False, True]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_find_one_who_acts(alice, bob):
    space = making.micro(alice)
    making.join(space, bob)
    away(alice, status="paused")

    at_once(due.stand_in, due.stand_in)

    assert acting_in(space) == ["Bob Brandt"]


def go(person, how: str, staff) -> None:
    from ambassadors.workflow import make_alumni, remove

    if how == "alumni":
        make_alumni(person.ambassador, by=person)
    elif how == "removed":
        remove(person.ambassador, by=staff, agreed=make.second(), reason="Broke the norms.")
    else:
        erase(person)


def test_nobody_takes_the_lead_from_anybody(alice, bob):
    space = making.micro(alice)
    making.join(space, bob)

    with pytest.raises(ValidationError, match="Somebody leads it"):
        roles.take_lead(space, by=bob)


def test_the_support_team_finds_a_leader_where_there_is_none_and_nowhere_else(alice, bob, staff):
    left, hidden = making.micro(alice, "Left"), making.micro(alice, "Unseen", "hidden")
    for space in (left, hidden):
        making.join(space, make.ambassador("Carla Costa"))
    assert not rules.may_invite(staff, left, "leader")
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")

    told = [
        rules.may_invite(staff, left, "leader"),
        rules.may_invite(staff, left, "advisor"),
        rules.may_invite(staff, hidden, "leader"),
    ]
    assert told == [True, False, False]
    joining.accept(joining.invite(left, by=staff, person=bob, role="leader"), by=bob)

    assert rules.leads(bob, left)


def test_one_that_everybody_has_left_ends(alice):
    space = making.micro(alice)
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")

    assert due.look_for_leaders() == 0

    space.refresh_from_db()
    assert (space.status, mails()) == ("ended", [])


def test_a_leader_who_comes_back_leads_again(alice, bob):
    space = making.micro(alice)
    making.join(space, bob)
    type(alice.ambassador).objects.filter(user=alice).update(status="alumni")
    due.look_for_leaders()
    type(alice.ambassador).objects.filter(user=alice).update(status="active")

    due.found_again()

    space.refresh_from_db()
    assert space.leader_wanted_at is None


def test_an_archive_holds_what_one_asked_and_erasing_forgets_it(alice, bob):
    space = making.micro(alice)
    joining.ask_to_join(space, by=bob, role="advisor", words="I ran one for years.")
    made = joining.invite(space, by=alice, person=make.ambassador("Carla Costa"), role="advisor", words="Come!")

    told = [
        [record.get("words") or record.get("words of your invitation") for record in archive_of(who)["spaces"]]
        for who in (alice, bob)
    ]
    erase(alice)
    erase(bob)

    made.refresh_from_db()
    assert told == [[None, "Come!"], ["I ran one for years."]]
    assert (made.invited_by, made.words, list(SpaceRequest.objects.all())) == (None, "", [made])
    assert held_in(space) == set()
