"""A host introduces two people: only two yeses ever show."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ambassadors import workflow as people
from ambassadors.models import Ambassador
from correspondence.inbound.receiving import receive
from correspondence.inbound.yes_or_no import Word
from correspondence.models import OutgoingMail
from discussions.models import Post, Thread
from discussions.moderation.blocking import block
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.welcome.introducing import REASON, address_of, say, side_of, three
from welcome.introductions import workflow
from welcome.introductions.inbound import word_in
from welcome.models import Introduction, IntroductionSide

pytestmark = pytest.mark.django_db
PAGE = "/welcome/introductions/"
DAY = timedelta(days=1)


def later(introduction, days) -> None:
    """Let so many days pass for one introduction."""
    shift = days * DAY
    row = Introduction.objects.get(pk=introduction.pk)
    Introduction.objects.filter(pk=row.pk).update(asked_at=row.asked_at - shift, lapses_at=row.lapses_at - shift)


def mailed(kind) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("person__name", flat=True))


@pytest.mark.row("C6")
def test_two_yeses_one_by_mail_begin_a_conversation_of_the_two(client, mailoutbox, django_capture_on_commit_callbacks):
    host, ana, ben = three()
    client.force_login(host)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{PAGE}new/", {"one": "Ana Abel", "two": "Ben Ode", "reason": REASON})
    made = Introduction.objects.get()
    to_ana = next(mail for mail in mailoutbox if mail.to == [ana.email])
    to = to_ana.reply_to[0] if to_ana.reply_to else to_ana.extra_headers["Reply-To"]
    with django_capture_on_commit_callbacks(execute=True):
        assert receive(letter(ana.email, address_of(made, ana), "Yes, gladly\n\nAna"), address_of(made, ana)).outcome == "posted"
    between = client.get(PAGE).content.decode()
    client.force_login(ben)
    answer = client.post(f"{PAGE}{side_of(made, ben).pk}/accept/")

    assert (to_ana.subject, address_of(made, ana) in to, REASON in to_ana.body) == ("Would you like to meet Ben Ode?", True, True)
    assert ("Both asked, until" in between, "They have met" in between) == (True, False)
    thread = Thread.objects.get(kind="private")
    assert answer["Location"] == thread.get_absolute_url()
    assert [seat.person for seat in thread.participants.order_by("seat")] == [ana, ben]
    post = Post.objects.get(thread=thread)
    assert (post.author, REASON in post.body) == (host, True)
    assert list(Thread.objects.visible_to(host)) == []
    assert mailed("introduction_over") == ["Hanna Host"]
    assert sorted(mailed("private_message")) == ["Ana Abel", "Ben Ode"]
    client.force_login(host)
    assert "They have met" in client.get(PAGE).content.decode()


def test_a_no_moves_nothing_but_ones_own_side():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    before = (Introduction.objects.values().get(), OutgoingMail.objects.count())

    say(made, ben, is_yes=False)
    say(made, ana)

    assert (Introduction.objects.values().get(), OutgoingMail.objects.count()) == before
    assert list(HistoryEntry.objects.filter(about=ana).values_list("verb", flat=True)) == ["said yes to an introduction"]
    assert Thread.objects.count() == 0


def test_one_can_change_ones_mind_until_it_is_made():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)

    assert [say(made, ben, is_yes=False), say(made, ana), say(made, ben), Thread.objects.count()] == [False, False, True, 1]
    with pytest.raises(TransitionRefused):
        say(made, ana, is_yes=False)


def test_two_presses_of_the_last_yes_make_it_once():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    say(made, ana), say(made, ben)
    with pytest.raises(TransitionRefused):
        say(made, ben)

    assert (Thread.objects.count(), mailed("introduction_over")) == (1, ["Hanna Host"])


def test_on_its_day_it_lapses_and_the_host_hears_no_more_than_that(client):
    host, ana, ben = three()
    said, unsaid = workflow.propose(ana, ben, REASON, by=host), workflow.propose(ana, make.ambassador("Cleo Cox"), REASON, by=host)
    say(said, ben, is_yes=False)
    later(said, 13), later(unsaid, 13)
    early = workflow.lapse_all()
    later(said, 1), later(unsaid, 1)

    assert [early, workflow.lapse_all(), workflow.lapse_all()] == [0, 2, 0]
    assert set(Introduction.objects.values_list("status", flat=True)) == {"lapsed"}
    client.force_login(host)
    assert client.get(PAGE).content.decode().count("It did not come about") == 2
    with pytest.raises(TransitionRefused):
        say(said, ana)


def test_a_page_says_that_it_is_over_before_the_clock_was_there(client):
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    later(made, 14)
    client.force_login(host)

    assert "It did not come about" in client.get(PAGE).content.decode()
    with pytest.raises(TransitionRefused):
        say(made, ana)


@pytest.mark.parametrize("days", [0, 20, 89])
def test_the_same_two_are_proposed_again_after_a_rest_whatever_was_said(days):
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    say(made, ben, is_yes=days % 2 == 0)
    later(made, days)
    with pytest.raises(ValidationError) as refused:
        workflow.propose(ben, ana, REASON, by=host)
    later(made, 90 - days)

    assert "not long ago" in refused.value.messages[0]
    assert workflow.propose(ben, ana, REASON, by=host).sides.count() == 2
    assert mailed("introduction_asked").count("Ben Ode") == 2


def test_another_host_is_not_told_that_somebody_was_here_before():
    host, ana, ben = three()
    workflow.propose(ana, ben, REASON, by=host)

    assert workflow.propose(ana, ben, REASON, by=make.second()).pk


def test_ten_are_open_at_once_and_no_more():
    host, ana, _ben = three()
    for number in range(10):
        workflow.propose(ana, make.ambassador(f"Cleo {number}"), REASON, by=host)
    with pytest.raises(ValidationError, match="Ten of your"):
        workflow.propose(ana, make.ambassador("Dana Day"), REASON, by=host)


@pytest.mark.parametrize("who", ["host", "same", "alumnus"])
def test_whom_one_cannot_introduce(who, alumna):
    host, ana, _ben = three()
    two = {"host": host, "same": ana, "alumnus": alumna}[who]
    with pytest.raises(ValidationError):
        workflow.propose(ana, two, REASON, by=host)


def test_hosts_lead_a_space_or_are_of_the_support_team(alice):
    _host, ana, ben = three()
    with pytest.raises(PermissionDenied):
        workflow.propose(ana, ben, REASON, by=alice)
    making.micro(alice)

    assert workflow.propose(ana, ben, REASON, by=alice).host == alice


@pytest.mark.parametrize("blocked", ["other", "host"])
def test_whoever_blocked_one_of_them_is_not_asked(client, blocked):
    host, ana, ben = three()
    block(ana if blocked == "other" else host, by=ben)
    made = workflow.propose(ana, ben, REASON, by=host)
    client.force_login(ben)

    assert mailed("introduction_asked") == ["Ana Abel"]
    assert client.post(f"{PAGE}{side_of(made, ben).pk}/accept/").status_code == 404
    assert REASON not in client.get(PAGE).content.decode()


def test_a_block_in_between_keeps_it_from_being_made():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    say(made, ben)
    block(ana, by=ben)

    assert (say(made, ana), Thread.objects.count(), Introduction.objects.get().status) == (False, 0, "asked")


@pytest.mark.parametrize("leaving", ["alumni", "erased", "host erased"])
def test_whoever_leaves_lets_it_lapse_on_its_day(leaving, staff):
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    say(made, ben)
    if leaving == "alumni":
        people.make_alumni(ben.ambassador, by=staff)
    else:
        erase(ben if leaving == "erased" else host)
    is_made = say(made, ana)
    later(made, 14)
    workflow.lapse_all()

    row = Introduction.objects.get()
    assert (is_made, row.status, Thread.objects.count()) == (False, "lapsed", 0)
    assert (row.reason == REASON) == (leaving == "alumni")
    assert mailed("introduction_over") == ([] if leaving == "host erased" else ["Hanna Host"])


def test_an_archive_holds_ones_own_answer_and_no_other():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    say(made, ben, is_yes=False)

    assert [row["answer"] for row in archive_of(ana)["introductions"]] == ["asked"]
    assert [row["answer"] for row in archive_of(ben)["introductions"]] == ["not now"]
    assert [(row["state"], "answer" in row) for row in archive_of(host)["introductions"]] == [("asked", False)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Yes", Word.YES),
        ("Yes, please\n\nAna", Word.YES),
        ("Dear all,\n\nja gerne", Word.YES),
        ("No", Word.NO),
        ("Not now", Word.NO),
        ("not now, thanks", Word.NO),
        ("Later", Word.NO),
        ("Hello,\nnot now", Word.NO),
        ("nicht jetzt", Word.NO),
        ("Who is he?", Word.UNCLEAR),
        ("Yes or no, I cannot tell", Word.UNCLEAR),
        ("", Word.UNCLEAR),
        ("👍", Word.UNCLEAR),
    ],
)
def test_what_an_answer_says(text, word):
    assert word_in(text) == word


def test_answers_by_mail_are_answered_and_unclear_ones_come_back():
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    to = address_of(made, ben)

    assert [receive(letter(ben.email, to, words), to).outcome for words in ("Who?", "Not now", "Not now", "yes")] == [
        "refused",
        "posted",
        "posted",
        "posted",
    ]
    noted = OutgoingMail.objects.filter(kind="introduction_noted").order_by("pk")
    assert [mail.about["said"] for mail in noted] == ["not now", "not now", "yes"]
    assert side_of(made, ben).via == "mail"
    stranger = receive(letter(ana.email, to, "yes"), to)
    assert (stranger.outcome, side_of(made, ana).answer) == ("refused", "asked")
    later(made, 14)
    assert (late := receive(letter(ben.email, to, "no"), to)).outcome == "refused"
    assert "over" in late.why


def test_the_desk_has_a_card_until_it_is_answered(client):
    host, ana, ben = three()
    made = workflow.propose(ana, ben, REASON, by=host)
    client.force_login(ben)
    found = [client.get("/desk/").content.decode().count("thinks so, and says why")]
    say(made, ben, is_yes=False)

    assert [*found, client.get("/desk/").content.decode().count("thinks so, and says why")] == [1, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_for_many_as_for_one(client, number, django_assert_num_queries):
    host, ana, _ben = three()
    making.micro(ana)
    for one in range(number):
        other = make.ambassador(f"Cleo {one}", photo=None)
        workflow.propose(ana, other, REASON, by=host)
        say(made := workflow.propose(make.ambassador(f"Dana {one}"), ana, REASON, by=host), ana)
        say(made, IntroductionSide.objects.get(introduction=made, seat=1).person)
        workflow.propose(make.ambassador(f"Ed {one}"), other, REASON, by=ana)
    client.force_login(ana)
    client.get(PAGE)

    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 11


def test_whoever_is_pausing_is_not_mailed(mailoutbox, django_capture_on_commit_callbacks):
    host, ana, ben = three()
    Ambassador.objects.filter(user=ben).update(status="paused")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.propose(ana, ben, REASON, by=host)

    assert [mail.to for mail in mailoutbox] == [[ana.email]]
