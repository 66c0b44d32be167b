import re
from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.inbound.registry import inbound
from correspondence.kinds import kinds
from foundation.models import HistoryEntry
from tests import make
from tests.welcome.matching import a_buddy, newcomer, welcomed
from welcome.buddies import matching, taking_over, workflow
from welcome.models import BuddyMatch

pytestmark = pytest.mark.django_db
BOARD = "/admin/welcome/buddymatch/"


@pytest.fixture
def team(client, staff):
    client.force_login(staff)
    return client


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.mark.row("C2")
def test_a_buddy_at_capacity_or_away_is_never_suggested(team):
    """Nora knows about budgets. Ana knows most but has no room, Ben is away until tomorrow, Cleo is back today."""
    today = timezone.localdate()
    full = a_buddy("Ana Ash", capacity=1, topics=["Budgets", "Surveys"])
    a_buddy("Ben Birch", topics=["Budgets"], away_until=today + timedelta(days=1))
    a_buddy("Cleo Cedar", topics=["Budgets"], away_until=today)
    BuddyMatch.objects.create(
        newcomer=make.ambassador("Earlier Newcomer", joined_at=timezone.now() - timedelta(days=50)),
        buddy=full,
        status="together",
        welcomed_at=timezone.now(),
    )
    newcomer(topics=["Budgets", "Surveys"])
    matching.suggest_for_waiting()

    page = text_of(team.get(BOARD))

    assert "Nora Newcomer · joined on" in page
    assert "suggested: Cleo Cedar Both know about Budgets." in page
    assert [name in page.split("All matches by state")[0] for name in ("Ana Ash", "Ben Birch")] == [False, False]


def test_one_press_confirms_and_a_second_is_told(team, staff):
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    page = team.post(f"{BOARD}{match.pk}/confirm/", follow=True)
    assert "the welcome is on its way" in text_of(page)
    match.refresh_from_db()
    assert match.status == "confirmed"
    assert HistoryEntry.objects.get(verb="confirmed a buddy").actor == staff
    assert "A colleague was quicker" in text_of(team.post(f"{BOARD}{match.pk}/confirm/", follow=True))


def test_another_is_suggested_with_a_press(team):
    for name in ("Ana Ash", "Ben Birch"):
        a_buddy(name)
    match = workflow.propose(newcomer())
    team.post(f"{BOARD}{match.pk}/another/")
    second = BuddyMatch.objects.get(status="proposed")
    assert second.buddy != match.buddy
    assert "You can choose by hand." in text_of(team.post(f"{BOARD}{second.pk}/another/", follow=True))


def test_a_choice_by_hand_says_which_rule_it_breaks_and_asks_for_a_reason(team):
    one = a_buddy("Ana Ash", capacity=1, topics=["Budgets"])
    BuddyMatch.objects.create(
        newcomer=make.ambassador("Earlier Newcomer", joined_at=timezone.now() - timedelta(days=50)),
        buddy=one,
        status="together",
        welcomed_at=timezone.now(),
    )
    person = newcomer()
    url = f"{BOARD}newcomer/{person.pk}/"
    assert "Ana Ash They have as many newcomers as they have room for." in text_of(team.get(url))
    asked = text_of(team.post(f"{url}choose/", {"buddy": one.pk}))
    assert "room for. If they shall welcome this newcomer even so, write why" in asked
    team.post(f"{url}choose/", {"buddy": one.pk, "even_so": "She asked for it."})
    assert BuddyMatch.objects.get(newcomer=person).status == "confirmed"


def test_whoever_is_suggested_has_room_for_this_newcomer_on_the_page_of_choices(team):
    a_buddy("Ana Ash", capacity=1)
    match = workflow.propose(newcomer())
    page = text_of(team.get(f"{BOARD}newcomer/{match.newcomer_id}/"))
    assert "Ana Ash Their days have 12 hours in common. The buddy has no other newcomer at the moment." in page


def test_without_approved_words_somebody_is_named_and_cannot_be_chosen(team):
    one = a_buddy("Ana Ash", words="")
    person = newcomer()
    matching.suggest_for_waiting()
    assert "Nobody in the pool suits today. Would suit, but have approved no words yet: Ana Ash." in text_of(team.get(BOARD))
    url = f"{BOARD}newcomer/{person.pk}/"
    assert f'value="{one.pk}"' not in team.get(url).content.decode()
    assert "nothing leaves in their name without" in text_of(team.post(f"{url}choose/", {"buddy": one.pk, "even_so": "Now"}))
    assert BuddyMatch.objects.count() == 0


