"""Reminders of first steps: two at most, to nobody who is away, and each can be answered by mail."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ambassadors import workflow as people
from ambassadors.models import Affirmation, Ambassador, Commitment, CommitmentsEdition, ProfileQuestion
from correspondence import preferences
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from foundation.models import Via
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter
from tests.welcome.test_onboarding import kept, newcomer
from welcome.models import Onboarding, WelcomeRules
from welcome.onboarding import workflow
from welcome.onboarding.due import remind, remind_one, settle_all
from welcome.onboarding.guide import offers

DAY = timedelta(days=1)


@pytest.fixture
def edition(db):
    """Commitments that hold, so that there is something to affirm."""
    made = CommitmentsEdition.objects.create(number=1, status="published", published_at=timezone.now())
    Commitment.objects.create(edition=made, position=1, text="We say what did not work.", explanation="Here first.")
    return made


def back_by(person, days) -> None:
    """Let so many days pass for somebody."""
    row = Onboarding.objects.get(person=person)
    at = row.reminded_at and row.reminded_at - days * DAY
    Onboarding.objects.filter(pk=row.pk).update(began_at=row.began_at - days * DAY, reminded_at=at)


def reminders() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="first_weeks").order_by("pk").values_list("person__name", flat=True))


def answered(person, words, door="weeks", target=None, **headers) -> InboundMail:
    """What becomes of an answer."""
    to = f"{ReplyAddress.objects.of(door, person, target or person.onboarding).local_part}@mail.example.org"
    return receive(letter(person.email, to, words, Subject="Re: Your first steps here", **headers), to)


def told() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="first_weeks_noted").order_by("pk").values_list("about__did", flat=True))


@pytest.mark.row("C11")
def test_two_reminders_come_in_all_however_long_one_waits(db, mailoutbox, django_capture_on_commit_callbacks):
    """Skipping on the way brings none of its own, and being reminded once more than nothing."""
    nina = newcomer()
    found = []

    for days in (3, 1, 9, 1, 30, 10):
        back_by(nina, days)
        with django_capture_on_commit_callbacks(execute=True):
            found.append(remind() + remind())
            workflow.skip(nina.onboarding, ["profile"], by=nina)
            workflow.resume(nina.onboarding, "profile", by=nina)

    subjects = [mail.subject for mail in mailoutbox]
    assert found == [0, 1, 0, 1, 0, 0]
    assert subjects == ["Your first steps here, whenever you like", "Your first steps here, for the last time"]
    assert Onboarding.objects.get(person=nina).reminded == 2


def test_a_clock_that_stood_still_does_not_send_two_at_once(db):
    newcomer(days=40)

    assert [remind(), remind(), remind()] == [1, 0, 0]


def test_two_clocks_remind_once(db):
    nina = newcomer(days=5)

    assert [remind_one(nina.onboarding.pk), remind_one(nina.onboarding.pk)] == [True, False]
    assert reminders() == ["Nina Novak"]


def test_the_days_are_those_of_the_rules(db):
    WelcomeRules.objects.create(pk=1, first_reminder_days=2, second_reminder_days=3)
    nina = newcomer(days=2)
    sent = [remind()]
    back_by(nina, 1)

    assert [*sent, remind()] == [1, 1]


@pytest.mark.parametrize(
    "why",
    [
        lambda nina: Ambassador.objects.filter(user=nina).update(away_until=timezone.localdate() + 9 * DAY),
        lambda nina: people.pause(nina.ambassador, by=nina),
        lambda nina: Ambassador.objects.filter(user=nina).update(is_observing=True),
        lambda nina: preferences.choose(nina, "first_weeks", wanted=False),
        lambda nina: Ambassador.objects.filter(user=nina).update(bio="<p>I mend nets.</p>"),  # nothing is left
        lambda nina: workflow.put_off(nina.onboarding, by=nina),
        lambda nina: workflow.skip(nina.onboarding, ["profile"], by=nina),
    ],
    ids=["away", "pausing", "observing", "switched off", "all done", "later", "all skipped"],
)
def test_nobody_is_reminded_who_is_elsewhere_or_has_nothing_left(db, monkeypatch, why):
    only_ours(monkeypatch)
    nina, other = newcomer(days=5), newcomer("Omar Other", days=5)
    why(nina)

    assert (remind(), reminders()) == (1, ["Omar Other"])
    assert other


def only_ours(monkeypatch) -> None:
    """Leave out the steps of the other parts of this floor."""
    from welcome.onboarding.registry import steps

    monkeypatch.setattr(steps, "_entries", {name: steps[name] for name in ("affirm", "profile", "prompt")})


def test_whoever_goes_away_before_it_is_sent_does_not_get_it(db, mailoutbox, django_capture_on_commit_callbacks):
    nina = newcomer(days=5)
    with django_capture_on_commit_callbacks(execute=True):
        remind()
        Ambassador.objects.filter(user=nina).update(away_until=timezone.localdate() + 9 * DAY)

    assert (mailoutbox, OutgoingMail.objects.get().state) == ([], "unwanted")


def test_the_clock_keeps_what_is_done_and_ends_what_is_over(db, monkeypatch):
    only_ours(monkeypatch)
    done, open_one, old = newcomer("Done", bio="<p>x</p>"), newcomer("Open"), newcomer("Old", days=61)
    for _turn in range(2):
        assert settle_all() == 0

    assert [Onboarding.objects.get(person=person).status for person in (done, open_one, old)] == ["done", "open", "over"]
    assert kept(done) == {"profile": "done"}


@pytest.mark.parametrize("people", [1, 3])
def test_the_clock_asks_about_many_as_about_one(db, monkeypatch, people, django_assert_num_queries):
    only_ours(monkeypatch)
    for number in range(people):
        newcomer(f"Nina {number}")

    with django_assert_num_queries(8):  # keys, rows, what is kept, and 5 of our own steps
        settle_all()


@pytest.mark.django_db(transaction=True)
def test_a_reminder_is_answered_by_mail(smtp, edition, monkeypatch):  # noqa: F811
    """Read what the mail says, do as it says, and read the answer."""
    only_ours(monkeypatch)
    nina = newcomer(days=5)
    remind()
    (message,) = smtp.messages
    to = message["Reply-To"].addresses[0].addr_spec
    text = message.get_body(("plain",)).get_content()

    receive(letter(nina.email, to, "skip profile\n\nNina", Subject="Re: x"), to)

    assert (message["Subject"], to.partition("+")[0]) == ("Your first steps here, whenever you like", "weeks")
    assert "Affirm the commitments (3 minutes)" in text
    assert "“skip affirm” puts one of them aside" in text
    assert "The community's software wrote this" in text
    assert kept(nina) == {"profile": "skipped"}
    assert nina.onboarding.steps.get().via == Via.MAIL
    noted = smtp.messages[1].get_body(("plain",)).get_content()
    assert "You skipped this." in noted
    assert noted.index("* Say what people could ask you about") < noted.index("Left on your list:") < noted.index("* Affirm the")


def test_skip_all_ends_them_and_later_and_stop_keep_quiet(db, monkeypatch):
    only_ours(monkeypatch)
    nina = newcomer(days=5)
    for words in ("later", "stop", "skip all", "skip all"):
        assert answered(nina, words).outcome == "posted"

    row = Onboarding.objects.get(person=nina)
    assert (row.status, row.not_before > timezone.now() + 13 * DAY) == ("done", True)
    assert preferences.switched_off(nina) == {"first_weeks"}
    assert told() == ["later", "stop", "skip", "nothing"]


def test_what_is_not_understood_goes_back_with_what_would_work(db):
    nina = newcomer(days=5)

    mail = answered(nina, "Who is my buddy?")

    assert (mail.outcome, mail.reason, kept(nina), told()) == ("refused", "not clear", {}, [])
    assert "“skip all”, “later”, “stop”" in mail.why
    assert OutgoingMail.objects.filter(kind="mail_returned").exists()


def test_nobody_elses_answer_does_anything(db, bob):
    nina = newcomer(days=5)
    to = f"{ReplyAddress.objects.of('weeks', nina, nina.onboarding).local_part}@mail.example.org"

    mail = receive(letter(bob.email, to, "skip all"), to)

    assert (mail.outcome, kept(nina)) == ("refused", {})


def test_words_about_oneself_become_a_draft_for_one_press(client, db):
    nina = newcomer(days=5)

    answered(nina, "profile: night shifts, budgets")

    question = ProfileQuestion.objects.get(person=nina)
    assert (question.status, question.draft, told()) == ("answered", "night shifts, budgets", ["about"])
    client.force_login(nina)
    client.post(f"/settings/profile/drafts/{question.pk}/confirm/")
    assert Ambassador.objects.get(user=nina).ask_me_about == "night shifts, budgets"


def test_the_commitments_are_affirmed_by_mail(db, edition, mailoutbox, django_capture_on_commit_callbacks):
    nina = newcomer(days=5)
    with django_capture_on_commit_callbacks(execute=True):
        answered(nina, "affirm")
    body = mailoutbox[0].body
    unclear = answered(nina, "I like them", "affirm", edition)
    done = answered(nina, "I affirm.", "affirm", edition)

    assert "We say what did not work." in body
    assert (unclear.outcome, done.outcome) == ("refused", "posted")
    said = Affirmation.objects.get(ambassador__user=nina)
    assert (said.edition, said.answer, said.via, told()) == (edition, "affirmed", Via.MAIL, ["affirmed"])


def test_not_now_sets_the_commitments_aside_by_mail(db, edition):
    nina = newcomer(days=5)

    assert answered(nina, "Not now", "affirm", edition).outcome == "posted"
    assert Affirmation.objects.get(ambassador__user=nina).answer == "not now"


def test_words_for_an_older_edition_do_not_affirm_a_newer_one(db, edition):
    nina = newcomer(days=5)
    with transaction.atomic():
        CommitmentsEdition.objects.create(number=2, status="published", published_at=timezone.now())

    mail = answered(nina, "I affirm", "affirm", edition)

    assert (mail.outcome, Affirmation.objects.exists()) == ("refused", False)
    assert "newer edition" in mail.why


def test_the_help_mail_says_how_to_skip_and_what_it_offers_works(db, monkeypatch, alice):
    only_ours(monkeypatch)
    nina = newcomer()

    letters = [offer.letter for offer in offers(nina)]
    to, words = letters[0].address, letters[0].words
    receive(letter(nina.email, to, words, Subject=letters[0].subject, In_Reply_To=""), to)

    assert [one.words for one in letters] == ["skip profile", "profile: ", "later"]
    assert kept(nina) == {"profile": "skipped"}
    assert (list(offers(alice)), list(offers(nina))) == ([], [])  # who never had a list, and who has settled it
