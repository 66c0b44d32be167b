"""After the welcome: in touch, reminded once, and somebody else where it does not go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence import allowance
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions import workflow as talk
from discussions.models import Post
from discussions.moderation.blocking import block
from foundation.models import HistoryEntry
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter
from tests.discussions.test_round_trip import answered
from tests.welcome.matching import a_buddy, at_any_hour, newcomer, welcomed
from welcome.buddies import hooks, taking_over, together
from welcome.models import BuddyMatch, Onboarding
from welcome.onboarding.standing import standing_of

PAGE = "/welcome/buddies/"


def kinds_to(person) -> list[str]:
    return list(OutgoingMail.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def later(match, **fields) -> None:
    BuddyMatch.objects.filter(pk=match.pk).update(**fields)
    match.refresh_from_db()


@pytest.mark.row("C1")
@pytest.mark.django_db
def test_a_buddy_who_does_nothing_is_reminded_once_and_then_the_team_is_offered_somebody_else(client, staff):
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind", topics=["Budgets"])
    a_buddy("Ben Birch", topics=["Budgets"])
    match = welcomed(nora, maya, days_ago=2)
    assert together.remind() == 0
    later(match, welcomed_at=timezone.now() - timedelta(days=3))

    assert [together.remind(), together.remind()] == [1, 0]
    together.offer_somebody_else()
    client.force_login(staff)
    assert "Newcomers wait for a word" not in client.get("/desk/").content.decode()
    later(match, reminded_at=timezone.now() - timedelta(days=3))
    together.offer_somebody_else()
    together.offer_somebody_else()

    assert kinds_to(maya.person) == ["buddy_hooks", "buddy_reminder"]
    assert HistoryEntry.objects.filter(verb="offered the team somebody else").count() == 1
    assert client.get("/desk/").content.decode().count("Newcomers wait for a word") == 1
    page = client.get(f"{PAGE}quiet/").content.decode()
    assert [words in page for words in ("Let Ben Birch go on", "Both know about Budgets.", "Nora Lind")] == [True] * 3

    client.post(f"{PAGE}{match.pk}/replace/")

    states = list(BuddyMatch.objects.order_by("pk").values_list("buddy__person__name", "status", "ended_why", "takes_over"))
    assert states == [("Maya Okafor", "replaced", "silent", False), ("Ben Birch", "confirmed", "", True)]
    assert kinds_to(maya.person) == ["buddy_hooks", "buddy_reminder", "buddy_thanks"]
    assert "Newcomers wait for a word" not in client.get("/desk/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status", "reminders"), [("the buddy", "together", 0), ("the newcomer", "welcomed", 1)])
def test_only_a_word_of_the_buddy_keeps_the_reminder_away(who, status, reminders):
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    match = welcomed(nora, maya, days_ago=9)

    talk.reply(match.thread, by=maya.person if who == "the buddy" else nora, body="Hello again.")

    match.refresh_from_db()
    assert (match.status, together.remind()) == (status, reminders)


@pytest.mark.django_db
def test_a_word_to_ones_buddy_is_a_step_of_the_first_weeks():
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    weeks = Onboarding.objects.create(person=nora)

    def step() -> list[str]:
        return [line.state for line in standing_of(weeks).lines if line.step.name == "buddy"]

    states = [step()]
    match = welcomed(nora, maya)
    states.append(step())
    talk.reply(match.thread, by=nora, body="Thank you!")

    assert [*states, step()] == [[], ["open"], ["done"]]


@pytest.mark.django_db(transaction=True)
def test_somebody_else_please_by_mail_needs_no_words_and_is_told_to_nobody(smtp):  # noqa: F811
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    welcomed(nora, maya)
    (welcome,) = [message for message in smtp.messages if message["To"] == nora.email]
    text = welcome.get_body(("plain",)).get_content()
    (address,) = [word for word in text.split() if word.startswith("another+")]
    smtp.taken.clear()

    outcomes = [receive(letter(nora.email, address, words), address).outcome for words in ("", "She talks.")]

    match = BuddyMatch.objects.get()
    assert (outcomes, match.status, match.ended_why) == (["posted", "posted"], "replaced", "asked")
    assert kinds_to(nora) == ["buddy_welcome", "buddy_another"]
    (thanks,) = [message for message in smtp.messages if message["To"] == maya.person.email]
    told = thanks.get_body(("plain",)).get_content()
    assert "Thank you for having opened the door." in " ".join(told.split())
    said = [message.get_body(("plain",)).get_content() for message in smtp.messages]
    assert ("asked" in told, any("She talks." in words for words in said)) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_a_buddy_answers_the_reminder_and_it_reaches_the_newcomer_or_says_that_they_cannot(smtp):  # noqa: F811
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    match = welcomed(nora, maya, days_ago=9)
    together.remind()
    reminder = [message for message in smtp.messages if message["To"] == maya.person.email][-1]
    assert reminder["Subject"] == "A word for Nora Lind?"

    to = reminder["Reply-To"].addresses[0].addr_spec
    receive(answered(reminder, maya.person.email, "How was your first week?"), to)

    match.refresh_from_db()
    assert (match.status, Post.objects.order_by("-number").first().author) == ("together", maya.person)
    (cannot,) = [word for word in reminder.get_body(("plain",)).get_content().split() if word.startswith("cannot+")]
    assert receive(letter(maya.person.email, cannot, ""), cannot).outcome == "posted"
    match.refresh_from_db()
    assert (match.status, match.ended_why) == ("replaced", "buddy away")


@pytest.mark.django_db
def test_both_press_on_the_web_and_strangers_do_not(client, bob):
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    first = welcomed(nora, maya)
    client.force_login(bob)
    assert [client.post(f"{PAGE}{first.pk}/{act}/").status_code for act in ("another", "cannot")] == [404, 404]
    client.force_login(nora)
    assert "Maya Okafor" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{first.pk}/another/")
    client.post(f"{PAGE}{first.pk}/another/")
    first.refresh_from_db()

    assert (first.status, kinds_to(maya.person)) == ("replaced", ["buddy_hooks", "buddy_thanks"])
    assert client.get(first.thread.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_a_community_that_matches_without_the_team_goes_on_at_once():
    maya, ben, nora = a_buddy("Maya Okafor"), a_buddy("Ben Birch"), newcomer("Nora Lind")
    match = welcomed(nora, maya)
    at_any_hour(confirms_after=0)

    taking_over.ask_for_another(match, by=nora)

    following = BuddyMatch.objects.live().get()
    assert (following.buddy, following.status, following.takes_over, following.after) == (ben, "confirmed", True, match)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_however_many_there_are(client, staff, rows, django_assert_num_queries):
    maya = a_buddy("Maya Okafor", capacity=9)
    for number in range(rows):
        match = welcomed(newcomer(f"Nora {number}"), maya)
        later(match, reminded_at=timezone.now(), offered_at=timezone.now())
    client.force_login(staff)
    with django_assert_num_queries(13):
        client.get(f"{PAGE}quiet/")
    client.force_login(maya.person)
    with django_assert_num_queries(8):
        client.get(PAGE)


FULL = {"topics": ["Budgets", "Surveys"], "place": "Leeds, United Kingdom", "ask_me_about": "closing a service kindly"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "buddy", "expected"),
    [
        (
            FULL,
            FULL,
            [
                "It is a topic of both of you.",
                "You both live in Leeds, United Kingdom.",
                "They say so under “Ask me about”.",
            ],
        ),
        (
            FULL | {"topics_audience": "staff", "place_audience": "staff"},
            FULL,
            ["They say so under “Ask me about”.", "It helps anybody who is new.", "Everybody has an answer to it."],
        ),
        (
            {},
            FULL,
            ["Their profile does not say so yet.", "It helps anybody who is new.", "Everybody has an answer to it."],
        ),
    ],
)
def test_three_hooks_and_nothing_that_members_do_not_see(about, buddy, expected):
    match = BuddyMatch(newcomer=newcomer("Nora Lind", **about), buddy=a_buddy("Maya Okafor", **buddy))

    assert [hook.reason for hook in hooks.for_buddy(match)[1]] == expected


@pytest.mark.django_db
def test_the_crib_sheet_is_ours_until_the_community_has_its_own(client, alice):
    client.force_login(alice)
    assert client.get(f"{PAGE}crib/").content.decode().count("crib__point") == 8
    at_any_hour(crib="Bring cake.\n\nStay short.")

    assert client.get(f"{PAGE}crib/").content.decode().count("crib__point") == 2


@pytest.mark.django_db
def test_nobody_is_asked_to_write_to_somebody_who_takes_no_messages_from_them():
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    welcomed(nora, maya, days_ago=9)
    block(maya.person, by=nora)

    assert together.remind() == 1

    assert allowance.refusal(OutgoingMail.objects.get(kind="buddy_reminder")) == "no longer wanted"


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_told"), [(1, True), (61, False)])
def test_whoever_has_settled_their_steps_early_reads_that_a_buddy_is_being_found(client, days, is_told):
    nora, began = newcomer("Nora Lind"), timezone.now() - timedelta(days=days)
    Onboarding.objects.create(person=nora, status="done", began_at=began, ended_at=timezone.now())
    client.force_login(nora)

    assert ("We are looking for somebody who suits you." in client.get(PAGE).content.decode()) == is_told
