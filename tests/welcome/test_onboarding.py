"""A newcomer's first weeks: what is there counts as done, everything can be skipped, and nothing waits for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Ambassador, CommitmentsEdition
from ambassadors.signals import ambassador_joined
from foundation.models import HistoryEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making
from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding import workflow
from welcome.onboarding.registry import in_order, steps
from welcome.onboarding.standing import standing_of, standings

PAGE = "/welcome/"


def newcomer(name="Nina Novak", *, days=0, **fields):
    """Somebody who joined so many days ago, with their first weeks begun."""
    person = make.ambassador(name, **fields)
    ambassador_joined.send(Ambassador, ambassador=person.ambassador, invitation=None)
    Onboarding.objects.filter(person=person).update(began_at=timezone.now() - timedelta(days=days))
    return person


def states(person) -> dict[str, str]:
    return {line.step.name: line.state for line in standing_of(Onboarding.objects.get(person=person)).lines}


def kept(person) -> dict[str, str]:
    return dict(OnboardingStep.objects.filter(onboarding__person=person).values_list("name", "state"))


@pytest.fixture
def prompts(db):
    """Something that comes round in a topic, so that each of our own steps is offered."""
    from tests.discussions import prompting

    leader = make.ambassador("Lena Leader")
    CommitmentsEdition.objects.create(number=1, status="published", published_at=timezone.now())
    return prompting.series(making.micro(leader), leader, minimum=0)


def test_joining_begins_them_once(db):
    nina = newcomer()
    ambassador_joined.send(Ambassador, ambassador=nina.ambassador, invitation=None)

    assert [(row.person, row.status, row.reminded) for row in Onboarding.objects.all()] == [(nina, "open", 0)]
    assert HistoryEntry.objects.filter(verb="began their first weeks").count() == 1


def test_a_step_is_done_by_what_is_there(prompts):
    from discussions import workflow as talk
    from discussions.prompts import rounds
    from tests.discussions import prompting

    nina = newcomer()
    before = states(nina)
    making.join(prompts.space, nina)
    thread = rounds.open_now(prompting.next_round(prompts), by=prompts.facilitator)

    from ambassadors.commitments.workflow import affirm

    affirm(nina.ambassador, CommitmentsEdition.objects.get(), by=nina)
    Ambassador.objects.filter(user=nina).update(ask_me_about="harbours")
    talk.reply(thread, by=nina, body="Two interviews.")

    own = ["affirm", "profile", "prompt"]
    assert {name: before[name] for name in own} == dict.fromkeys(own, "open")
    assert {name: states(nina)[name] for name in own} == dict.fromkeys(own, "done")


def test_what_there_is_nothing_to_do_for_is_not_shown(db):
    nina = newcomer()

    assert {"affirm", "prompt"} & set(states(nina)) == set()
    assert "profile" in states(nina)


def test_whoever_set_the_commitments_aside_is_not_asked_again(prompts):
    from ambassadors.commitments.workflow import set_aside

    nina = newcomer()
    set_aside(nina.ambassador, CommitmentsEdition.objects.get(), by=nina)

    assert "affirm" not in states(nina)


@pytest.mark.row("C11")
def test_every_step_can_be_skipped_and_nothing_is_closed_by_it(client, prompts):
    nina = newcomer()
    client.force_login(nina)
    doors = ["/desk/", "/discussions/", "/discussions/prompts/new/", "/ambassadors/", "/nominations/new/", PAGE]
    before = [client.get(door).status_code for door in doors]

    for name in states(nina):
        client.post(f"{PAGE}steps/{name}/skip/")

    assert set(states(nina).values()) == {"skipped"}
    assert [client.get(door).status_code for door in doors] == before
    assert Onboarding.objects.get(person=nina).status == "done"
    assert "These weeks are behind you" in client.get(PAGE).content.decode()


def test_a_skipped_step_is_taken_up_again_and_the_weeks_go_on(client, prompts):
    nina = newcomer()
    client.force_login(nina)
    workflow.skip(nina.onboarding, list(states(nina)), by=nina)

    client.post(f"{PAGE}steps/profile/resume/")
    client.post(f"{PAGE}steps/profile/resume/")

    row = Onboarding.objects.get(person=nina)
    assert (row.status, row.ended_at, kept(nina)["profile"], kept(nina)["affirm"]) == ("open", None, "open", "skipped")


def test_after_sixty_days_the_list_closes_and_says_so(client, prompts):
    nina = newcomer(days=61)
    workflow.skip(nina.onboarding, ["profile"], by=nina)
    workflow.settle(nina.onboarding, standing_of(nina.onboarding))
    client.force_login(nina)

    assert Onboarding.objects.get(person=nina).status == "over"
    assert "These weeks are behind you" in client.get(PAGE).content.decode()
    with pytest.raises(TransitionRefused):
        workflow.resume(nina.onboarding, "profile", by=nina)


def test_what_is_done_stays_done(db):
    nina = newcomer(ask_me_about="harbours")
    workflow.settle(nina.onboarding, standing_of(nina.onboarding))
    Ambassador.objects.filter(user=nina).update(ask_me_about="")
    workflow.settle(nina.onboarding, standing_of(nina.onboarding))

    assert (states(nina)["profile"], kept(nina)["profile"]) == ("done", "done")
    assert HistoryEntry.objects.filter(verb="did a first step", note="profile").count() == 1


def test_a_step_that_is_done_cannot_be_skipped(db):
    nina = newcomer(ask_me_about="harbours")

    assert workflow.skip(nina.onboarding, ["profile"], by=nina) == []
    assert states(nina)["profile"] == "done"


def test_the_desk_has_a_card_while_they_are_open(client, db):
    nina = newcomer()
    client.force_login(nina)
    before = client.get("/desk/").content.decode()

    workflow.skip(nina.onboarding, list(states(nina)), by=nina)

    assert before.count("A few small things that help you to arrive") == 1
    assert "A few small things that help you to arrive" not in client.get("/desk/").content.decode()


def test_whoever_was_here_before_finds_a_calm_page(client, alice):
    client.force_login(alice)

    page = client.get(PAGE).content.decode()

    assert "there is nothing on this list for you" in page
    assert "first-step" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_many_standings_cost_as_much_as_one(prompts, people, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(steps, "_entries", {name: steps[name] for name in ("affirm", "profile", "prompt")})
    for number in range(people):
        newcomer(f"Nina {number}")
    rows = list(Onboarding.objects.all())

    with django_assert_num_queries(1 + OURS):
        assert len(standings(rows)) == people


OURS = 6  # affirm 3, profile 1, prompt 2


def test_steps_stand_in_their_order_and_say_what_they_take():
    assert [step.weight for step in in_order()] == sorted(step.weight for step in steps)
    assert all(str(step.title) and str(step.sentence) and 0 < step.minutes <= 60 for step in steps)
    assert [name for name, step in steps.items() if name != step.name] == []


def test_whoever_was_on_the_roster_joins_when_they_first_sign_in(client, staff):
    from ambassadors import workflow as people
    from tests.ambassadors import signing_in

    rosa = make.ambassador("Rosa Roster", status="listed", is_active=False)
    people.invite_to_sign_in(rosa.ambassador, by=staff)
    assert not Onboarding.objects.exists()

    for _time in range(2):
        rosa.refresh_from_db()
        signing_in.by_password(client, rosa)
        client.logout()

    assert [row.person for row in Onboarding.objects.all()] == [rosa]
    assert HistoryEntry.objects.filter(verb="came in for the first time").count() == 1


def test_whoever_has_signed_in_before_does_not_begin_anew(client, alice):
    from tests.ambassadors import signing_in

    alice.last_login = timezone.now()
    alice.save()
    signing_in.by_password(client, alice)

    assert signing_in.is_signed_in(client)
    assert not Onboarding.objects.exists()


def test_two_devices_that_sign_in_at_once_let_somebody_join_once(db):
    from ambassadors.workflow.arriving import came_in

    rosa = make.ambassador("Rosa Roster")

    assert [came_in(rosa), came_in(rosa)] == [True, False]
    assert HistoryEntry.objects.filter(verb="came in for the first time").count() == 1


@pytest.mark.parametrize("skipped", [1, 3])
def test_the_page_costs_the_same_however_much_is_settled(client, prompts, skipped, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(steps, "_entries", {name: steps[name] for name in ("affirm", "profile", "prompt")})
    monkeypatch.setattr("foundation.panels.panels._entries", {})
    nina = newcomer()
    workflow.skip(nina.onboarding, ["affirm", "profile", "prompt"][:skipped], by=nina)
    client.force_login(nina)
    client.get(PAGE)

    with django_assert_num_queries(11):
        client.get(PAGE)