def test_staff_do_not_learn_who_blocked_whom(team):
    from discussions.models import Block

    one, person = a_buddy("Ana Ash"), newcomer()
    Block.objects.create(person=person, blocked=one.person)
    matching.suggest_for_waiting()
    page = text_of(team.get(f"{BOARD}newcomer/{person.pk}/"))
    assert ("Ana Ash" in page, "message" in page, BuddyMatch.objects.count()) == (False, False, 0)


@pytest.mark.parametrize("buddy", ["", "0", "x", "9" * 30])
def test_a_choice_of_nobody_is_answered(team, buddy):
    assert "Choose somebody first." in text_of(team.post(f"{BOARD}newcomer/{newcomer().pk}/choose/", {"buddy": buddy}))


@pytest.mark.parametrize("path", ["", "newcomer/{person}/", "{match}/change/"])
def test_the_board_is_the_support_teams(client, alice, path):
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    client.force_login(alice)
    assert client.get(BOARD + path.format(person=match.newcomer_id, match=match.pk), follow=True).status_code == 403


def test_moves_of_the_board_are_presses_of_the_support_team(client, alice, staff):
    a_buddy("Ana Ash")
    match = workflow.propose(newcomer())
    urls = [f"{BOARD}{match.pk}/confirm/", f"{BOARD}{match.pk}/another/", f"{BOARD}newcomer/{match.newcomer_id}/choose/"]
    client.force_login(alice)
    assert [client.post(url, follow=True).status_code for url in urls] == [403, 403, 403]
    client.force_login(staff)
    assert [client.get(url).status_code for url in urls] == [405, 405, 405]
    match.refresh_from_db()
    assert match.status == "proposed"


def test_the_board_costs_the_same_for_one_newcomer_and_three(team, django_assert_num_queries):
    for number in range(3):
        a_buddy(f"Buddy {number}", topics=["Budgets"])
    newcomer("Newcomer 0", topics=["Budgets"])
    for more in (0, 2):
        for number in range(more):
            newcomer(f"Newcomer {number + 1}", topics=["Budgets"])
        matching.suggest_for_waiting()
        with django_assert_num_queries(15):
            team.get(BOARD)


def test_the_pool_shows_its_load_and_the_rules_are_one_page(team):
    one = a_buddy("Ana Ash")
    workflow.propose(newcomer())
    row = text_of(team.get("/admin/welcome/buddy/")).split("Ana Ash")[1]
    assert row.split()[:2] == ["1", "2"]
    assert "Hello {newcomer}" in text_of(team.get(f"/admin/welcome/buddy/{one.pk}/change/"))
    assert team.get("/admin/welcome/welcomerules/", follow=True).redirect_chain == [("/admin/welcome/welcomerules/1/change/", 302)]


def test_the_rules_are_kept_and_told_in_the_history(team):
    url = "/admin/welcome/welcomerules/1/change/"
    form = team.get(url).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items()} | {"confirms_after": 24}
    team.post(url, {name: value for name, value in data.items() if value is not False})
    assert matching.WelcomeRules.current().confirms_after == 24
    assert HistoryEntry.objects.get(verb="changed the rules of welcoming").note == "confirms_after"


def test_the_desk_of_the_team_says_who_waits(team):
    newcomer()
    assert "1 newcomer has no buddy" in text_of(team.get("/desk/"))
    a_buddy("Ana Ash")
    matching.suggest_for_waiting()
    assert "1 buddy is suggested for a newcomer" in text_of(team.get("/desk/"))


def test_the_team_is_not_told_that_a_newcomer_asked_for_somebody_else(team):
    person = newcomer()
    match = welcomed(person, a_buddy("Ana Ash"))
    taking_over.ask_for_another(match, by=person)
    page = team.get(f"{BOARD}{match.pk}/change/")
    assert (page.status_code, "asked for somebody else" in text_of(page)) == (200, False)
    assert [inbound["another"].is_unlisted, kinds["buddy_another"].is_unlisted] == [True, True]
