"""Ask Me Abouts: prepared, announced, open within their window, closed softly, kept open longer (D6, D7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from correspondence.due import post_all
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions import signals, workflow
from discussions.asking import sessions
from discussions.asking.windows import through
from discussions.models import AskMeAbout, Follow, Post, Question, Thread
from foundation.workflow import TransitionRefused
from tests import make
from tests.correspondence.letters import letter, reply_address
from tests.discussions import asking_making, making

pytestmark = pytest.mark.django_db


def titles(response, part: str) -> list[str]:
    return [line["session"].thread.subject for line in response.context[part]]


@pytest.mark.row("D6")
def test_publishing_outside_the_booked_window_is_refused(client, alice, bob):
    today = timezone.localdate()
    early = asking_making.prepared(alice, opens_on=today + timedelta(days=2), closes_on=today + timedelta(days=9))
    gone = asking_making.prepared(alice, making.topic("Winters"))
    AskMeAbout.objects.filter(pk=gone.pk).update(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(hours=1)
    )
    client.force_login(alice)

    for session, why in ((early, "Until then it cannot be opened"), (gone, "Its days have passed")):
        page = client.post(reverse("discussions:ask-me-about-open", args=[session.pk]), follow=True)
        assert why in page.content.decode()

    assert set(Thread.objects.values_list("status", flat=True)) == {"preparing"}
    assert list(Thread.objects.visible_to(bob)) == []


@pytest.mark.row("D6")
def test_the_series_page_has_open_sessions_first_then_coming_then_past(client, alice, bob):
    today, topic = timezone.localdate(), making.topic()
    asking_making.closed(asking_making.opened(alice, topic, subject="Past"))
    coming = asking_making.prepared(alice, topic, subject="Coming", opens_on=today + timedelta(days=2))
    sessions.book(coming, revision=1, by=alice)
    asking_making.opened(alice, topic, subject="Open")
    asking_making.prepared(alice, topic, subject="A draft")
    client.force_login(bob)

    page = client.get(reverse("discussions:ask-me-about-list"))

    assert [titles(page, part) for part in ("open", "coming", "past")] == [["Open"], ["Coming"], ["Past"]]
    html = page.content.decode()
    assert html.index(">Open<") < html.index(">Coming<") < html.index(">Past<")
    assert "A draft" not in html
    announced = client.get(reverse("discussions:ask-me-about-detail", args=[coming.pk]))
    assert "I have run four of them." in announced.content.decode()


def test_opening_shows_introduction_and_opening_questions_to_all_who_read_the_space(alice, bob):
    heard = []
    signals.thread_opened.connect(lambda sender, thread, **told: heard.append(thread.pk), weak=False, dispatch_uid="test")
    session = asking_making.prepared(alice)

    sessions.open_session(session, by=alice)

    signals.thread_opened.disconnect(dispatch_uid="test")
    post = Post.objects.visible_to(bob).get(thread=session.thread)
    assert ("I have run four of them." in post.body, "Who is missing at your table?" in post.body) == (True, True)
    assert (post.author, heard, session.introduction) == (alice, [session.thread_id], "")


def test_the_clock_opens_what_was_announced_and_closes_and_ends_it(alice):
    today, topic = timezone.localdate(), making.topic()
    days = {"opens_on": today + timedelta(days=1), "closes_on": today + timedelta(days=3), "grace_days": 4}
    announced, draft = asking_making.prepared(alice, topic, **days), asking_making.prepared(alice, topic, **days)
    sessions.book(announced, revision=1, by=alice)
    seen = []

    for later in (0, 2, 5, 9):
        with time_machine.travel(timezone.now() + timedelta(days=later), tick=False):
            post_all()
            post_all()
        seen.append(list(AskMeAbout.objects.order_by("pk").values_list("status", flat=True)))

    assert seen == [["booked", "preparing"], ["open", "preparing"], ["closed", "preparing"], ["over", "preparing"]]
    assert (Thread.objects.get(pk=announced.thread_id).status, Thread.objects.get(pk=draft.thread_id).status) == (
        "open",
        "preparing",
    )


def test_what_the_clock_missed_altogether_goes_back_to_its_host(alice):
    today = timezone.localdate()
    session = asking_making.prepared(alice, opens_on=today + timedelta(days=1), closes_on=today + timedelta(days=3))
    sessions.book(session, revision=1, by=alice)

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        post_all()

    session.refresh_from_db()
    assert (session.status, Thread.objects.get(pk=session.thread_id).status) == ("preparing", "preparing")


def test_the_host_announces_what_they_have_read_and_nobody_else_does(alice, staff):
    session = sessions.prepare(making.topic(), asking_making.plan(), host=alice, by=staff)
    sessions.rewrite(session, asking_making.plan(subject="Ask me about winters"), by=staff)

    with pytest.raises(TransitionRefused):
        sessions.book(session, revision=1, by=alice)
    with pytest.raises(PermissionDenied):
        sessions.book(session, revision=2, by=staff)
    sessions.book(session, revision=2, by=alice)
    with pytest.raises(PermissionDenied):
        sessions.rewrite(session, asking_making.plan(), by=staff)

    assert (session.status, session.thread.started_by, Post.objects.get(thread=session.thread).author) == ("booked", alice, alice)


def test_nobody_prepares_one_in_the_name_of_another(alice, bob):
    with pytest.raises(PermissionDenied):
        sessions.prepare(making.topic(), asking_making.plan(), host=alice, by=bob)

    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    ("zone", "closes", "moment", "said"),
    [
        (
            "America/New_York",
            date(2027, 3, 3),
            datetime(2027, 3, 4, 5, tzinfo=UTC),
            "through 3 March in New York, your 4 March 05:59",
        ),
        (
            "America/New_York",
            date(2027, 3, 14),
            datetime(2027, 3, 15, 4, tzinfo=UTC),
            "through 14 March in New York, your 15 March 04:59",
        ),
        ("Europe/Paris", date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC), "through 28 March"),
        (
            "Pacific/Auckland",
            date(2027, 3, 3),
            datetime(2027, 3, 3, 11, tzinfo=UTC),
            "through 3 March in Auckland, your 3 March 11:59",
        ),
    ],
)
def test_the_last_day_ends_where_the_host_is_and_is_said_where_the_reader_is(zone, closes, moment, said):
    with time_machine.travel(datetime(2027, 2, 25, tzinfo=UTC)):
        fields = asking_making.plan(zone=zone, opens_on=date(2027, 3, 1), opens_time=time(9), closes_on=closes).fields()

    with timezone.override(ZoneInfo("Europe/Paris")):
        assert (fields["closes_at"], through(AskMeAbout(**fields))) == (moment, said)


@pytest.fixture
def closed_session(alice):
    return asking_making.closed(asking_making.opened(alice))


@pytest.mark.row("D7")
def test_a_question_on_the_web_after_the_close_is_explained_and_kept_for_the_host(client, alice, bob, closed_session):
    client.force_login(bob)

    page = client.post(
        reverse("discussions:post-reply", args=[closed_session.thread_id]),
        {"body": "Is it too late?", "idempotency": "a"},
        follow=True,
    )

    kept = Question.objects.get()
    assert (kept.status, kept.text, kept.asker, kept.post) == ("kept late", "Is it too late?", bob, None)
    assert "It is kept, and not posted" in page.content.decode()
    assert Post.objects.filter(thread=closed_session.thread).count() == 1
    assert list(Question.objects.visible_to(alice).waiting_for(alice)) == [kept]
    assert list(Question.objects.visible_to(make.ambassador("Olga Outside"))) == []


@pytest.mark.row("D7")
def test_a_question_by_mail_after_the_close_is_explained_by_mail_and_kept_for_the_host(bob, closed_session):
    address = reply_address(bob, closed_session.thread)

    mail = receive(letter(bob.email, address, "Is it too late?", Subject="Re: Ask me about coalitions"), address)
    again = receive(letter(bob.email, address, "Is it too late?", Subject="Re: Ask me about coalitions"), address)

    kept = Question.objects.get()
    assert (mail.outcome, again.outcome, mail.target) == ("posted", "posted", kept)
    assert (kept.status, kept.text) == ("kept late", "Is it too late?")
    assert list(OutgoingMail.objects.filter(person=bob).values_list("kind", flat=True)) == ["asking_late"]


@pytest.mark.row("D7")
def test_the_host_answers_until_the_grace_ends(alice, bob, closed_session):
    workflow.reply(closed_session.thread, by=alice, body="One thing more.")

    with time_machine.travel(closed_session.answers_until + timedelta(minutes=1)), pytest.raises(workflow.PostNotTaken):
        workflow.reply(closed_session.thread, by=alice, body="And another.")
    with time_machine.travel(closed_session.answers_until + timedelta(minutes=1)), pytest.raises(workflow.PostNotTaken):
        workflow.say(closed_session.thread, by=bob, body="Still there?")

    assert (Post.objects.filter(thread=closed_session.thread).count(), Question.objects.count()) == (2, 0)


@pytest.mark.row("D7")
def test_an_over_session_says_so_where_the_form_was_but_for_whoever_was_asked_how_it_went(client, alice, bob):
    session = asking_making.opened(alice)
    (question,) = asking_making.ask(session, bob)
    carla, address = make.ambassador("Carla Costa"), session.thread.get_absolute_url()
    asking_making.closed(session, days=30)
    sessions.move_by_the_clock()
    sessions.move_by_the_clock()
    Question.objects.filter(pk=question.pk).update(followed_up_at=timezone.now())

    shown = {}
    for reader in (alice, bob, carla):
        client.force_login(reader)
        page = client.get(address)
        html = page.content.decode()
        shown[reader] = (page.context["can_answer"], "Quote" in html, "This Ask Me About is over since" in html)

    assert AskMeAbout.objects.get().status == "over"
    assert shown == {alice: (False, False, True), bob: (True, True, False), carla: (False, False, True)}


def test_an_extension_opens_it_again_for_all_and_posts_what_came_late(client, alice, bob, closed_session):
    workflow.say(closed_session.thread, by=bob, body="Is it too late?")
    client.force_login(alice)

    client.post(
        reverse("discussions:ask-me-about-extend", args=[closed_session.pk]),
        {"closes_on": (timezone.localdate() + timedelta(days=3)).isoformat()},
    )

    question = Question.objects.get()
    assert (question.status, question.post.author, question.post.thread) == ("waiting", bob, closed_session.thread)
    assert workflow.reply(closed_session.thread, by=make.ambassador("Olga Outside"), body="And mine?").number == 3


def test_a_day_that_is_not_later_is_no_extension(alice, closed_session):
    with pytest.raises(ValidationError):
        sessions.extend(closed_session, timezone.localdate() - timedelta(days=1), by=alice)


def test_the_host_takes_up_a_late_question_by_answering_it(client, alice, bob, closed_session):
    workflow.say(closed_session.thread, by=bob, body="Is it too late?")
    question = Question.objects.get()
    queue = f'href="/discussions/ask-me-about/{closed_session.pk}/questions/#question-{question.pk}"'
    client.force_login(bob)
    assert queue not in client.get(question.get_absolute_url()).content.decode()
    client.force_login(alice)
    assert queue in client.get(question.get_absolute_url()).content.decode()

    client.post(reverse("discussions:question-list", args=[closed_session.pk]), {f"answer-{question.pk}": "Never."})

    question.refresh_from_db()
    said = list(Post.objects.filter(thread=closed_session.thread).order_by("number").values_list("author__name", "number"))
    assert said == [(alice.name, 1), (bob.name, 2), (alice.name, 3)]
    assert (question.status, question.post.number, question.answer.number) == ("answered", 2, 3)


def test_a_reminder_goes_once_to_the_host_and_to_followers_who_have_not_asked(alice, bob):
    quiet = make.ambassador("Quinn Quiet")
    session = asking_making.opened(alice, closes_on=timezone.localdate() + timedelta(days=1))
    for person in (bob, quiet):
        Follow.objects.update_or_create(person=person, thread=session.thread, defaults={"level": "every reply"})
    asking_making.ask(session, bob)

    post_all()
    post_all()

    reminded = OutgoingMail.objects.filter(kind="asking_closing").order_by("person__name")
    assert [mail.person for mail in reminded] == [alice, quiet]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_series_page_asks_the_same_however_long_it_is(client, alice, bob, rows, django_assert_num_queries):
    topic, today = making.topic(), timezone.localdate()
    for number in range(rows):
        asking_making.ask(asking_making.opened(alice, topic, subject=f"Open {number}"), bob)
        asking_making.closed(asking_making.opened(alice, topic, subject=f"Past {number}"))
        sessions.book(asking_making.prepared(alice, topic, opens_on=today + timedelta(days=1)), revision=1, by=alice)
    client.force_login(bob)
    client.get(reverse("discussions:ask-me-about-list"))

    with django_assert_num_queries(7):
        client.get(reverse("discussions:ask-me-about-list"))
