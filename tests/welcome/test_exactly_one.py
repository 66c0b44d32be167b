"""Whatever happens between the match and the mail: a newcomer is welcomed once, and by somebody who can."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambassadors.models import Ambassador, User
from ambassadors.workflow import standing
from correspondence import allowance, outbox
from correspondence.models import OutgoingMail
from discussions import workflow as talk
from discussions.models import Block, Post, Thread
from discussions.moderation.blocking import block
from foundation.workflow import TransitionRefused
from tests import make
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.smtp import DROP
from tests.races import at_once
from tests.welcome.matching import a_buddy, at_any_hour, confirmed, newcomer, welcomed
from welcome.buddies import matching, offering, sending, taking_over, workflow
from welcome.models import Buddy, BuddyMatch

S = BuddyMatch.Status
WELCOMES = ("buddy_welcome", "buddy_takes_over")


def turn() -> None:
    """What the clock does for buddies, in its order."""
    taking_over.replace_who_cannot()
    matching.renew_suggestions()
    matching.suggest_for_waiting()
    matching.confirm_due()
    sending.send_due()


def welcomes_of(person) -> list[tuple[str, str]]:
    """The kinds of its mails, and in whose name the conversations of the two begin."""
    kinds = OutgoingMail.objects.filter(person=person, kind__in=WELCOMES).order_by("pk").values_list("kind", flat=True)
    begun = Post.objects.filter(thread__participants__person=person, via="approved").order_by("pk")
    return list(zip(kinds, begun.values_list("author__name", flat=True), strict=True))


BY_MAYA, BY_BEN = [("buddy_welcome", "Maya Okafor")], [("buddy_welcome", "Ben Birch")]


def _away(maya, nora):
    Ambassador.objects.filter(user=maya.person).update(away_until=timezone.localdate() + timedelta(days=9))


def _left(maya, nora):
    standing.make_alumni(maya.person.ambassador, by=maya.person)


def _removed(maya, nora):
    team = [make.person(name, is_staff=True, is_superuser=True) for name in ("Sam Staff", "Tess Two")]
    standing.remove(maya.person.ambassador, by=team[0], agreed=team[1], reason="A test of the door.")


def _words_edited(maya, nora):
    """Words that nobody has approved yet do not leave; those approved before do."""
    offering.write_words(maya, "Other words, {newcomer}.", by=maya.person)


BEFORE = {
    "nothing": (lambda maya, nora: None, BY_MAYA),
    "the buddy goes away": (_away, BY_BEN),
    "the buddy pauses": (lambda maya, nora: standing.pause(maya.person.ambassador, by=maya.person), BY_BEN),
    "the buddy leaves": (_left, BY_BEN),
    "the buddy is removed": (_removed, BY_BEN),
    "the buddy's account is closed": (lambda maya, nora: User.objects.filter(pk=maya.person_id).update(is_active=False), BY_BEN),
    "the buddy's offer is gone": (lambda maya, nora: maya.delete(), BY_BEN),
    "the buddy stops offering": (lambda maya, nora: offering.stop(maya, by=maya.person), BY_BEN),
    "the buddy takes the approval back": (lambda maya, nora: offering.withdraw_approval(maya, by=maya.person), BY_BEN),
    "the buddy edits the words": (_words_edited, BY_MAYA),
    "the buddy blocks the newcomer": (lambda maya, nora: block(nora, by=maya.person), BY_BEN),
    "the newcomer blocks the buddy": (lambda maya, nora: block(maya.person, by=nora), BY_BEN),
    "the buddy says that they cannot": (
        lambda maya, nora: taking_over.say_cannot(BuddyMatch.objects.get(), by=maya.person),
        BY_BEN,
    ),
    "the team chooses somebody else": (
        lambda maya, nora: workflow.choose(
            nora, Buddy.objects.get(person__name="Ben Birch"), by=make.person("Sam Staff", is_staff=True)
        ),
        BY_BEN,
    ),
    "the newcomer leaves": (lambda maya, nora: standing.make_alumni(nora.ambassador, by=nora), []),
    "the newcomer pauses": (lambda maya, nora: standing.pause(nora.ambassador, by=nora), []),
    "the newcomer is away": (
        lambda maya, nora: Ambassador.objects.filter(user=nora).update(away_until=timezone.localdate() + timedelta(days=9)),
        [],
    ),
    "the newcomer's account is closed": (lambda maya, nora: User.objects.filter(pk=nora.pk).update(is_active=False), []),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BEFORE)
def test_between_the_match_and_the_mail(what):
    happens, expected = BEFORE[what]
    at_any_hour(confirms_after=0)
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    a_buddy("Ben Birch")
    confirmed(nora, maya)

    happens(maya, nora)
    for _ in range(3):
        turn()

    assert welcomes_of(nora) == expected
    assert Thread.objects.count() == len(expected)


@pytest.mark.django_db
def test_after_a_pause_the_newcomer_is_welcomed_yet():
    at_any_hour()
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    confirmed(nora, maya)
    standing.pause(nora.ambassador, by=nora)
    turn()
    standing.resume(nora.ambassador, by=nora)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        turn()

    assert welcomes_of(nora) == BY_MAYA


AFTER = {
    "the buddy leaves": _left,
    "the buddy takes the approval back": lambda maya, nora: offering.withdraw_approval(maya, by=maya.person),
    "the buddy takes the post back": lambda maya, nora: Post.objects.update(status="withdrawn"),
    "the newcomer asks for somebody else": lambda maya, nora: taking_over.ask_for_another(BuddyMatch.objects.get(), by=nora),
    "the newcomer leaves": lambda maya, nora: standing.make_alumni(nora.ambassador, by=nora),
    "the buddy is blocked": lambda maya, nora: (
        Block.objects.create(person=nora, blocked=maya.person),
        taking_over.ask_for_another(BuddyMatch.objects.get(), by=nora),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["nothing", *AFTER])
def test_between_the_outbox_and_the_mail_server_it_is_asked_once_more(what):
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    welcomed(nora, maya)
    mail = OutgoingMail.objects.get(kind="buddy_welcome")
    assert allowance.refusal(mail) == ""

    AFTER.get(what, lambda maya, nora: None)(maya, nora)

    mail.refresh_from_db()
    mail.person.refresh_from_db()
    expected = {"nothing": "", "the newcomer leaves": "the person has left"}.get(what, "no longer wanted")
    assert allowance.refusal(OutgoingMail.objects.get(pk=mail.pk)) == expected


TAKEN_BACK = {
    "nothing": (lambda match: None, []),
    "the approval": (
        lambda match: offering.withdraw_approval(match.buddy, by=match.buddy.person),
        [("buddy_takes_over", "Ben Birch")],
    ),
    "the post": (lambda match: Post.objects.filter(number=1).update(status="withdrawn"), [("buddy_takes_over", "Ben Birch")]),
    "the post that the newcomer has answered": (
        lambda match: (
            talk.reply(match.thread, by=match.newcomer, body="Hello."),
            Post.objects.filter(number=1).update(status="withdrawn"),
        ),
        [],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAKEN_BACK)
def test_after_a_welcome_that_was_taken_back_before_its_mail_left_somebody_else_welcomes_them(what):
    happens, following = TAKEN_BACK[what]
    nora = newcomer("Nora Lind")
    match = welcomed(nora, a_buddy("Maya Okafor"))
    at_any_hour(confirms_after=0)
    a_buddy("Ben Birch")
    happens(match)
    mail = OutgoingMail.objects.get(kind="buddy_welcome")
    OutgoingMail.objects.filter(pk=mail.pk).update(state="unwanted" if allowance.refusal(mail) else "sent")

    for _ in range(3):
        turn()

    assert welcomes_of(nora) == BY_MAYA + following


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "moment", "status"),
    [
        ("Pacific/Auckland", "2026-04-30T18:00+00:00", "welcomed"),  # the first of May there already
        ("America/Los_Angeles", "2026-05-01T03:00+00:00", "replaced"),  # still the thirtieth of April
    ],
)
def test_whether_a_buddy_is_back_is_asked_where_they_live(zone, moment, status):
    with time_machine.travel(moment, tick=False):
        match = welcomed(newcomer("Nora Lind"), a_buddy("Maya Okafor", time_zone=zone))
        Ambassador.objects.filter(user=match.buddy.person).update(away_until=date(2026, 5, 1))
        taking_over.replace_who_cannot()

    match.refresh_from_db()
    assert match.status == status


@pytest.mark.django_db
def test_clocks_and_zones_that_change_send_nothing_twice():
    at_any_hour()
    nora = newcomer("Nora Lind")
    confirmed(nora, a_buddy("Maya Okafor"))
    turn()
    for days in (-2, -1, 0, 1):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            User.objects.filter(pk=nora.pk).update(time_zone="Pacific/Apia" if days % 2 else "America/Los_Angeles")
            turn()

    assert welcomes_of(nora) == BY_MAYA


@pytest.mark.django_db
def test_a_zone_that_changes_before_the_mail_moves_it_into_the_new_day():
    at_any_hour(from_hour=9, to_hour=17)
    nora = newcomer("Nora Lind", time_zone="Europe/Lisbon")
    match = confirmed(nora, a_buddy("Maya Okafor"))
    User.objects.filter(pk=nora.pk).update(time_zone="Pacific/Auckland")
    with time_machine.travel("2026-11-23T10:00+00:00", tick=False):  # Monday morning in Lisbon, eleven at night in Auckland
        BuddyMatch.objects.filter(pk=match.pk).update(send_at=timezone.now())
        turn()
        match.refresh_from_db()

    assert (welcomes_of(nora), match.send_at.isoformat()) == ([], "2026-11-23T20:00:00+00:00")


@pytest.mark.django_db
def test_a_match_that_somebody_deletes_brings_no_second_first_welcome():
    at_any_hour(confirms_after=0)
    nora = newcomer("Nora Lind")
    welcomed(nora, a_buddy("Maya Okafor"))
    at_any_hour(confirms_after=0)
    a_buddy("Ben Birch")
    BuddyMatch.objects.all().delete()
    for _ in range(2):
        turn()

    assert [kind for kind, _name in welcomes_of(nora)] == ["buddy_welcome", "buddy_takes_over"]


@pytest.mark.django_db
def test_the_database_takes_neither_a_second_first_welcome_nor_a_second_live_match():
    nora = newcomer("Nora Lind")
    first = welcomed(nora, a_buddy("Maya Okafor"))
    ben = a_buddy("Ben Birch")
    for status, moment in (("proposed", None), ("withdrawn", timezone.now())):
        with pytest.raises(IntegrityError), transaction.atomic():
            BuddyMatch.objects.create(newcomer=nora, buddy=ben, status=status, welcomed_at=moment)
    assert outbox.post("buddy_welcome", nora, key=f"welcome:{nora.pk}", match=first.pk, post=1) is None


@pytest.mark.django_db
def test_one_welcome_that_fails_keeps_no_other_from_leaving(caplog):
    at_any_hour()
    maya = a_buddy("Maya Okafor", capacity=5)
    people = [newcomer(name) for name in ("Nora Lind", "Ola Berg")]
    User.objects.filter(pk=people[0].pk).update(time_zone="Nowhere/At-all")
    for person in people:
        confirmed(person, maya)

    turn()

    assert [welcomes_of(person) for person in people] == [[], BY_MAYA]
    assert caplog.text.count("did not leave") == 1
    caplog.clear()


def _races():
    """What may happen at the very moment when the welcome leaves; each begins with rows of its own."""
    return {
        "another clock": lambda match, maya, nora: sending.send(match.pk),
        "a third and a fourth clock": lambda match, maya, nora: at_once(*[lambda: sending.send(match.pk)] * 2),
        "the buddy cannot": lambda match, maya, nora: taking_over.say_cannot(match, by=maya.person),
        "the buddy stops": lambda match, maya, nora: offering.stop(maya, by=maya.person),
        "the approval is taken back": lambda match, maya, nora: offering.withdraw_approval(maya, by=maya.person),
        "the buddy leaves": _left_then_clock,
        "the team takes it back": lambda match, maya, nora: workflow.withdraw(match, by=None),
        "the newcomer leaves": _newcomer_left_then_clock,
        "somebody else before the welcome": lambda match, maya, nora: workflow.replace_before_welcome(match, "team"),
    }


def _left_then_clock(match, maya, nora):
    standing.make_alumni(maya.person.ambassador, by=maya.person)
    taking_over.replace_who_cannot()


def _newcomer_left_then_clock(match, maya, nora):
    standing.make_alumni(nora.ambassador, by=nora)
    taking_over.replace_who_cannot()


@pytest.mark.django_db(transaction=True)
def test_at_the_very_moment_when_it_leaves():
    at_any_hour(confirms_after=0)
    for what, happens in _races().items():
        maya, nora = a_buddy(f"Maya {what}"), newcomer(f"Nora {what}")
        a_buddy(f"Ben {what}")
        match = confirmed(nora, maya)

        clock, other = (lambda pk=match.pk: sending.send(pk)), (lambda f=happens, m=match, b=maya, n=nora: f(m, b, n))
        done = at_once(clock, other)
        sending.send_due()
        sending.send_due()

        told = OutgoingMail.objects.filter(person=nora, kind="buddy_welcome").count()
        begun = BuddyMatch.objects.filter(newcomer=nora, takes_over=False, welcomed_at__isnull=False).count()
        assert (told, begun) in {(1, 1), (0, 0)}, (what, done)
        assert [one for one in done if isinstance(one, Exception) and not isinstance(one, TransitionRefused)] == [], what
        if "clock" in what and not what.endswith("leaves"):
            assert told == 1
        Buddy.objects.all().update(is_offering=False)  # they welcome nobody else of this test


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_fails_or_vanishes(smtp):  # noqa: F811
    at_any_hour()
    ends = {}
    for what, said in {"busy": "451 later", "vanished": DROP, "refused": "550 no such box"}.items():
        nora = newcomer(f"Nora {what}")
        smtp.say = {"end": said}
        confirmed(nora, a_buddy(f"Maya {what}"))
        sending.send_due()
        smtp.say = {}
        OutgoingMail.objects.filter(state="queued").update(due_at=timezone.now())
        for _ in range(2):
            sending.send_due()
            for mail in OutgoingMail.objects.filter(person=nora):
                outbox.deliver(mail.pk)
        states = set(OutgoingMail.objects.filter(person=nora).values_list("kind", "state"))
        ends[what] = (states, smtp.recipients().count(nora.email))

    assert ends == {
        "busy": ({("buddy_welcome", "sent")}, 1),
        "vanished": ({("buddy_welcome", "unknown")}, 1),
        "refused": ({("buddy_welcome", "failed")}, 0),
    }
